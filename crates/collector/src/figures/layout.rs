//! The columns that figures are made of: those of an export, without the pseudonym and with the time that answering took.

use super::FiguresError;
use crate::export::{Export, OptionError};
use crate::key::Key;
use crate::store::{Store, StoredResponse};
use analysis::shape::{self, Shape};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use survey::Missing;
use survey::Text;
use survey::columns::{Cell, Column, ENVELOPE, Measure, Part, Representation};
use survey::expression::Expression;

/// The name of the column with the milliseconds in which the form was in view, to the tenth of a second.
pub const ACTIVE_TIME: &str = "response_active_ms";

/// The columns of the envelope of which it is counted how many responses have each word.
pub(super) const WORDS: [&str; 5] =
    ["response_day", "response_version", "response_language", "response_channel", "response_assisted"];

/// The name of the column that leads to one response.
const PSEUDONYM: &str = ENVELOPE[0];

/// How a response becomes cells.
#[derive(Debug)]
pub(super) struct Layout {
    export: Export,
    columns: Vec<Column>,
    shapes: Vec<Shape>,
    /// The place of each column by its name in small letters.
    places: HashMap<String, usize>,
}

impl Layout {
    /// The columns of a survey over all its versions; `None` when no such survey was published.
    pub(super) async fn of(store: &dyn Store, key: Key, survey: &str) -> Result<Option<Self>, FiguresError> {
        let Some(export) = Export::of(store, key, survey).await.map_err(FiguresError::of_export)? else {
            return Ok(None);
        };
        let current = store.survey(survey).await.map_err(FiguresError::Store)?;
        let version = current.map(|current| current.version).unwrap_or_default();
        let definition = store.definition(survey, &version).await.map_err(FiguresError::Store)?;
        let definition = serde_json::from_str(&definition.unwrap_or_default()).unwrap_or_default();
        Ok(Some(Self::new(export, &shape::types(&definition))))
    }

    fn new(export: Export, types: &BTreeMap<String, String>) -> Self {
        let mut columns: Vec<Column> = export.columns().to_vec();
        columns.retain(|column| column.name != PSEUDONYM);
        columns.insert(ENVELOPE.len() - 1, active_column());
        let place = |(place, column): (usize, &Column)| (column.name.to_ascii_lowercase(), place);
        let places = columns.iter().enumerate().map(place).collect();
        let shapes = shape::shapes(&columns, types);
        Self { export, columns, shapes, places }
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(&name.to_ascii_lowercase()).copied()
    }

    /// Whether the words in a column may be kept: those of the envelope and of days. What a citizen typed may not.
    pub(super) fn keeps_words(column: &Column) -> bool {
        column.measure == Measure::Moment || ENVELOPE.contains(&column.name.as_str())
    }

    /// A condition over the answers.
    pub(super) fn condition(&self, text: &str) -> Result<Expression, OptionError> {
        self.export.condition(text)
    }

    /// How the table is exported.
    pub(super) fn export(&self) -> &Export {
        &self.export
    }

    /// The cells of a response, in the order of the columns.
    pub(super) fn cells(&self, response: &StoredResponse) -> Result<Vec<Cell>, FiguresError> {
        let cells = self.export.cells(response).map_err(FiguresError::of_export)?;
        Ok(self.laid_out(response, cells))
    }

    fn laid_out(&self, response: &StoredResponse, cells: Vec<Cell>) -> Vec<Cell> {
        let mut own = self.export.columns().iter().zip(cells).filter(|(column, _)| column.name != PSEUDONYM);
        let mut row = Vec::with_capacity(self.columns.len());
        row.extend(own.by_ref().take(ENVELOPE.len() - 1).map(|(_, cell)| cell));
        row.push(active_time(&response.paradata));
        // That somebody wrote something is counted also when the words are gone: figures are the same before and after.
        row.extend(own.map(|(_, cell)| match cell {
            Cell::Missing(Missing::Masked) => Cell::Text(String::new()),
            cell => cell,
        }));
        row
    }
}

fn active_column() -> Column {
    let label = [
        ("kk", "Сауалнама ашық тұрған уақыт, миллисекунд"),
        ("ru", "Время, пока опрос был на экране, миллисекунды"),
        ("en", "Time that the form was in view, milliseconds"),
    ];
    Column {
        name: ACTIVE_TIME.to_owned(),
        question: ACTIVE_TIME.to_owned(),
        part: Part::Answer,
        label: Text::Each(label.map(|(lang, text)| (lang.to_owned(), text.to_owned())).into()),
        row: None,
        entry: None,
        option: None,
        measure: Measure::Scale,
        representation: Representation::Whole,
        negative: false,
        values: Vec::new(),
        width: None,
    }
}

/// Forms without a script do not tell it. No finer time than a tenth of a second is of use to anybody.
fn active_time(paradata: &str) -> Cell {
    let paradata: Map<String, Value> = serde_json::from_str(paradata).unwrap_or_default();
    let time = paradata.get("active_ms").and_then(Value::as_i64);
    time.map_or(Cell::Missing(Missing::NotAsked), |time| Cell::Code(time.saturating_add(50) / 100 * 100))
}
