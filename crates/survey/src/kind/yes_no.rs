//! `yes_no`: yes or no.

use super::{
    Asked, Control, Registration,
    scale::{BESIDE, inspect_beside},
    worded,
};
use crate::definition::read_choices;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "yes_no",
    about: "Yes (1) or no (0), whose words need not be written.",
    fields: &[BESIDE],
    example: r#"{"name": "solved", "type": "yes_no",
        "text": {"kk": "Мәселеңіз шешілді ме?", "ru": "Ваш вопрос решён?", "en": "Was your problem solved?"},
        "options": [{"code": -5, "text": {"kk": "Жауап беруге қиналамын", "ru": "Затрудняюсь ответить", "en": "I do not know"}}]}"#,
    answer: "1",
    inspect: |fields, faults| inspect_beside(fields, 0, 1, faults),
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    Asked::one(Control::Choices, worded(&[(1, "yes"), (0, "no")], read_choices(fields, "options")))
}
