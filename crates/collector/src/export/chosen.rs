//! What options choose of the table of one survey: its columns, the words in its cells, and which responses.

use super::options::{OptionError, Options, Values, unknown};
use super::quality::{Flagged, Flags};
use super::{guards, labels, matters, quality, weight};
use crate::store::{Position, StoredResponse};
use jiff::civil::Date;
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
    version: Option<String>,
    flags: Option<Flagged>,
    /// Whether what was noticed stands in columns after all others.
    pub(super) quality: bool,
    /// Whether the flags of the guard do.
    pub(super) guard: bool,
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
            version: None,
            flags: None,
            quality: false,
            guard: false,
        }
    }

    /// What the options say of it, where `more` columns follow those of the answers; `since` is looked up elsewhere.
    pub(super) fn of(
        (table, more): (&Table, Vec<Column>),
        survey: &Survey,
        options: &Options,
    ) -> Result<Self, OptionError> {
        let mut chosen = Self::all(table, survey);
        if let Some(lang) = &options.lang {
            let lang = lang.to_ascii_lowercase();
            if !survey.languages.contains(&lang) {
                return Err(unknown("lang", &lang, &survey.languages, " in this survey"));
            }
            chosen.lang = lang;
        }
        let condition = options.condition.as_deref();
        // Answers decide, and not what somebody made of them.
        chosen.condition = condition.map(|text| parsed(text, &chosen.columns)).transpose()?;
        chosen.columns.extend(more);
        (chosen.quality, chosen.guard) = (options.quality, options.guard);
        let mut own = if options.quality { quality::columns() } else { Vec::new() };
        own.extend(options.weighting.as_ref().map(|_| weight::column()));
        own.extend(options.guard.then(guards::columns).into_iter().flatten());
        own.extend(options.matters.then(matters::columns).into_iter().flatten());
        let answers = chosen.columns.len();
        chosen.columns.extend(own_columns(own, &chosen.columns)?);
        if !options.columns.is_empty() {
            let mut places = places(&chosen.columns, &options.columns)?;
            let more: Vec<usize> =
                (answers..chosen.columns.len()).filter(|at| !places.contains(at)).collect();
            places.extend(more);
            chosen.columns = places.iter().map(|place| chosen.columns[*place].clone()).collect();
            chosen.places = Some(places);
        }
        if options.values == Values::Labels {
            chosen.words = chosen.columns.iter_mut().map(|column| into_words(column, &chosen.lang)).collect();
        }
        (chosen.from, chosen.to) = (options.from, options.to);
        (chosen.language, chosen.channel) = (options.language.clone(), options.channel.clone());
        (chosen.version, chosen.flags) = (options.version.clone(), options.flags);
        Ok(chosen)
    }

    /// Leaves columns out.
    pub(super) fn leave(&mut self, is: impl Fn(&Column) -> bool) {
        let kept: Vec<usize> = (0..self.columns.len()).filter(|at| !is(&self.columns[*at])).collect();
        let before = self.places.take();
        let place = |at: &usize| before.as_ref().map_or(*at, |places| places[*at]);
        self.places = Some(kept.iter().map(place).collect());
        self.columns = kept.iter().map(|at| self.columns[*at].clone()).collect();
        if !self.words.is_empty() {
            self.words = kept.iter().map(|at| std::mem::take(&mut self.words[*at])).collect();
        }
    }

    /// Whether a response is among those chosen, as far as its envelope says.
    pub(super) fn takes(&self, response: &StoredResponse, day: Date) -> bool {
        let is =
            |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && is(&self.language, &response.lang)
            && is(&self.channel, &response.channel)
            && self.version.as_deref().is_none_or(|version| response.version.starts_with(version))
    }

    /// Whether it must be known what was noticed about each response.
    pub(super) fn judges(&self) -> bool {
        self.quality || self.flags.is_some()
    }

    /// Whether a response is among those chosen, as far as what was noticed about it says.
    pub(super) fn takes_flags(&self, flags: &Flags) -> bool {
        self.flags.is_none_or(|wanted| wanted.takes(flags))
    }

    /// Of the cells of all columns, those that will be written.
    pub(super) fn pick(&self, mut cells: Vec<Cell>) -> Vec<Cell> {
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
        cells
    }
}

/// The columns of the envelope, then those of the table.
pub(super) fn every_column(table: &Table) -> Vec<Column> {
    super::envelope::columns().into_iter().chain(table.columns().to_vec()).collect()
}

/// Columns of our own beside those of a survey, which may have called a variable the same.
fn own_columns(own: Vec<Column>, columns: &[Column]) -> Result<Vec<Column>, OptionError> {
    let is_taken = |own: &&Column| columns.iter().any(|known| known.name.eq_ignore_ascii_case(&own.name));
    match own.iter().find(is_taken) {
        Some(own) => Err(OptionError(format!(
            "quality, weighting: the survey has a variable \"{}\" of its own.",
            own.name
        ))),
        None => Ok(own),
    }
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
pub(super) fn parsed(text: &str, columns: &[Column]) -> Result<Expression, OptionError> {
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
