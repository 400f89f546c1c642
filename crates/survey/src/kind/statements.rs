//! `statements`: a vote on each of several sentences.

use super::{
    Asked, Registration,
    grid::{self, ROWS},
    scale::inspect_beside,
    worded,
};
use crate::domain::Domain;
use crate::fault::Faults;
use crate::field::{Field, ITEM, SHUFFLE, Shape};
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "statements",
    about: "A vote on each of several sentences: agree (1), disagree (0) or pass (2). The words need not be written.",
    fields: &[
        ROWS,
        Field::optional(
            "options",
            Shape::Objects(ITEM),
            "Options besides these three, such as \"I do not know\".",
        ),
        SHUFFLE,
    ],
    example: r#"{"name": "ideas", "type": "statements", "shuffle": true,
        "text": {"kk": "Мына ұсыныстармен келісесіз бе?", "ru": "Согласны ли вы с этими предложениями?", "en": "Do you agree with these proposals?"},
        "rows": [
            {"code": 1, "text": {"kk": "Аулаларда көлік қозғалысын шектеу керек", "ru": "Нужно ограничить движение машин во дворах", "en": "Traffic in courtyards should be limited"}},
            {"code": 2, "text": {"kk": "Саябаққа түнгі жарық керек", "ru": "В парке нужно ночное освещение", "en": "The park needs lighting at night"}},
            {"code": 3, "text": {"kk": "Автобус бағыттарын көбейту керек", "ru": "Нужно больше автобусных маршрутов", "en": "More bus routes are needed"}}]}"#,
    answer: r#"{"1": 0, "2": 1, "3": 2}"#,
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    grid::inspect_things(fields, "rows", faults);
    inspect_beside(fields, 0, 2, faults);
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let asked = grid::rows(fields, Domain::One);
    Asked { choices: worded(&[(1, "agree"), (0, "disagree"), (2, "pass")], asked.choices), ..asked }
}
