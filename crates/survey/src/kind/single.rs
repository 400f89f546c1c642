//! `single`: one of a list.

use super::{Asked, Control, Registration};
use crate::definition::read_choices;
use crate::fault::Faults;
use crate::field::{CHOICE, Field, SHUFFLE, Shape};
use crate::read::Object;

/// Whether options have an order, for kinds whose options are the author's own.
pub(super) const ORDINAL: Field = Field::optional(
    "ordinal",
    Shape::Flag,
    "The options have an order, such as agreement or age: statistics may use it.",
);

pub(super) static KIND: Registration = Registration {
    name: "single",
    about: "One of a list.",
    fields: &[Field::required("options", Shape::Objects(CHOICE), "What can be chosen."), ORDINAL, SHUFFLE],
    example: r#"{"name": "overall", "type": "single", "required": true, "ordinal": true,
        "text": {"kk": "Қызметке қанағаттандыңыз ба?", "ru": "Вы довольны услугой?", "en": "Are you satisfied with the service?"},
        "options": [
            {"code": 3, "text": {"kk": "Қанағаттанамын", "ru": "Доволен(на)", "en": "Satisfied"}},
            {"code": 2, "text": {"kk": "Ішінара", "ru": "Частично", "en": "Partly"}},
            {"code": 1, "text": {"kk": "Қанағаттанбаймын", "ru": "Недоволен(на)", "en": "Dissatisfied"}},
            {"code": 96, "other": true, "text": {"kk": "Басқа (көрсетіңіз)", "ru": "Другое (укажите)", "en": "Other (please specify)"}},
            {"code": -5, "text": {"kk": "Жауап беруге қиналамын", "ru": "Затрудняюсь ответить", "en": "I do not know"}}]}"#,
    answer: "3",
    inspect,
};

/// Of kinds with one answer.
pub(super) fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let choices = read_choices(fields, "options");
    for (index, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.exclusive) {
        faults.add(
            format!("{}[{index}].exclusive", fields.at("options")),
            format!(
                "says nothing about option {}: of a single choice every option is exclusive. Take it away.",
                choice.code
            ),
        );
    }
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    Asked { ordinal: fields.flag("ordinal"), ..Asked::one(Control::Choices, read_choices(fields, "options")) }
}
