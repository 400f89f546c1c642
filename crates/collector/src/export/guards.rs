//! The columns of flags, where an export asks for them: one for each, after all others.

use crate::guard::{Flag, Lack};
use serde_json::{Map, Value};
use survey::Text;
use survey::columns::{Cell, Column, Measure, Part, Representation};

/// What each is called, in the order of [`Flag::ALL`], in Kazakh, Russian and English.
const LABELS: [[&str; 3]; 5] = [
    [
        "Белгі: көрінбейтін өріс толтырылған",
        "Отметка: заполнено невидимое поле",
        "Flag: an unseen field was filled in",
    ],
    ["Белгі: тым тез", "Отметка: слишком быстро", "Flag: too fast"],
    ["Белгі: көп жауап бір минутта", "Отметка: всплеск ответов", "Flag: burst of responses"],
    ["Белгі: бір желіден көп жауап", "Отметка: много ответов из одной сети", "Flag: many from one network"],
    ["Белгі: есептеу жұмысы жоқ", "Отметка: без вычислений", "Flag: without work"],
];

/// What is wrong with the work, in the order of [`Lack::ALL`].
const LACKS: [[&str; 3]; 5] = [
    ["Жіберілмеген", "Не прислано", "None came"],
    ["Сценарийлер өшірулі", "Сценарии отключены", "Scripts are off"],
    ["Мерзімі өткен", "Срок истёк", "Too late"],
    ["Қате", "Неверно", "Wrong"],
    ["Бұрын пайдаланылған", "Уже использовано", "Used before"],
];

/// What the two codes mean.
const NO: [&str; 3] = ["Жоқ", "Нет", "No"];
const YES: [&str; 3] = ["Бар", "Есть", "Yes"];

fn each(texts: [&str; 3]) -> Text {
    let each = ["kk", "ru", "en"].into_iter().zip(texts);
    Text::Each(each.map(|(lang, text)| (lang.to_owned(), text.to_owned())).collect())
}

/// What the codes of a flag mean: whether it is set; of work, what is wrong with it.
fn values(flag: Flag) -> Vec<(i64, Text)> {
    let no = std::iter::once((0, each(NO)));
    match flag {
        Flag::Work => no.chain((1..).zip(LACKS.map(each))).collect(),
        _ => no.chain([(1, each(YES))]).collect(),
    }
}

/// The columns: 0 where the flag is not set.
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
            values: values(flag),
            width: None,
        }
    };
    Flag::ALL.into_iter().zip(LABELS).map(column).collect()
}

/// The cells of a response.
pub(super) fn cells(paradata: &Map<String, Value>) -> impl Iterator<Item = Cell> {
    let work = Lack::code_of(paradata);
    let cell = move |(flag, kept): (Flag, bool)| match flag {
        Flag::Work if kept => Cell::Code(work),
        _ => Cell::Code(i64::from(kept)),
    };
    Flag::ALL.into_iter().zip(Flag::kept(paradata)).map(cell)
}
