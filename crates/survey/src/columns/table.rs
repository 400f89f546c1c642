//! The columns of all versions of a survey in one table, and the rows that fill it.

use super::cells::cells;
use super::representation::computed_as;
use super::{Cell, Column, of_survey, suffix};
use crate::answer::Answers;
use crate::definition::{Survey, computed};
use crate::expression::{Expression, Type};
use crate::missing::Missing;
use crate::route::{Occasion, Route};
use std::collections::HashMap;

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
                    (column.measure, column.representation) = computed_as(*kind);
                    column.negative = *kind == Type::Number;
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

    /// The place of each cell of the version at `index` among the columns.
    pub(crate) fn places(&self, index: usize) -> &[usize] {
        &self.places[index]
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The cells of one response to the version at `index` of the list given to [`Table::of`]; what that version did
    /// not ask is missing for that reason.
    #[must_use]
    pub fn row(&self, index: usize, survey: &Survey, answers: &Answers, occasion: Occasion) -> Vec<Cell> {
        self.placed(index, cells(survey, &Route::of(survey, answers, occasion), occasion))
    }

    /// The same, of a response of which a condition holds; `None` of any other.
    #[must_use]
    pub fn row_if(
        &self,
        index: usize,
        survey: &Survey,
        answers: &Answers,
        occasion: Occasion,
        condition: &Expression,
    ) -> Option<Vec<Cell>> {
        let route = Route::of(survey, answers, occasion);
        route.satisfies(survey, condition).then(|| self.placed(index, cells(survey, &route, occasion)))
    }

    fn placed(&self, index: usize, cells: Vec<Cell>) -> Vec<Cell> {
        let mut row = vec![Cell::Missing(Missing::NotAsked); self.columns.len()];
        for (cell, place) in cells.into_iter().zip(&self.places[index]) {
            row[*place] = cell;
        }
        row
    }

    /// Says of answers of that response that they were given and cannot be counted ([`Missing::Invalid`]). A mark is a
    /// variable, one with a row of it (`quality.2`), or a question of an entry (`visits.0.times`).
    pub fn spoil(&self, index: usize, survey: &Survey, marks: &[String], row: &mut [Cell]) {
        // Hardly any response comes on paper, and an export asks this of each.
        if marks.is_empty() {
            return;
        }
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
    /// Takes over what only an older version has: labels of codes, longer words, cells of another kind.
    fn merge(&mut self, older: Self) {
        for (code, text) in older.values {
            if !self.values.iter().any(|(known, _)| *known == code) {
                self.values.push((code, text));
            }
        }
        self.width = self.width.max(older.width);
        self.negative |= older.negative;
        self.representation = self.representation.or(older.representation);
    }
}
