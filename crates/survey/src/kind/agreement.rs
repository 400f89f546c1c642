//! `agreement`: how far one agrees with a sentence (a Likert item).

use super::{
    Asked, Control, Registration,
    scale::{BESIDE, inspect_beside},
    worded,
};
use crate::definition::read_choices;
use crate::field::{Field, Shape};
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "agreement",
    about: "How far one agrees with a sentence, from 5 (strongly agree) to 1 (strongly disagree). The words need not be written.",
    fields: &[
        Field::optional(
            "neither",
            Shape::Flag,
            "Whether 3 (neither agree nor disagree) is offered; `true` unless said. The other codes stay as they are.",
        ),
        BESIDE,
    ],
    example: r#"{"name": "plain", "type": "agreement",
        "text": {"kk": "Қызметкер маған түсінікті жауап берді", "ru": "Сотрудник дал мне понятный ответ", "en": "The employee gave me a clear answer"},
        "options": [{"code": -2, "text": {"kk": "Маған қатысы жоқ", "ru": "Ко мне не относится", "en": "Does not apply to me"}}]}"#,
    answer: "4",
    inspect: |fields, faults| inspect_beside(fields, 1, 5, faults),
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let words =
        [(5, "strongly_agree"), (4, "agree"), (3, "neither"), (2, "disagree"), (1, "strongly_disagree")];
    let mut choices = worded(&words, read_choices(fields, "options"));
    if fields.choice_of_flag("neither") == Some(false) {
        choices.retain(|choice| choice.code != 3);
    }
    Asked { ordinal: true, ..Asked::one(Control::Choices, choices) }
}
