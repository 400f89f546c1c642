//! `grid`: one option for each row.

use super::{Asked, Control, Registration, single::ORDINAL};
use crate::definition::read_choices;
use crate::domain::{Domain, rows::Rows};
use crate::fault::Faults;
use crate::field::{Field, ITEM, ROW, SHUFFLE, Shape};
use crate::read::Object;

/// The rows, for every kind that has them.
pub(super) const ROWS: Field = Field::required("rows", Shape::Objects(ROW), "What is answered line by line.");
/// Rows that were chosen before.
pub(super) const ROWS_FROM: Field = Field::optional(
    "rows_from",
    Shape::Variable,
    "An earlier question: only the rows whose codes were chosen there are asked. \"rows\" still gives their texts.",
);

pub(super) static KIND: Registration = Registration {
    name: "grid",
    about: "One option for each row.",
    fields: &[
        ROWS,
        Field::required("options", Shape::Objects(ITEM), "What can be chosen in each row."),
        ROWS_FROM,
        ORDINAL,
        SHUFFLE,
    ],
    example: r#"{"name": "quality", "type": "grid", "ordinal": true, "shuffle": true,
        "text": {"kk": "Қызмет көрсетудің мына жақтарын бағалаңыз", "ru": "Оцените эти стороны обслуживания", "en": "Rate these aspects of the service"},
        "rows": [
            {"code": 1, "text": {"kk": "Қызметкерлердің сыпайылығы", "ru": "Вежливость сотрудников", "en": "Courtesy of the staff"}},
            {"code": 2, "text": {"kk": "Күту уақыты", "ru": "Время ожидания", "en": "Waiting time"}},
            {"code": 3, "text": {"kk": "Ақпараттың түсініктілігі", "ru": "Понятность информации", "en": "Clarity of the information"}}],
        "options": [
            {"code": 3, "text": {"kk": "Жақсы", "ru": "Хорошо", "en": "Good"}},
            {"code": 2, "text": {"kk": "Орташа", "ru": "Средне", "en": "Fair"}},
            {"code": 1, "text": {"kk": "Нашар", "ru": "Плохо", "en": "Poor"}},
            {"code": -5, "text": {"kk": "Білмеймін", "ru": "Не знаю", "en": "I do not know"}}]}"#,
    answer: r#"{"1": 3, "2": 1}"#,
    inspect: |fields, faults| inspect_things(fields, "rows", faults),
};

/// What is rated, ranked or given an amount is a thing and never a missing answer.
pub(super) fn inspect_things(fields: &Object<'_>, field: &str, faults: &mut Faults) {
    for thing in fields.objects(field) {
        if thing.integer("code").is_some_and(|code| code < 0) {
            faults.add(thing.at("code"), "stands for a missing answer, and nothing can be answered about that. Give it a code of 0 or more.");
        }
    }
}

/// Rows with the same options in each.
pub(super) fn rows(fields: &Object<'_>, cell: Domain) -> Asked {
    Asked {
        choices: read_choices(fields, "options"),
        rows: read_choices(fields, "rows"),
        ordinal: fields.flag("ordinal"),
        ..Asked::new(Control::Grid, Domain::Rows(Rows { cell: Box::new(cell), total: None }))
    }
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    rows(fields, Domain::One)
}
