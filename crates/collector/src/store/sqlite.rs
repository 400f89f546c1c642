//! The store in a directory: SQLite, one thread that writes, several connections that read.
//!
//! Here the trait's methods are handed to the writer or the readers; the SQL is one file a subject.

mod ballots;
mod blocks;
mod coding;
mod connection;
mod desk;
mod drafts;
mod dump;
mod examine;
mod extent;
mod identities;
mod invitations;
mod matters;
mod matters_at;
mod meetings;
mod migrate;
mod open;
mod outcomes;
mod paper;
mod partials;
mod people;
mod places;
mod presence;
mod quotas;
mod readers;
mod receipts;
mod responses;
mod results;
mod retention;
mod surveys;
mod tokens;
mod visits;
mod votes;
mod wal;
mod weightings;
mod work;
mod writer;

use super::contents::Contents;
use super::tables::Rows;
use super::{
    Batch, Finding, Import, Kept, Medium, NewResponse, NewToken, Opening, Pace, Place, Position, Publication,
    Published, Settled, SheetEntry, SheetName, SheetRecord, Store, StoreError, StoredResponse, SurveyRecord,
    TokenRecord,
};
use crate::clock::Minute;
use crate::digest::Digest;
use async_trait::async_trait;
use readers::Readers;
use responses::Withdrawn;
use rusqlite::ErrorCode;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::spawn_blocking;
use writer::Writer;

pub use open::SqliteError;

/// Where the contents of media are, below the directory.
const CONTENTS: &str = "media";

/// A store in a directory.
#[derive(Debug)]
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
    contents: Contents,
    database: PathBuf,
}

impl Sqlite {
    /// Opens the store in `directory`, brings its tables up to date and starts its writer. Other processes may have
    /// it open at the same time.
    ///
    /// # Errors
    /// When the directory cannot be used, or holds what a newer collector has written.
    pub fn open(directory: &Path, opening: Opening) -> Result<Self, SqliteError> {
        let prepared = open::prepare(directory, opening)?;
        let mut connection = open::for_writing(&prepared.database)?;
        migrate::to_latest(&mut connection).map_err(|cause| cause.in_file(&prepared.database))?;
        let writer = Writer::start(connection).map_err(|source| SqliteError::Thread { source })?;
        let contents = Contents::in_directory(directory.join(CONTENTS));
        let database = prepared.database.clone();
        Ok(Self { writer, readers: Readers::new(prepared.database), contents, database })
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn publish(&self, publication: Publication) -> Result<Published, StoreError> {
        self.writer.write(move |db| surveys::publish(db, &publication)).await
    }

    async fn survey(&self, survey: &str) -> Result<Option<SurveyRecord>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| surveys::survey(db, &survey)).await
    }

    async fn definition(&self, survey: &str, version: &str) -> Result<Option<String>, StoreError> {
        let (survey, version) = (survey.to_owned(), version.to_owned());
        self.readers.read(move |db| surveys::definition(db, &survey, &version)).await
    }

    async fn versions(&self, survey: &str) -> Result<Vec<String>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| surveys::versions(db, &survey)).await
    }

    async fn close(&self, survey: &str) -> Result<bool, StoreError> {
        let survey = survey.to_owned();
        self.writer.write(move |db| surveys::close(db, &survey)).await
    }

    async fn medium(&self, survey: &str, version: &str, path: &str) -> Result<Option<Medium>, StoreError> {
        let (survey, version, path) = (survey.to_owned(), version.to_owned(), path.to_owned());
        self.readers.read(move |db| surveys::medium(db, &survey, &version, &path)).await
    }

    async fn keep_content(&self, name: &str, file: &Path) -> Result<(), StoreError> {
        let (contents, name, file) = (self.contents.clone(), name.to_owned(), file.to_owned());
        let keeping = spawn_blocking(move || contents.keep(&name, File::open(file)?).map(drop));
        keeping.await.map_err(|_| StoreError::Stopped)?.map_err(StoreError::engine)
    }

    async fn content(&self, name: &str) -> Result<Option<PathBuf>, StoreError> {
        Ok(self.contents.find(name))
    }

    async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError> {
        if response.invitation.is_some() {
            // Until the log is emptied, it says which code was struck together with which response.
            let erased = |kept: &Kept| *kept == Kept::New;
            self.writer.erase(move |db| responses::keep(db, &response), erased).await
        } else if response.quotas.is_empty() && !response.in_parts && response.matter.is_none() {
            self.writer.append(move |db| responses::keep(db, &response)).await
        } else {
            self.writer.write(move |db| responses::keep(db, &response)).await
        }
    }

    async fn withdraw(&self, receipt: Digest) -> Result<bool, StoreError> {
        let erased = |withdrawn: &Withdrawn| *withdrawn == Withdrawn::Now;
        let withdrawn = self.writer.erase(move |db| responses::withdraw(db, &receipt), erased).await?;
        Ok(withdrawn != Withdrawn::Never)
    }

    async fn responses(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| responses::after(db, &survey, after, limit)).await
    }

    async fn quotas(&self, survey: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| quotas::all(db, &survey)).await
    }

    async fn open_batch(&self, survey: &str, batch: Batch) -> Result<Batch, StoreError> {
        let survey = survey.to_owned();
        self.writer.write(move |db| paper::open_batch(db, &survey, &batch)).await
    }

    async fn batches(&self, survey: &str) -> Result<Vec<Batch>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| paper::batches(db, &survey)).await
    }

    async fn sheets(&self, survey: &str, batch: &str) -> Result<Vec<SheetRecord>, StoreError> {
        let (survey, batch) = (survey.to_owned(), batch.to_owned());
        self.readers.read(move |db| paper::sheets(db, &survey, &batch)).await
    }

    async fn enter_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        entry: SheetEntry,
    ) -> Result<bool, StoreError> {
        self.writer.write(move |db| paper::enter(db, &sheet, before, &entry)).await
    }

    async fn keep_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        settled: Settled,
        response: NewResponse,
    ) -> Result<Option<Kept>, StoreError> {
        let erased = |kept: &Option<Kept>| matches!(kept, Some(Kept::New | Kept::Again));
        self.writer.erase(move |db| paper::keep(db, &sheet, before, settled, &response), erased).await
    }

    async fn discard_sheet(&self, sheet: SheetName) -> Result<bool, StoreError> {
        self.writer.erase(move |db| paper::discard(db, &sheet), |discarded| *discarded).await
    }

    async fn import_places(&self, places: Vec<Place>, as_of: &str) -> Result<Option<Import>, StoreError> {
        let as_of = as_of.to_owned();
        self.writer.write(move |db| places::import(db, &places, &as_of)).await
    }

    async fn places(&self, as_of: Option<&str>) -> Result<Vec<Place>, StoreError> {
        let as_of = as_of.map(str::to_owned);
        self.readers.read(move |db| places::current(db, as_of.as_deref())).await
    }

    async fn add_token(&self, token: NewToken) -> Result<bool, StoreError> {
        self.writer.write(move |db| tokens::add(db, &token)).await
    }

    async fn tokens(&self) -> Result<Vec<TokenRecord>, StoreError> {
        self.readers.read(tokens::all).await
    }

    async fn token(&self, hash: Digest) -> Result<Option<TokenRecord>, StoreError> {
        self.readers.read(move |db| tokens::by_hash(db, hash)).await
    }

    async fn revoke_token(&self, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.writer.write(move |db| tokens::revoke(db, &name)).await
    }

    async fn secret(&self, name: &str, fresh: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        let name = name.to_owned();
        self.writer.write(move |db| tokens::secret(db, &name, &fresh)).await
    }

    async fn dump(&self, rows: Sender<Rows>) -> Result<(), StoreError> {
        let database = self.database.clone();
        let dumping = spawn_blocking(move || dump::dump(&database, &rows));
        dumping.await.map_err(|_| StoreError::Stopped)?
    }

    async fn load(&self, rows: Receiver<Option<Rows>>) -> Result<bool, StoreError> {
        let database = self.database.clone();
        let loading = spawn_blocking(move || dump::load(&database, rows));
        loading.await.map_err(|_| StoreError::Stopped)?
    }

    async fn examine(&self, now: Minute) -> Result<Vec<Finding>, StoreError> {
        let (database, media) = (self.database.clone(), self.contents.directory().to_owned());
        self.readers.read(move |db| examine::examine(db, &database, &media, now)).await
    }

    async fn probe(&self) -> Result<(), StoreError> {
        let failing = self.writer.is_failing();
        self.writer.write(move |db| tokens::probe(db, failing)).await
    }

    fn pace(&self) -> &Pace {
        self.writer.pace()
    }
}

/// SQLite's errors in the words of the trait. Its messages name tables and columns, never values.
fn store_error(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(ErrorCode::DiskFull) => StoreError::Full(Arc::new(error)),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => {
            StoreError::Unavailable(Arc::new(error))
        }
        _ => StoreError::engine(error),
    }
}
