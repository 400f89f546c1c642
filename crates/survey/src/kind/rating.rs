//! `rating`: five faces from very bad to very good.

use super::{
    Asked, Control, Registration,
    scale::{BESIDE, inspect_beside},
    worded,
};
use crate::definition::read_choices;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "rating",
    about: "Five faces with their words, from 1 (very bad) to 5 (very good). The words need not be written.",
    fields: &[BESIDE],
    example: r#"{"name": "comfort", "type": "rating",
        "text": {"kk": "Күту залының жайлылығын қалай бағалайсыз?", "ru": "Как вы оцениваете удобство зала ожидания?", "en": "How would you rate the comfort of the waiting room?"},
        "options": [{"code": -2, "text": {"kk": "Күту залында болған жоқпын", "ru": "Не был(а) в зале ожидания", "en": "I was not in the waiting room"}}]}"#,
    answer: "4",
    inspect: |fields, faults| inspect_beside(fields, 1, 5, faults),
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let words = [(1, "rating_1"), (2, "rating_2"), (3, "rating_3"), (4, "rating_4"), (5, "rating_5")];
    Asked { ordinal: true, ..Asked::one(Control::Faces, worded(&words, read_choices(fields, "options"))) }
}
