//! `grid_multi`: several options for each row.

use super::{
    Asked, Registration,
    grid::{self, ROWS, ROWS_FROM},
    multi::{self, MAX},
};
use crate::domain::Domain;
use crate::fault::Faults;
use crate::field::{Field, SHUFFLE, Shape};
use crate::read::Object;

/// The fields of a column in which several can be chosen.
static COLUMN: &[Field] = &[
    Field::required("code", Shape::Integer(-6, 999_999_999), "What is stored: 0 or more, or -2, -5, -6."),
    Field::required("text", Shape::Text, "What is shown."),
    Field::optional("exclusive", Shape::Flag, "Cannot stand beside other options in a row."),
    Field::optional("show_if", Shape::Condition, "It is offered only when this holds."),
];

pub(super) static KIND: Registration = Registration {
    name: "grid_multi",
    about: "Several options for each row.",
    fields: &[
        ROWS,
        Field::required("options", Shape::Objects(COLUMN), "What can be chosen in each row."),
        MAX,
        ROWS_FROM,
        SHUFFLE,
    ],
    example: r#"{"name": "ways", "type": "grid_multi",
        "text": {"kk": "Әр қызметті қалай алдыңыз?", "ru": "Как вы получали каждую услугу?", "en": "How did you get each service?"},
        "rows": [
            {"code": 1, "text": {"kk": "Анықтама алу", "ru": "Получение справки", "en": "Getting a certificate"}},
            {"code": 2, "text": {"kk": "Жәрдемақы тағайындау", "ru": "Назначение пособия", "en": "Applying for a benefit"}}],
        "options": [
            {"code": 1, "text": {"kk": "eGov порталында", "ru": "На портале eGov", "en": "On the eGov portal"}},
            {"code": 2, "text": {"kk": "Мобильді қосымшада", "ru": "В мобильном приложении", "en": "In the mobile app"}},
            {"code": 3, "text": {"kk": "ХҚКО-да", "ru": "В ЦОНе", "en": "At a service centre"}},
            {"code": 97, "exclusive": true, "text": {"kk": "Алған жоқпын", "ru": "Не получал(а)", "en": "I did not get it"}}]}"#,
    answer: r#"{"1": [1, 3], "2": [97]}"#,
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    grid::inspect_things(fields, "rows", faults);
    multi::inspect(fields, faults);
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let (min, max) = multi::bounds(fields);
    grid::rows(fields, Domain::Several { min, max })
}
