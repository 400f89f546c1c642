//! One column model for every writer: names, labels, codes and cells of an export.

use crate::answer::{Answer, Answers};
use crate::check::shown_answers;
use crate::definition::{Choice, OTHER_MAX, Question, Survey};
use crate::kind::text::text_cell;
use crate::missing::Missing;
use crate::route::Route;
use crate::text::Text;
use std::collections::HashMap;

/// The columns before the answers in every export. No variable may bear these names.
pub const ENVELOPE: [&str; 5] =
    ["response_id", "response_day", "response_version", "response_language", "response_channel"];

/// One column of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: ASCII, starts with a letter, unique without regard to case.
    pub name: String,
    /// The question's text.
    pub label: Text,
    /// The option's text, in a 0/1 column of a multiple choice.
    pub option: Option<Text>,
    /// How it may be analysed.
    pub measure: Measure,
    /// Codes with their labels.
    pub values: Vec<(i64, Text)>,
    /// Characters at most, for text.
    pub width: Option<usize>,
}

/// Level of measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Codes without order.
    Nominal,
    /// Codes with an order.
    Ordinal,
    /// Numbers.
    Scale,
    /// Words.
    Text,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A code or a number; 0 or 1 in a multiple choice.
    Code(i64),
    /// Words as they were typed.
    Text(String),
    /// Nothing, and why.
    Missing(Missing),
}

impl Column {
    pub(crate) fn coded(name: &str, question: &Question, measure: Measure, values: Vec<(i64, Text)>) -> Self {
        Self {
            name: name.to_owned(),
            label: question.text.clone(),
            option: None,
            measure,
            values,
            width: None,
        }
    }

    /// The 0/1 column of one option. A code below zero is written `m5`: a minus sign is not part of a name.
    pub(crate) fn chosen(question: &Question, choice: &Choice) -> Self {
        let code = if choice.code < 0 { format!("m{}", -choice.code) } else { choice.code.to_string() };
        let mut column =
            Self::coded(&format!("{}_{code}", question.name), question, Measure::Nominal, Vec::new());
        column.option = Some(choice.text.clone());
        column
    }

    pub(crate) fn words(name: &str, question: &Question, width: usize) -> Self {
        Self { width: Some(width), ..Self::coded(name, question, Measure::Text, Vec::new()) }
    }
}

/// The names of the columns that a question fills.
pub(crate) fn names(question: &Question) -> Vec<String> {
    of_question(question).into_iter().map(|column| column.name).collect()
}

fn of_question(question: &Question) -> Vec<Column> {
    let mut columns = question.kind.columns(question);
    if let Some(other) = question.other() {
        let mut column = Column::words(&question.other_name(), question, OTHER_MAX);
        column.option = Some(other.text.clone());
        columns.push(column);
    }
    columns
}

/// The columns of a survey over all its versions, merged by name.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    /// For each version, the place of each of its cells among the columns.
    places: Vec<Vec<usize>>,
}

impl Table {
    /// Merges versions, the newest first: its order and labels win, columns that only older ones have follow.
    #[must_use]
    pub fn of(versions: &[&Survey]) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        let mut place_of: HashMap<String, usize> = HashMap::new();
        let mut places = Vec::new();
        for survey in versions {
            let mut of_version = Vec::new();
            for column in survey.questions().flat_map(of_question) {
                let place = *place_of.entry(column.name.to_ascii_lowercase()).or_insert(columns.len());
                if place == columns.len() {
                    columns.push(column);
                } else {
                    columns[place].merge(column);
                }
                of_version.push(place);
            }
            places.push(of_version);
        }
        Self { columns, places }
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The cells of one response to the version at `index` of the list given to [`Table::of`]; what that version did
    /// not ask is missing for that reason.
    #[must_use]
    pub fn row(&self, index: usize, survey: &Survey, answers: &Answers) -> Vec<Cell> {
        let mut row = vec![Cell::Missing(Missing::NotAsked); self.columns.len()];
        for (cell, place) in cells(survey, answers).into_iter().zip(&self.places[index]) {
            row[*place] = cell;
        }
        row
    }
}

impl Column {
    /// Takes over labels of codes that only an older version has.
    fn merge(&mut self, older: Self) {
        for (code, text) in older.values {
            if !self.values.iter().any(|(known, _)| *known == code) {
                self.values.push((code, text));
            }
        }
        self.width = self.width.max(older.width);
    }
}

/// The cells of a complete response, in the order of the survey's own columns.
fn cells(survey: &Survey, answers: &Answers) -> Vec<Cell> {
    let route = Route::of(survey, answers);
    let answers = shown_answers(survey, answers);
    let mut row = Vec::new();
    for question in survey.questions() {
        let shown = survey.place(&question.name).is_some_and(|place| route.shows(place));
        let missing = if shown { Missing::Blank } else { Missing::NotApplicable };
        let answer = answers.get(&question.name).ok_or(missing);
        row.extend(question.kind.cells(answer));
        if let Some(other) = question.other() {
            let words = answers.get(&question.other_name()).ok_or(other_missing(answer, other));
            row.push(text_cell(words));
        }
    }
    row
}

/// Why the words of an "other" are not there: not chosen is "does not apply", chosen without words is "left blank".
fn other_missing(answer: Result<&Answer, Missing>, other: &Choice) -> Missing {
    match answer {
        Ok(Answer::Code(code)) if *code == other.code => Missing::Blank,
        Ok(Answer::Codes(codes)) if codes.contains(&other.code) => Missing::Blank,
        Ok(_) => Missing::NotApplicable,
        Err(missing) => missing,
    }
}
