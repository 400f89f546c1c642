//! Exports: the responses to a survey as a table, one row at a time, so that a million of them need no more memory than
//! a few batches. A format is one file below this one; what of the table is wanted is `options`, how the rows are read
//! and decoded ahead of the writer is `rows`.

mod apart;
mod census;
mod chosen;
mod csv;
mod dta;
mod envelope;
mod error;
mod excel;
mod format;
mod guards;
mod jsonl;
pub(crate) mod labels;
mod matters;
pub(crate) mod names;
mod options;
mod parquet;
pub(crate) mod quality;
mod rows;
mod sav;
mod spool;
pub(crate) mod values;
pub(crate) mod votes;
mod weight;
mod which;
mod xlsx;

use crate::coding::Coded;
use crate::day::Days;
use crate::digest::Digest;
use crate::edition::Edition;
use crate::key::Key;
use crate::store::{Extent, Position, Store, StoredResponse};
use analysis::quality::{Judge, Plan};
use chosen::Chosen;
use data_encoding::HEXLOWER;
use matters::Followed;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::OnceLock;
use survey::Survey;
use survey::columns::{Cell, Column, Table};
use survey::expression::Expression;

pub(crate) use error::ExportError;
pub(crate) use excel::lines as for_excel;
pub(crate) use format::Format;
pub(crate) use options::NAMES as OPTIONS;
pub(crate) use options::{COLUMNS, Gaps, OptionError, Options, Values, name_of, unknown};
use weight::Weighed;
pub(crate) use which::Which;

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
    days: Days,
    /// What there was when the table was prepared. What comes later is not in it.
    extent: Extent,
    options: Options,
    chosen: Chosen,
    /// The codes of texts, where they are asked for.
    coded: Option<Coded>,
    /// What is usual, found out when the table is written, where it must be known.
    judged: OnceLock<(Plan, Judge)>,
    /// What each response weighs, where that is asked.
    weighed: Option<Weighed>,
    /// The matters that responses have opened, where they are asked for.
    followed: Option<Followed>,
}

/// What a writer is told of the table.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// The id of the survey.
    pub(crate) survey: String,
    /// Its title, in the language of labels.
    pub(crate) title: String,
    /// The language of labels.
    pub(crate) lang: String,
    /// The columns that were chosen, in order. Where labels stand for codes, they are columns of words.
    pub(crate) columns: Vec<Column>,
    /// How a missing value is written.
    pub(crate) gaps: Gaps,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Rows.
    pub(crate) rows: u64,
    /// Cells before which a mark was put, so that no program takes their text for a formula.
    pub(crate) guarded: u64,
}

/// Writes a table of one format.
trait RowWriter {
    /// Adds a row: a cell for each column, in their order.
    fn row(&mut self, cells: &[Cell]) -> io::Result<()>;

    /// Ends the table and brings all of it to where it goes. Gives the number of cells that had to be guarded.
    fn finish(self: Box<Self>) -> io::Result<u64>;
}

/// Told how many rows are written, now and then; it stops the export by an error.
pub(crate) type Watch<'a> = &'a (dyn Fn(u64) -> io::Result<()> + Sync);

impl Export {
    /// Prepares the whole table of a survey; `None` when no such survey was published.
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
        let extent = store.extent(survey).await.map_err(ExportError::Store)?;
        let chosen = Chosen::all(&table, surveys[0]);
        let (survey, options) = (survey.to_owned(), Options::default());
        let (coded, judged, weighed, followed) = (None, OnceLock::new(), None, None);
        Ok(Some(Self {
            survey,
            key,
            editions,
            indices,
            table,
            days,
            extent,
            options,
            chosen,
            coded,
            judged,
            weighed,
            followed,
        }))
    }

    /// The part of the table that is wanted.
    pub(crate) async fn choose(mut self, store: &dyn Store, options: Options) -> Result<Self, ExportError> {
        let mut more = Vec::new();
        if options.matters && options.which == Which::Partial {
            return Err(OptionError("matters: parts of responses open none.".to_owned()).into());
        }
        if options.codes {
            if options.which == Which::Partial {
                return Err(OptionError("codes: parts of responses have none.".to_owned()).into());
            }
            let columns = chosen::every_column(&self.table);
            let coded = Coded::of(store, &self.survey, &columns).await.map_err(ExportError::Store)?;
            more.extend(coded.columns().cloned());
            self.coded = Some(coded);
        }
        self.chosen = Chosen::of((&self.table, more), &self.editions[0].survey, &options)?;
        apart::keep(&mut self.chosen, &self.editions[0], &options)?;
        if options.which == Which::Partial {
            which::suits(&options)?;
            self.extent = which::extent(&options)?;
        }
        if let Some(name) = &options.weighting {
            self.weighed = Some(weight::of(&self, store, name).await?);
        }
        if options.matters {
            let followed = Followed::of(store, &self.survey, &self.days).await;
            self.followed = Some(followed.map_err(ExportError::Store)?);
        }
        if let Some(since) = &options.since {
            self.chosen.after = rows::position(store, &self.survey, &self.key, since).await?;
        }
        self.options = options;
        Ok(self)
    }

    /// What a format is told of the table.
    ///
    /// # Errors
    /// When the format has no such way of writing what is missing.
    pub(crate) fn layout(&self, format: Format) -> Result<Layout, ExportError> {
        Ok(Layout {
            survey: self.survey.clone(),
            title: labels::text(&self.editions[0].survey.title, &self.chosen.lang),
            lang: self.chosen.lang.clone(),
            columns: self.chosen.columns.clone(),
            gaps: format.checked_gaps(&self.options)?,
        })
    }

    /// The versions of the survey, the current one first.
    pub(crate) fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The margins by which the responses are weighted, with their sources; nothing where they are not.
    pub(crate) fn margins(&self) -> Option<&str> {
        self.weighed.as_ref().map(|weighed| weighed.margins.as_str())
    }

    /// The survey.
    pub(crate) fn survey(&self) -> &str {
        &self.survey
    }

    /// What of the table is wanted.
    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    /// The columns that were chosen.
    pub(crate) fn columns(&self) -> &[Column] {
        &self.chosen.columns
    }

    /// How many responses there are to choose from.
    pub(crate) fn extent(&self) -> Extent {
        self.extent
    }

    /// What `since` may be told in order to get what comes after this table.
    pub(crate) fn position(&self) -> String {
        format!("p{}", self.extent.last.0)
    }

    /// The same for the same bytes, and another when a response, a version or an option makes others of them.
    pub(crate) fn fingerprint(&self, format: &str) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.len().to_le_bytes());
            hash.update(text.as_bytes());
        };
        add(env!("CARGO_PKG_VERSION"));
        add(format);
        add(&self.survey);
        self.editions.iter().for_each(|edition| add(&edition.version));
        for (name, text) in self.options.told() {
            add(name);
            add(&text);
        }
        self.coded.iter().for_each(|coded| add(coded.fingerprint()));
        if let Some(weighed) = &self.weighed {
            add(&weighed.version.to_string());
        }
        self.followed.iter().for_each(|followed| add(followed.fingerprint()));
        let Extent { responses, withdrawn, last: Position(last), forgotten } = self.extent;
        add(&format!("{responses} {withdrawn} {last} {forgotten}"));
        let digest: Digest = hash.finalize().into();
        HEXLOWER.encode(&digest[..16])
    }

    /// Writes the table. It blocks, and must run on a thread of the runtime that may.
    pub(crate) fn write(
        &self,
        store: &dyn Store,
        format: Format,
        sink: impl Write + Send,
    ) -> Result<Written, ExportError> {
        self.write_watched(store, format, sink, &|_| Ok(()))
    }

    /// The same, telling how far it has come.
    pub(crate) fn write_watched(
        &self,
        store: &dyn Store,
        format: Format,
        sink: impl Write + Send,
        watch: Watch<'_>,
    ) -> Result<Written, ExportError> {
        let layout = self.layout(format)?;
        let mut writer = format.writer(&layout, sink).map_err(ExportError::Write)?;
        let rows = rows::each_batch(self, store, |rows, batch| {
            batch.iter().try_for_each(|cells| writer.row(cells)).and_then(|()| watch(rows))
        })?;
        Ok(Written { rows, guarded: writer.finish().map_err(ExportError::Write)? })
    }

    /// A condition over the answers of the whole table.
    pub(crate) fn condition(&self, text: &str) -> Result<Expression, OptionError> {
        chosen::parsed(text, &self.chosen.columns)
    }

    /// The cells of a response, in the order of the columns of the whole table.
    pub(crate) fn cells(&self, response: &StoredResponse) -> Result<Vec<Cell>, ExportError> {
        let day = self.days.of(response.minute).ok();
        let cells = day.and_then(|day| rows::cells(self, response, day, None));
        cells.flatten().ok_or_else(|| rows::misfit(response))
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
