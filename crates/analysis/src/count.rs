//! What is counted while rows go by: the tally of every column, and what only whole rows can tell.
//!
//! Everything here can be merged: parts of a survey are counted apart, kept, and added up.

mod values;

use crate::rows::{number, value};
use crate::shape::{Kind, Shape};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use survey::Missing;
use survey::columns::{Cell, Column};
use survey::tally::Tally;
pub use values::{MOST_VALUES, Values};

/// All that summaries are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The counts of every column.
    pub tally: Tally,
    /// The counts of every question.
    pub details: Details,
}

/// The counts of every question, in the order of the shapes. It can be kept as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// One for each question.
    pub questions: Vec<OfQuestion>,
}

/// What is counted of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfQuestion {
    /// Responses that answered it.
    pub base: u64,
    /// Responses that did not, by the code of the reason.
    pub missing: BTreeMap<i64, u64>,
    /// Of the base, for each column of the question, who has a value there: who was offered that option or row.
    pub columns: Vec<u64>,
    /// The numbers in each column, for questions of numbers; none for others.
    pub values: Vec<Values>,
    /// Days by month (`2026-11`), times by hour (`08`).
    pub moments: BTreeMap<String, u64>,
}

impl Counts {
    /// Nothing counted yet.
    #[must_use]
    pub fn of(columns: &[Column], shapes: &[Shape]) -> Self {
        Self { tally: Tally::of(columns), details: Details::of(shapes) }
    }

    /// Counts one response, its cells in the order of the columns.
    pub fn add(&mut self, columns: &[Column], shapes: &[Shape], cells: &[Cell]) {
        self.tally.add(columns, cells);
        self.details.add(columns, shapes, cells);
    }

    /// Takes over what was counted elsewhere, of the same columns and shapes.
    pub fn merge(&mut self, other: &Self) {
        self.tally.merge(&other.tally);
        self.details.merge(&other.details);
    }
}

impl Details {
    /// Nothing counted yet.
    #[must_use]
    pub fn of(shapes: &[Shape]) -> Self {
        Self { questions: shapes.iter().map(OfQuestion::of).collect() }
    }

    /// Counts one response.
    pub fn add(&mut self, columns: &[Column], shapes: &[Shape], cells: &[Cell]) {
        for (question, shape) in self.questions.iter_mut().zip(shapes) {
            question.add(columns, shape, cells);
        }
    }

    /// Takes over what was counted elsewhere, of the same shapes.
    pub fn merge(&mut self, other: &Self) {
        for (question, other) in self.questions.iter_mut().zip(&other.questions) {
            question.merge(other);
        }
    }
}

impl OfQuestion {
    fn of(shape: &Shape) -> Self {
        let has_numbers = matches!(shape.kind, Kind::Number | Kind::Shares | Kind::Entries);
        let values = if has_numbers { vec![Values::default(); shape.columns.len()] } else { Vec::new() };
        Self { columns: vec![0; shape.columns.len()], values, ..Self::default() }
    }

    fn add(&mut self, columns: &[Column], shape: &Shape, cells: &[Cell]) {
        if let Err(missing) = answered(columns, shape, cells) {
            *self.missing.entry(missing.code()).or_default() += 1;
            return;
        }
        self.base += 1;
        for (index, place) in shape.columns.iter().enumerate() {
            self.columns[index] += u64::from(value(&cells[*place]).is_ok());
            if let (Some(values), Ok(number)) = (self.values.get_mut(index), number(&cells[*place])) {
                values.add(number.millionths(), 1);
            }
        }
        let digits = match shape.kind {
            Kind::Moment => 7,
            Kind::Time => 2,
            _ => return,
        };
        if let Cell::Text(text) = &cells[shape.columns[0]] {
            let period = text.get(..digits).unwrap_or(text);
            *self.moments.entry(period.to_owned()).or_default() += 1;
        }
    }

    fn merge(&mut self, other: &Self) {
        self.base += other.base;
        for (code, count) in &other.missing {
            *self.missing.entry(*code).or_default() += count;
        }
        for (count, other) in self.columns.iter_mut().zip(&other.columns) {
            *count += other;
        }
        for (values, other) in self.values.iter_mut().zip(&other.values) {
            values.merge(other);
        }
        for (period, count) in &other.moments {
            *self.moments.entry(period.clone()).or_default() += count;
        }
    }
}

/// Whether a response answered a question, or why not.
///
/// It did when any of its columns has a value. Among several, "I do not know" is an option like the others in the
/// columns: whoever chose such options and no other gave no answer, for that reason. Where reasons differ, the strongest
/// says why: an option that was not shown says nothing about a question that was left blank.
///
/// # Errors
/// The reason for which there is no answer.
pub fn answered(columns: &[Column], shape: &Shape, cells: &[Cell]) -> Result<(), Missing> {
    let mut why: Option<Missing> = None;
    let mut has_value = false;
    let mut chose_other = false;
    let mut refused = None;
    for place in &shape.columns {
        let of_option = columns[*place].option.as_ref().and_then(|option| Missing::of_code(option.code));
        match (&cells[*place], of_option) {
            (Cell::Code(1), Some(missing)) if shape.kind == Kind::Several => refused = Some(missing),
            (Cell::Code(1), None) if shape.kind == Kind::Several => chose_other = true,
            (cell, _) => match value(cell) {
                Ok(()) => has_value = true,
                Err(missing) => why = Some(why.map_or(missing, |known| stronger(known, missing))),
            },
        }
    }
    match (refused, chose_other || has_value) {
        (Some(missing), _) if !chose_other => Err(missing),
        (_, true) => Ok(()),
        _ => Err(why.unwrap_or(Missing::NotAsked)),
    }
}

/// Of two reasons, the one that says more about a question as a whole.
fn stronger(a: Missing, b: Missing) -> Missing {
    let is_weak = |missing| matches!(missing, Missing::NotAsked | Missing::NotApplicable);
    match (is_weak(a), is_weak(b)) {
        (true, false) => b,
        (true, true) => a.max(b),
        _ => a,
    }
}
