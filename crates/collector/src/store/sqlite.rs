//! The store in a directory: SQLite, one thread that writes, several connections that read.
//!
//! Here the trait's methods are handed to the writer or the readers; the SQL is one file a subject.

mod migrate;
mod open;
mod places;
mod quotas;
mod readers;
mod responses;
mod surveys;
mod tokens;
mod wal;
mod writer;

use super::{
    Import, Kept, Medium, NewResponse, NewToken, Pace, Place, Position, Publication, Published, Store,
    StoreError, StoredResponse, SurveyRecord, TokenRecord,
};
use crate::digest::Digest;
use async_trait::async_trait;
use readers::Readers;
use responses::Withdrawn;
use rusqlite::ErrorCode;
use std::path::Path;
use std::sync::Arc;
use writer::Writer;

pub use open::{Opening, SqliteError};

/// A store in a directory.
#[derive(Debug)]
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
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
        Ok(Self { writer, readers: Readers::new(prepared.database) })
    }

    /// How fast it writes, measured from now on.
    #[must_use]
    pub fn pace(&self) -> &Pace {
        self.writer.pace()
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

    async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError> {
        self.writer.write(move |db| responses::keep(db, &response)).await
    }

    async fn withdraw(&self, receipt: Digest) -> Result<bool, StoreError> {
        let erased = |withdrawn: &Withdrawn| *withdrawn == Withdrawn::Now;
        let withdrawn = self.writer.erase(move |db| responses::withdraw(db, receipt), erased).await?;
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

    async fn probe(&self) -> Result<(), StoreError> {
        self.writer.write(tokens::probe).await
    }
}

/// SQLite's errors in the words of the trait. Its messages name tables and columns, never values.
fn store_error(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        _ => StoreError::Engine(Arc::new(error)),
    }
}
