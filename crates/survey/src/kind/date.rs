//! `date`: a day.

use super::{Asked, Control, Registration};
use crate::domain::{
    Domain,
    moment::{Moment, Unit},
};
use crate::fault::Faults;
use crate::field::{Field, Shape};
use crate::read::Object;

/// The bounds, for every kind with moments.
pub(super) const MIN: Field = Field::optional("min", Shape::Moment, "The first that may be given.");
/// The other bound.
pub(super) const MAX: Field = Field::optional("max", Shape::Moment, "The last that may be given.");

pub(super) static KIND: Registration = Registration {
    name: "date",
    about: "A day, asked in three fields.",
    fields: &[MIN, MAX],
    example: r#"{"name": "visited", "type": "date", "min": "2020-01-01",
        "text": {"kk": "ХҚКО-ға қай күні бардыңыз?", "ru": "В какой день вы были в ЦОНе?", "en": "On which day did you visit the service centre?"}}"#,
    answer: r#""2026-11-13""#,
    inspect: |fields, faults| inspect_bounds(fields, Unit::Day, faults),
};

/// The bounds are moments of the same kind, in their order.
pub(super) fn inspect_bounds(fields: &Object<'_>, unit: Unit, faults: &mut Faults) {
    for field in ["min", "max"] {
        if fields.string(field).is_some_and(|text| !unit.is(text)) {
            let spelt = match unit {
                Unit::Day => "a day, such as \"2026-03-05\"",
                Unit::Month => "a month, such as \"2026-03\"",
                Unit::Time => "a time, such as \"14:30\"",
            };
            faults.add(fields.at(field), format!("must be {spelt}."));
        }
    }
    if let (Some(min), Some(max)) = (fields.string("min"), fields.string("max"))
        && min > max
    {
        faults.add(fields.at("min"), format!("is later than \"max\" ({max})."));
    }
}

/// A moment within bounds.
pub(super) fn moment(fields: &Object<'_>, unit: Unit) -> Asked {
    let moment = Moment { unit, min: fields.owned("min"), max: fields.owned("max") };
    Asked::new(Control::Parts, Domain::Moment(moment))
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    moment(fields, Unit::Day)
}
