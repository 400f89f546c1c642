//! The columns of flags, where an export asks for them: one for each, after all others.

use crate::guard::Flag;
use serde_json::{Map, Value};
use survey::Text;
use survey::columns::{Cell, Column, Measure, Part, Representation};

/// What each is called, in the order of [`Flag::ALL`], in Kazakh, Russian and English.
const LABELS: [[&str; 3]; 4] = [
    [
        "Белгі: көрінбейтін өріс толтырылған",
        "Отметка: заполнено невидимое поле",
        "Flag: an unseen field was filled in",
    ],
    ["Белгі: тым тез", "Отметка: слишком быстро", "Flag: too fast"],
    ["Белгі: көп жауап бір минутта", "Отметка: всплеск ответов", "Flag: burst of responses"],
    ["Белгі: бір желіден көп жауап", "Отметка: много ответов из одной сети", "Flag: many from one network"],
];

/// What the two codes mean.
const NO: [&str; 3] = ["Жоқ", "Нет", "No"];
const YES: [&str; 3] = ["Бар", "Есть", "Yes"];

fn each(texts: [&str; 3]) -> Text {
    let each = ["kk", "ru", "en"].into_iter().zip(texts);
    Text::Each(each.map(|(lang, text)| (lang.to_owned(), text.to_owned())).collect())
}

/// The columns: 1 where the flag is set, else 0.
pub(super) fn columns() -> Vec<Column> {
    let column = |(flag, labels): (Flag, [&str; 3])| {
        let name = format!("guard_{}", flag.name());
        Column {
            question: name.clone(),
            name,
            part: Part::Answer,
            label: each(labels),
            row: None,
            entry: None,
            option: None,
            measure: Measure::Nominal,
            representation: Representation::Whole,
            negative: false,
            values: vec![(0, each(NO)), (1, each(YES))],
            width: None,
        }
    };
    Flag::ALL.into_iter().zip(LABELS).map(column).collect()
}

/// The cells of a response.
pub(super) fn cells(paradata: &Map<String, Value>) -> impl Iterator<Item = Cell> {
    Flag::kept(paradata).into_iter().map(|flag| Cell::Code(i64::from(flag)))
}
