//! Exports: the responses to a survey as a table, one row at a time, so that a million of them need no more memory than
//! one batch. A format is one file below this one.

mod csv;
mod envelope;

use crate::day::Days;
use crate::edition::{Edition, Unreadable};
use crate::key::Key;
use crate::store::{Position, Store, StoreError, StoredResponse};
use clap::ValueEnum;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::{self, Write};
use survey::columns::{Cell, Column, Table};
use survey::{Answers, Occasion, Survey, paper};
use tokio::runtime::Handle;

/// A format that responses can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For programs: comma-separated, UTF-8 without a mark, codes and not labels (RFC 4180)
    Csv,
}

/// The table of a survey: its versions, merged, and the responses that will fill it.
#[derive(Debug)]
pub(crate) struct Export {
    survey: String,
    key: Key,
    /// The current version first.
    editions: Vec<Edition>,
    /// The index of each version among the editions.
    indices: HashMap<String, usize>,
    table: Table,
    /// The columns of the envelope, then those of the table.
    columns: Vec<Column>,
    days: Days,
}

/// Why an export broke off.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    #[error("the responses cannot be read")]
    Store(#[source] StoreError),
    #[error("version {version} of the survey cannot be read")]
    Definition { version: String, source: Unreadable },
    #[error("the response at position {} does not fit version {version}, which it answers", position.0)]
    Response { position: Position, version: String },
    #[error("the time zone cannot be read")]
    TimeZone(#[source] jiff::Error),
    #[error("the export cannot be written")]
    Write(#[source] io::Error),
}

/// Writes a table of one format.
trait RowWriter {
    /// Adds a row: a cell for each column, in their order.
    fn row(&mut self, cells: &[Cell]) -> io::Result<()>;

    /// Ends the table and brings all of it to where it goes.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Responses read at a time.
const BATCH: usize = 500;

impl Format {
    /// The format of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// Its content type.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
        }
    }

    /// How the names of its files end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
        }
    }

    fn writer<'a>(self, columns: &[Column], sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
        match self {
            Self::Csv => csv::writer(columns, sink),
        }
    }
}

impl Export {
    /// Prepares the table of a survey; `None` when no such survey was published.
    pub(crate) async fn of(store: &dyn Store, key: Key, survey: &str) -> Result<Option<Self>, ExportError> {
        let editions = editions(store, survey).await?;
        if editions.is_empty() {
            return Ok(None);
        }
        let surveys: Vec<&Survey> = editions.iter().map(|edition| &*edition.survey).collect();
        let table = Table::of(&surveys);
        let versions = editions.iter().map(|edition| edition.version.clone());
        let indices = versions.enumerate().map(|(index, version)| (version, index)).collect();
        let days = Days::new().map_err(ExportError::TimeZone)?;
        let columns = envelope::columns().into_iter().chain(table.columns().to_vec()).collect();
        Ok(Some(Self { survey: survey.to_owned(), key, editions, indices, table, columns, days }))
    }

    /// Writes the table. It blocks, and must run on a thread of the runtime that may.
    pub(crate) fn write(
        &self,
        store: &dyn Store,
        format: Format,
        sink: impl Write,
    ) -> Result<(), ExportError> {
        let runtime = Handle::current();
        let mut writer = format.writer(&self.columns, sink).map_err(ExportError::Write)?;
        let mut after = Position::default();
        loop {
            let reading = store.responses(&self.survey, after, BATCH);
            let batch = runtime.block_on(reading).map_err(ExportError::Store)?;
            for response in &batch {
                let cells = self.cells(response).ok_or_else(|| misfit(response))?;
                writer.row(&cells).map_err(ExportError::Write)?;
                after = response.position;
            }
            if batch.len() < BATCH {
                return writer.finish().map_err(ExportError::Write);
            }
        }
    }

    /// Its columns, in the order of the cells.
    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// `None` for a response that its own version cannot read, which the way in does not let happen.
    pub(crate) fn cells(&self, response: &StoredResponse) -> Option<Vec<Cell>> {
        let index = *self.indices.get(&response.version)?;
        let survey = &*self.editions[index].survey;
        let answers = serde_json::from_str(&response.answers).ok()?;
        let answers = Answers::read(survey, &answers).ok()?;
        let paradata: Map<String, Value> = serde_json::from_str(&response.paradata).ok()?;
        let occasion = survey::response::occasion(&paradata);
        // Responses that were kept before the day was noted.
        let today = occasion.today.or_else(|| self.days.today(response.minute));
        let mut cells = self.table.row(index, survey, &answers, Occasion { today, ..occasion });
        self.table.spoil(index, survey, &paper::invalid(&paradata), &mut cells);
        let (pseudonym, day) = (self.key.pseudonym(&response.id), self.days.of(response.minute).ok()?);
        let envelope = envelope::cells(response, pseudonym, day, &paradata);
        Some(envelope.into_iter().chain(cells).collect())
    }
}

async fn editions(store: &dyn Store, survey: &str) -> Result<Vec<Edition>, ExportError> {
    let mut editions = Vec::new();
    for version in store.versions(survey).await.map_err(ExportError::Store)? {
        let definition = store.definition(survey, &version).await.map_err(ExportError::Store)?;
        let edition = Edition::read(version.clone(), &definition.unwrap_or_default())
            .map_err(|source| ExportError::Definition { version, source })?;
        editions.push(edition);
    }
    Ok(editions)
}

fn misfit(response: &StoredResponse) -> ExportError {
    ExportError::Response { position: response.position, version: response.version.clone() }
}
