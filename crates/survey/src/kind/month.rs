//! `month`: a month of a year.

use super::{
    Asked, Registration,
    date::{MAX, MIN, inspect_bounds, moment},
};
use crate::domain::moment::Unit;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "month",
    about: "A month of a year, asked in two fields.",
    fields: &[MIN, MAX],
    example: r#"{"name": "moved_in", "type": "month",
        "text": {"kk": "Осы мекенжайға қашан көшіп келдіңіз?", "ru": "Когда вы переехали по этому адресу?", "en": "When did you move to this address?"}}"#,
    answer: r#""2019-09""#,
    inspect: |fields, faults| inspect_bounds(fields, Unit::Month, faults),
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    moment(fields, Unit::Month)
}
