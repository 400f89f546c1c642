//! `allocation`: a sum that is shared out.

use super::{
    Asked, Control, Registration,
    grid::inspect_things,
    number::{PLACES, UNIT},
};
use crate::definition::read_choices;
use crate::domain::{Domain, number::Bounds, rows::Rows};
use crate::field::{Field, ROW, SHUFFLE, Shape};
use crate::number::Number;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "allocation",
    about: "A sum that is shared out among options: a budget, a hundred points.",
    fields: &[
        Field::required("options", Shape::Objects(ROW), "What the sum is shared out among."),
        Field::required("total", Shape::Integer(1, 999_999_999), "What the amounts must add up to."),
        PLACES,
        UNIT,
        SHUFFLE,
    ],
    example: r#"{"name": "budget", "type": "allocation", "total": 100,
        "text": {"kk": "Аудан бюджетінің 100 миллион теңгесін қалай бөлер едіңіз?", "ru": "Как бы вы распределили 100 миллионов тенге из бюджета района?", "en": "How would you share out 100 million tenge of the district budget?"},
        "unit": {"kk": "млн ₸", "ru": "млн ₸", "en": "million ₸"},
        "options": [
            {"code": 1, "text": {"kk": "Жолдар", "ru": "Дороги", "en": "Roads"}},
            {"code": 2, "text": {"kk": "Мектептер", "ru": "Школы", "en": "Schools"}},
            {"code": 3, "text": {"kk": "Абаттандыру", "ru": "Благоустройство", "en": "Landscaping"}}]}"#,
    answer: r#"{"1": 60, "3": 40}"#,
    inspect: |fields, faults| inspect_things(fields, "options", faults),
};

/// What the sum is shared out among are rows, each with a number.
pub(super) fn build(fields: &Object<'_>) -> Asked {
    let total = fields.number("total");
    let places = fields.count("places").unwrap_or(0);
    let cell = Box::new(Domain::Number(Bounds { min: Some(Number::ZERO), max: total, places }));
    Asked {
        rows: read_choices(fields, "options"),
        ..Asked::new(Control::Amounts { unit: fields.text("unit") }, Domain::Rows(Rows { cell, total }))
    }
}
