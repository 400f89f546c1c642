//! `number`: a number, whole or with decimal places.

use super::{Asked, Control, Line, Registration};
use crate::domain::{Domain, number::Bounds};
use crate::fault::Faults;
use crate::field::{Field, Shape};
use crate::number::Number;
use crate::read::Object;

/// Decimal places, for every kind with numbers.
pub(super) const PLACES: Field =
    Field::optional("places", Shape::Integer(0, 6), "Decimal places at most; 0 unless said.");
/// What is counted.
pub(super) const UNIT: Field =
    Field::optional("unit", Shape::Text, "What is counted, shown beside it: \"₸\", \"km\".");

pub(super) static KIND: Registration = Registration {
    name: "number",
    about: "A number, whole or with decimal places.",
    fields: &[
        Field::optional("min", Shape::Number, "The least."),
        Field::optional("max", Shape::Number, "The most."),
        PLACES,
        UNIT,
    ],
    example: r#"{"name": "waited", "type": "number", "min": 0, "max": 600,
        "text": {"kk": "Кезекте қанша уақыт күттіңіз?", "ru": "Сколько времени вы ждали в очереди?", "en": "How long did you wait in the queue?"},
        "unit": {"kk": "минут", "ru": "мин", "en": "minutes"}}"#,
    answer: "25",
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    if let (Some(min), Some(max)) = (fields.number("min"), fields.number("max"))
        && min > max
    {
        faults.add(fields.at("min"), format!("is more than \"max\" ({}).", max.to_plain()));
    }
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let min = fields.number("min");
    let places = fields.count("places").unwrap_or(0);
    let mode = match places {
        // A numeric keyboard on glass may have no minus.
        _ if min.is_some_and(|min| min < Number::ZERO) => "",
        0 => "numeric",
        _ => "decimal",
    };
    let line = Line { mode, autocomplete: "", unit: fields.text("unit") };
    Asked::new(Control::Line(line), Domain::Number(Bounds { min, max: fields.number("max"), places }))
}
