//! One column model for every writer: names, labels, codes and cells of an export.

mod cells;

use crate::answer::Answers;
use crate::definition::{Choice, OTHER_MAX, Question, Survey, computed};
use crate::domain::{Domain, GIVEN_MAX};
use crate::expression::Type;
use crate::missing::Missing;
use crate::number::Number;
use crate::route::Occasion;
use crate::text::Text;
use cells::cells;
use std::collections::HashMap;

/// The columns before the answers in every export. No variable may bear these names.
pub const ENVELOPE: [&str; 7] = [
    "response_id",
    "response_day",
    "response_version",
    "response_language",
    "response_channel",
    "response_assisted",
    "response_batch",
];

/// One column of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: ASCII, starts with a letter, unique without regard to case.
    pub name: String,
    /// The variable of its question.
    pub question: String,
    /// What of the answer it holds.
    pub part: Part,
    /// The question's text.
    pub label: Text,
    /// The row, in a column of a grid.
    pub row: Option<Item>,
    /// The entry, from 1, in a column of entries.
    pub entry: Option<usize>,
    /// The option that the column is about: one of several, its place, its "other" words.
    pub option: Option<Item>,
    /// How it may be analysed.
    pub measure: Measure,
    /// Codes with their labels.
    pub values: Vec<(i64, Text)>,
    /// Characters at most, for text.
    pub width: Option<usize>,
}

/// What of an answer a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The answer itself, or that of a row.
    Answer,
    /// Whether the option is among those chosen: 0 or 1.
    Chosen,
    /// Which place the option was given, from 1.
    Rank,
    /// The words to an "other".
    Other,
    /// How many entries there are.
    Entries,
    /// At which place a page, question, row or option stood, from 1, where the order is random.
    Position,
}

/// A row or an option, as far as columns tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its code.
    pub code: i64,
    /// Its text.
    pub text: Text,
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
    /// Days, months and times, in the spelling of ISO 8601.
    Moment,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A code or a whole number; 0 or 1 in a multiple choice.
    Code(i64),
    /// A number.
    Number(Number),
    /// Words as they were typed.
    Text(String),
    /// Nothing, and why.
    Missing(Missing),
}

impl Item {
    fn of(choice: &Choice) -> Self {
        Self { code: choice.code, text: choice.text.clone() }
    }
}

/// What the names of the columns of one question begin with, and where it stands.
struct Of<'a> {
    name: &'a str,
    /// The variable of the question in the survey, also for a question of an entry.
    variable: &'a str,
    question: &'a Question,
    row: Option<&'a Choice>,
    entry: Option<usize>,
}

impl<'a> Of<'a> {
    fn question(question: &'a Question) -> Self {
        Self { name: &question.name, variable: &question.name, question, row: None, entry: None }
    }

    fn column(&self, name: String, measure: Measure) -> Column {
        Column {
            name,
            question: self.variable.to_owned(),
            part: Part::Answer,
            label: self.question.text.clone(),
            row: self.row.map(Item::of),
            entry: self.entry,
            option: None,
            measure,
            values: Vec::new(),
            width: None,
        }
    }

    fn coded(&self) -> Column {
        let measure = if self.question.ordinal { Measure::Ordinal } else { Measure::Nominal };
        let values = self.question.choices.iter().map(|choice| (choice.code, choice.text.clone())).collect();
        Column { values, ..self.column(self.name.to_owned(), measure) }
    }

    fn words(&self, width: usize) -> Column {
        Column { width: Some(width), ..self.column(self.name.to_owned(), Measure::Text) }
    }

    fn position(&self, name: String) -> Column {
        Column { part: Part::Position, ..self.column(name, Measure::Scale) }
    }

    /// A column for each option.
    fn of_options(&self, part: Part, measure: Measure) -> Vec<Column> {
        let column = |choice: &Choice| {
            let name = format!("{}_{}", self.name, suffix(choice.code));
            Column { part, option: Some(Item::of(choice)), ..self.column(name, measure) }
        };
        self.question.choices.iter().map(column).collect()
    }

    fn columns(&self, domain: &Domain) -> Vec<Column> {
        match domain {
            Domain::Nothing => Vec::new(),
            Domain::One => vec![self.coded()],
            Domain::Several { .. } => self.of_options(Part::Chosen, Measure::Nominal),
            Domain::Ranking { .. } => self.of_options(Part::Rank, Measure::Ordinal),
            Domain::Words(words) => vec![self.words(words.max)],
            Domain::Given => vec![self.words(GIVEN_MAX)],
            Domain::Number(_) | Domain::Computed(_) => {
                vec![self.column(self.name.to_owned(), Measure::Scale)]
            }
            Domain::Moment(_) => vec![self.column(self.name.to_owned(), Measure::Moment)],
            Domain::Rows(rows) => {
                let of_row = |row: &Choice| {
                    let name = format!("{}_{}", self.name, suffix(row.code));
                    Of { name: &name, row: Some(row), ..*self }.columns(&rows.cell)
                };
                self.question.rows.iter().flat_map(of_row).collect()
            }
            Domain::Entries(entries) => {
                let count = self.column(format!("{}_n", self.name), Measure::Scale);
                let count = Column { part: Part::Entries, ..count };
                let entry = |number: usize| {
                    entries.questions.iter().flat_map(move |question| {
                        let name = format!("{}_{number}_{}", self.name, question.name);
                        let of = Of { name: &name, question, entry: Some(number), ..*self };
                        of.columns(&question.domain)
                    })
                };
                std::iter::once(count).chain((1..=entries.max).flat_map(entry)).collect()
            }
        }
    }
}

/// A code below zero is written `m5`: a minus sign is not part of a name.
fn suffix(code: i64) -> String {
    if code < 0 { format!("m{}", code.unsigned_abs()) } else { code.to_string() }
}

impl Question {
    /// The columns that the answer fills, without those of an "other" text and of positions.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        Of::question(self).columns(&self.domain)
    }

    /// The options or rows that come in a random order.
    fn in_random_order(&self) -> &[Choice] {
        match (self.shuffle, &self.domain) {
            (false, _) => &[],
            (true, Domain::Rows(_)) => &self.rows,
            (true, _) => &self.choices,
        }
    }

    /// The columns that say at which place each option stood.
    fn positions(&self) -> Vec<Column> {
        let of = Of::question(self);
        let column = |choice: &Choice| {
            let name = format!("{}_pos_{}", self.name, suffix(choice.code));
            Column { option: Some(Item::of(choice)), ..of.position(name) }
        };
        self.in_random_order().iter().map(column).collect()
    }
}

/// The columns that each question of a survey fills, with the question.
pub(crate) fn of_survey(survey: &Survey) -> impl Iterator<Item = (&Question, Vec<Column>)> {
    survey.pages.iter().enumerate().flat_map(move |(number, page)| {
        page.questions.iter().enumerate().map(move |(index, question)| {
            let mut columns = of_question(question);
            let places = [
                (index == 0 && survey.moves(number)).then(|| format!("{}_pos", page.id.replace('-', "_"))),
                page.moves(index).then(|| format!("{}_pos", question.name)),
            ];
            let of = Of::question(question);
            columns.extend(places.into_iter().flatten().map(|name| of.position(name)));
            (question, columns)
        })
    })
}

fn of_question(question: &Question) -> Vec<Column> {
    let mut columns = question.columns();
    if let Some(other) = question.other() {
        let name = question.other_name();
        let column = Of { name: &name, ..Of::question(question) }.words(OTHER_MAX);
        columns.push(Column { part: Part::Other, option: Some(Item::of(other)), ..column });
    }
    columns.extend(question.positions());
    columns
}

/// How what an expression gives may be analysed.
fn measure(kind: Type) -> Measure {
    match kind {
        Type::Truth | Type::Code | Type::Codes | Type::Rows => Measure::Nominal,
        Type::Number => Measure::Scale,
        Type::Text => Measure::Text,
        Type::Day => Measure::Moment,
    }
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
            let computed = computed(survey);
            for mut column in of_survey(survey).flat_map(|(_, columns)| columns) {
                if let Some((_, kind)) = computed.iter().find(|(name, _)| *name == column.name) {
                    column.measure = measure(*kind);
                }
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

    /// The place of each cell of the version at `index` among the columns.
    pub(crate) fn places(&self, index: usize) -> &[usize] {
        &self.places[index]
    }

    /// The cells of one response to the version at `index` of the list given to [`Table::of`]; what that version did
    /// not ask is missing for that reason.
    #[must_use]
    pub fn row(&self, index: usize, survey: &Survey, answers: &Answers, occasion: Occasion) -> Vec<Cell> {
        let mut row = vec![Cell::Missing(Missing::NotAsked); self.columns.len()];
        for (cell, place) in cells(survey, answers, occasion).into_iter().zip(&self.places[index]) {
            row[*place] = cell;
        }
        row
    }

    /// Says of answers of that response that they were given and cannot be counted ([`Missing::Invalid`]). A mark is a
    /// variable, one with a row of it (`quality.2`), or a question of an entry (`visits.0.times`).
    pub fn spoil(&self, index: usize, survey: &Survey, marks: &[String], row: &mut [Cell]) {
        let columns = of_survey(survey).flat_map(|(question, columns)| {
            let own = question.columns().len() + usize::from(question.other().is_some());
            // The columns after a question's own say where something stood: that is known all the same.
            columns.into_iter().enumerate().map(move |(place, column)| (place < own, column))
        });
        let stems: Vec<String> = marks.iter().map(|mark| stem(mark)).collect();
        let is_below = |name: &str, stem: &String| {
            name.strip_prefix(stem.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        for ((own, column), place) in columns.zip(&self.places[index]) {
            let asked = !matches!(row[*place], Cell::Missing(Missing::NotApplicable | Missing::NotAsked));
            if own && asked && stems.iter().any(|stem| is_below(&column.name, stem)) {
                row[*place] = Cell::Missing(Missing::Invalid);
            }
        }
    }
}

/// What the names of the columns of a mark begin with. Entries are counted from 0 in marks and from 1 in columns.
fn stem(mark: &str) -> String {
    let parts: Vec<&str> = mark.split('.').collect();
    let number = |text: &str| text.parse::<i64>().unwrap_or_default();
    match parts.as_slice() {
        [name, row] => format!("{name}_{}", suffix(number(row))),
        [name, entry, inner] => format!("{name}_{}_{inner}", number(entry) + 1),
        _ => mark.to_owned(),
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
