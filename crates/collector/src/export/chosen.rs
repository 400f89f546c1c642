//! What options choose of the table of one survey: its columns, the words in its cells, and which responses.

use super::options::{OptionError, Options, Values, unknown};
use super::{guards, labels};
use crate::store::{Position, StoredResponse};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::collections::HashMap;
use survey::columns::{Cell, Column, Measure, Representation, Table};
use survey::expression::{self, Expression};
use survey::{Missing, Survey};

/// What was chosen.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The language of labels.
    pub(super) lang: String,
    /// The columns, as they will be written.
    pub(super) columns: Vec<Column>,
    /// The place of each among all columns; `None` when all were chosen.
    places: Option<Vec<usize>>,
    /// For each column, the words that stand for its codes; where there are none, the codes stand.
    words: Vec<HashMap<i64, String>>,
    /// What must hold of the answers.
    pub(super) condition: Option<Expression>,
    /// The position after which to begin.
    pub(super) after: Position,
    from: Option<Date>,
    to: Option<Date>,
    language: Option<String>,
    channel: Option<String>,
    /// Whether the columns of flags follow those that were chosen.
    flags: bool,
}

/// Names told beside one that there is not.
const NEAR: usize = 5;

impl Chosen {
    /// The whole table.
    pub(super) fn all(table: &Table, survey: &Survey) -> Self {
        Self {
            lang: survey.languages.first().cloned().unwrap_or_default(),
            columns: every_column(table),
            places: None,
            words: Vec::new(),
            condition: None,
            after: Position::default(),
            from: None,
            to: None,
            language: None,
            channel: None,
            flags: false,
        }
    }

    /// What the options say of it; `since` is looked up elsewhere.
    pub(super) fn of(table: &Table, survey: &Survey, options: &Options) -> Result<Self, OptionError> {
        let mut chosen = Self::all(table, survey);
        if let Some(lang) = &options.lang {
            let lang = lang.to_ascii_lowercase();
            if !survey.languages.contains(&lang) {
                return Err(unknown("lang", &lang, &survey.languages, " in this survey"));
            }
            chosen.lang = lang;
        }
        let condition = options.condition.as_deref();
        chosen.condition = condition.map(|text| parsed(text, &chosen.columns)).transpose()?;
        if !options.columns.is_empty() {
            let places = places(&chosen.columns, &options.columns)?;
            chosen.columns = places.iter().map(|place| chosen.columns[*place].clone()).collect();
            chosen.places = Some(places);
        }
        if options.values == Values::Labels {
            chosen.words = chosen.columns.iter_mut().map(|column| into_words(column, &chosen.lang)).collect();
        }
        if options.flags {
            chosen.columns.extend(guards::columns());
            chosen.flags = true;
        }
        (chosen.from, chosen.to) = (options.from, options.to);
        (chosen.language, chosen.channel) = (options.language.clone(), options.channel.clone());
        Ok(chosen)
    }

    /// Whether a response is among those chosen, as far as its envelope says.
    pub(super) fn takes(&self, response: &StoredResponse, day: Date) -> bool {
        let is =
            |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && is(&self.language, &response.lang)
            && is(&self.channel, &response.channel)
    }

    /// Of the cells of all columns, those that will be written.
    pub(super) fn pick(&self, mut cells: Vec<Cell>, paradata: &Map<String, Value>) -> Vec<Cell> {
        if let Some(places) = &self.places {
            cells = places.iter().map(|place| cells[*place].clone()).collect();
        }
        for (cell, column) in cells.iter_mut().zip(&self.columns) {
            // An option that says why there is no answer was chosen: the reason is the same, whoever gave it.
            if let Cell::Code(code) = cell
                && !column.negative
                && let Some(missing) = Missing::of_code(*code)
            {
                *cell = Cell::Missing(missing);
            }
        }
        for (cell, words) in cells.iter_mut().zip(&self.words) {
            if let Cell::Code(code) = cell
                && let Some(word) = words.get(code)
            {
                *cell = Cell::Text(word.clone());
            }
        }
        if self.flags {
            cells.extend(guards::cells(paradata));
        }
        cells
    }
}

/// The columns of the envelope, then those of the table.
fn every_column(table: &Table) -> Vec<Column> {
    super::envelope::columns().into_iter().chain(table.columns().to_vec()).collect()
}

/// Makes a column of codes one of words.
fn into_words(column: &mut Column, lang: &str) -> HashMap<i64, String> {
    if column.values.is_empty() {
        return HashMap::new();
    }
    let words: HashMap<i64, String> = labels::values(column, lang).into_iter().collect();
    column.values.clear();
    column.width = words.values().map(|word| word.chars().count()).max();
    (column.measure, column.representation) = (Measure::Text, Representation::Text);
    words
}

/// The places of the columns that these names mean, in the order in which they are named, each once.
fn places(columns: &[Column], names: &[String]) -> Result<Vec<usize>, OptionError> {
    let mut places = Vec::new();
    for name in names {
        let meant = |column: &Column| {
            column.name.eq_ignore_ascii_case(name) || column.question.eq_ignore_ascii_case(name)
        };
        let found: Vec<usize> =
            columns.iter().enumerate().filter(|(_, column)| meant(column)).map(|(place, _)| place).collect();
        if found.is_empty() {
            return Err(unknown("columns", name, &near(columns, name), "; near it"));
        }
        places.extend(found.into_iter().filter(|place| !places.contains(place)).collect::<Vec<_>>());
    }
    Ok(places)
}

/// The names most like this one.
fn near(columns: &[Column], name: &str) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for column in columns {
        for name in [column.question.as_str(), column.name.as_str()] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let likeness =
        |other: &str| strsim::jaro_winkler(&name.to_ascii_lowercase(), &other.to_ascii_lowercase());
    names.sort_by(|one, other| likeness(other).total_cmp(&likeness(one)));
    names.into_iter().take(NEAR).map(str::to_owned).collect()
}

/// A condition over the answers of this table.
fn parsed(text: &str, columns: &[Column]) -> Result<Expression, OptionError> {
    let condition = expression::parse(text).map_err(|fault| OptionError(format!("where: {fault}")))?;
    let mut missing = None;
    condition.variables(&mut |variable| {
        let known = |column: &Column| column.question == variable || column.name == variable;
        if missing.is_none() && !columns.iter().any(known) {
            missing = Some(variable.to_owned());
        }
    });
    match missing {
        Some(variable) => Err(unknown("where", &variable, &near(columns, &variable), "; near it")),
        None => Ok(condition),
    }
}
