//! `time`: a time of day.

use super::{
    Asked, Registration,
    date::{MAX, MIN, inspect_bounds, moment},
};
use crate::domain::moment::Unit;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "time",
    about: "A time of day of 24 hours, asked in two fields.",
    fields: &[MIN, MAX],
    example: r#"{"name": "bus_at", "type": "time", "min": "05:00",
        "text": {"kk": "Автобусты әдетте сағат нешеде күтесіз?", "ru": "В какое время вы обычно ждёте автобус?", "en": "At what time do you usually wait for the bus?"}}"#,
    answer: r#""08:15""#,
    inspect: |fields, faults| inspect_bounds(fields, Unit::Time, faults),
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    moment(fields, Unit::Time)
}
