//! The columns before the answers: what is known of a response besides what was answered.

use crate::store::StoredResponse;
use jiff::civil::Date;
use serde_json::{Map, Value};
use survey::columns::{Cell, Column, ENVELOPE, Measure, Part, Representation};
use survey::response::ASSISTED;
use survey::{Missing, Text, paper};

/// Characters at most of each, in the order of [`ENVELOPE`].
const WIDTHS: [usize; 7] = [32, 10, 64, 35, 16, 16, 64];

/// Their labels, in the order of [`ENVELOPE`], in Kazakh, Russian and English.
const LABELS: [[&str; 3]; 7] = [
    ["Жауаптың белгісі", "Обозначение ответа", "Pseudonym of the response"],
    ["Жауап келген күн", "День ответа", "Day of the response"],
    ["Сауалнаманың нұсқасы", "Версия опроса", "Version of the survey"],
    ["Жауап берілген тіл", "Язык ответа", "Language of the answers"],
    ["Жауап келген арна", "Канал ответа", "Channel of the response"],
    ["Жауап беруге кім көмектесті", "Кто помогал отвечать", "Who helped with answering"],
    ["Қағаз парақтардың топтамасы", "Пачка бумажных анкет", "Batch of paper sheets"],
];

/// The columns, in the order of [`ENVELOPE`].
pub(super) fn columns() -> Vec<Column> {
    let column = |((name, width), labels): ((&str, usize), [&str; 3])| {
        let (measure, representation) = match name {
            "response_day" => (Measure::Moment, Representation::Day),
            _ => (Measure::Text, Representation::Text),
        };
        let label = ["kk", "ru", "en"].into_iter().zip(labels);
        Column {
            name: name.to_owned(),
            question: name.to_owned(),
            part: Part::Answer,
            label: Text::Each(label.map(|(lang, text)| (lang.to_owned(), text.to_owned())).collect()),
            row: None,
            entry: None,
            option: None,
            measure,
            representation,
            negative: false,
            values: Vec::new(),
            width: Some(width),
        }
    };
    ENVELOPE.into_iter().zip(WIDTHS).zip(LABELS).map(column).collect()
}

/// The cells of one response. Its id is for the citizen alone: a pseudonym stands for it.
pub(super) fn cells(
    response: &StoredResponse,
    pseudonym: String,
    day: Date,
    paradata: &Map<String, Value>,
) -> [Cell; 7] {
    let told = |key: &str, missing| match paradata.get(key).and_then(Value::as_str) {
        Some(text) => Cell::Text(text.to_owned()),
        None => Cell::Missing(missing),
    };
    [
        Cell::Text(pseudonym),
        Cell::Text(day.to_string()),
        Cell::Text(response.version.clone()),
        Cell::Text(response.lang.clone()),
        Cell::Text(response.channel.clone()),
        // The form did not ask, or is older than the question.
        told(ASSISTED, Missing::NotAsked),
        // What did not come on paper has no batch.
        told(paper::BATCH, Missing::NotApplicable),
    ]
}
