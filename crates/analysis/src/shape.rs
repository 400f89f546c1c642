//! Which columns make a question, and what kind of figures can be made of them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use survey::columns::{Column, Measure, Part};

/// What kind of figures a question has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One of a list without order.
    Choice,
    /// One of a list with an order: points, faces, agreement.
    Scale,
    /// From 0 to 10, how likely one would recommend something.
    Nps,
    /// Several of a list.
    Several,
    /// Options in an order of preference.
    Ranking,
    /// A sum shared out.
    Shares,
    /// One option in each row.
    Grid,
    /// Several options in each row.
    GridSeveral,
    /// A number.
    Number,
    /// A day or a month.
    Moment,
    /// A time of the day.
    Time,
    /// How many entries were made.
    Entries,
    /// Words.
    Words,
}

/// A question, as far as figures are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its variable.
    pub question: String,
    /// What kind of figures it has.
    pub kind: Kind,
    /// Its columns by their places in the table: in a grid, row by row.
    pub columns: Vec<usize>,
    /// The column with the words to its "other".
    pub other: Option<usize>,
}

/// The questions of a table in the order of their first columns. `types` are the kinds that the author named, see
/// [`types`]: some cannot be told from their columns. The questions of an entry are left out; entries are counted.
#[must_use]
pub fn shapes(columns: &[Column], types: &BTreeMap<String, String>) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        let is_own = column.entry.is_none() && column.part != Part::Position;
        if !is_own {
            continue;
        }
        let known = shapes.iter_mut().find(|shape| shape.question == column.question);
        match (known, column.part) {
            (Some(shape), Part::Other) => shape.other = Some(place),
            (Some(shape), _) => shape.columns.push(place),
            (None, Part::Other) => {}
            (None, _) => {
                let kind = kind(column, types.get(&column.question).map_or("", String::as_str));
                let question = column.question.clone();
                shapes.push(Shape { question, kind, columns: vec![place], other: None });
            }
        }
    }
    shapes
}

/// The kind of each question by its variable, out of the JSON of a definition.
#[must_use]
pub fn types(definition: &Value) -> BTreeMap<String, String> {
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let word = |value: &Value, key: &str| value[key].as_str().map(str::to_owned);
    list(definition, "pages")
        .iter()
        .flat_map(|page| list(page, "questions"))
        .filter_map(|question| Some((word(&question, "name")?, word(&question, "type")?)))
        .collect()
}

fn kind(column: &Column, named: &str) -> Kind {
    match (column.part, column.row.is_some(), column.measure) {
        (Part::Chosen, true, _) => Kind::GridSeveral,
        (Part::Chosen, false, _) => Kind::Several,
        (Part::Rank, ..) => Kind::Ranking,
        (Part::Entries, ..) => Kind::Entries,
        (_, true, Measure::Scale) => Kind::Shares,
        (_, true, _) => Kind::Grid,
        (_, false, Measure::Nominal) => Kind::Choice,
        (_, false, Measure::Ordinal) if named == "nps" => Kind::Nps,
        (_, false, Measure::Ordinal) => Kind::Scale,
        (_, false, Measure::Scale) => Kind::Number,
        (_, false, Measure::Moment) if named == "time" => Kind::Time,
        (_, false, Measure::Moment) => Kind::Moment,
        (_, false, Measure::Text) => Kind::Words,
    }
}
