//! `nps`: how likely one would recommend something, from 0 to 10.

use super::{
    Asked, Registration,
    scale::{BESIDE, HIGH, LOW, inspect_beside, line},
};
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "nps",
    about: "How likely one would recommend something, from 0 to 10 (net promoter score).",
    fields: &[LOW, HIGH, BESIDE],
    example: r#"{"name": "recommend", "type": "nps",
        "text": {"kk": "Осы қызметті туыстарыңыз бен достарыңызға ұсынуыңыз қаншалықты ықтимал?", "ru": "Насколько вероятно, что вы порекомендуете эту услугу родным и друзьям?", "en": "How likely are you to recommend this service to family and friends?"},
        "low": {"kk": "Мүлде ұсынбаймын", "ru": "Точно не порекомендую", "en": "Not at all likely"},
        "high": {"kk": "Міндетті түрде ұсынамын", "ru": "Обязательно порекомендую", "en": "Extremely likely"}}"#,
    answer: "9",
    inspect: |fields, faults| inspect_beside(fields, 0, 10, faults),
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    line(fields, 0, 10)
}
