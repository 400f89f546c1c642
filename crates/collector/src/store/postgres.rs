//! The store in a PostgreSQL database, for several collectors at once.
//!
//! Here the trait's methods are handed to connections; the SQL is one file a subject. Responses go through one task, so
//! that many share one commit.

mod ballots;
mod blocks;
mod coding;
mod connect;
mod contents;
mod desk;
mod drafts;
mod dump;
mod examine;
mod extent;
mod failure;
mod identities;
mod invitations;
mod matters;
mod matters_at;
mod meetings;
mod migrate;
mod outcomes;
mod paper;
mod partials;
mod people;
mod places;
mod responses;
mod results;
mod retention;
mod surveys;
mod tokens;
mod url;
mod vacuum;
mod visits;
mod votes;
mod weightings;
mod work;
mod writer;

use super::contents::is_name;
use super::tables::Rows;
use super::{
    Batch, Finding, Import, Kept, Medium, NewResponse, NewToken, Opening, Pace, Place, Position, Publication,
    Published, Settled, SheetEntry, SheetName, SheetRecord, Store, StoreError, StoredResponse, SurveyRecord,
    TokenRecord,
};
use crate::clock::Minute;
use crate::digest::Digest;
use async_trait::async_trait;
use connect::Connections;
use contents::Cache;
use responses::Withdrawn;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc::{Receiver, Sender};
use vacuum::Vacuum;
use writer::Writer;

pub use failure::PostgresError;
pub use url::DatabaseUrl;

/// A store in a PostgreSQL database.
#[derive(Debug)]
pub struct Postgres {
    connections: Connections,
    writer: Writer,
    vacuum: Vacuum,
    cache: Cache,
}

impl Postgres {
    /// Connects to the database, brings its tables up to date and starts its writer. Other collectors may use it at the
    /// same time.
    ///
    /// # Errors
    /// When the database cannot be reached, would lose what it has acknowledged, or was changed by a newer collector.
    pub async fn open(url: &DatabaseUrl, opening: Opening) -> Result<Self, PostgresError> {
        let connections = Connections::to(url)?;
        connections.check(url).await?;
        migrate::to_latest(&connections, url, opening).await?;
        let (writer, vacuum) = (Writer::start(connections.clone()), Vacuum::start(connections.clone()));
        Ok(Self { connections, writer, vacuum, cache: Cache::default() })
    }
}

#[async_trait]
impl Store for Postgres {
    async fn publish(&self, publication: Publication) -> Result<Published, StoreError> {
        Ok(surveys::publish(&mut *self.connections.writing().await?, &publication).await?)
    }

    async fn survey(&self, survey: &str) -> Result<Option<SurveyRecord>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(None);
        }
        Ok(surveys::survey(&self.connections.reading().await?, survey).await?)
    }

    async fn definition(&self, survey: &str, version: &str) -> Result<Option<String>, StoreError> {
        if !can_be_asked_for(&[survey, version]) {
            return Ok(None);
        }
        Ok(surveys::definition(&self.connections.reading().await?, survey, version).await?)
    }

    async fn versions(&self, survey: &str) -> Result<Vec<String>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(surveys::versions(&self.connections.reading().await?, survey).await?)
    }

    async fn close(&self, survey: &str) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(false);
        }
        Ok(surveys::close(&self.connections.writing().await?, survey).await?)
    }

    async fn medium(&self, survey: &str, version: &str, path: &str) -> Result<Option<Medium>, StoreError> {
        if !can_be_asked_for(&[survey, version, path]) {
            return Ok(None);
        }
        Ok(surveys::medium(&self.connections.reading().await?, survey, version, path).await?)
    }

    async fn keep_content(&self, name: &str, file: &Path) -> Result<(), StoreError> {
        contents::keep(&self.connections, name, file).await
    }

    async fn content(&self, name: &str) -> Result<Option<PathBuf>, StoreError> {
        if !is_name(name) {
            return Ok(None);
        }
        self.cache.content(&self.connections, name).await
    }

    async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError> {
        let is_invited = response.invitation.is_some();
        let kept = self.writer.keep(response).await?;
        if is_invited && kept == Kept::New {
            // Until then a row that is struck still says in which transaction.
            self.vacuum.is_due();
        }
        Ok(kept)
    }

    async fn withdraw(&self, receipt: Digest) -> Result<bool, StoreError> {
        let withdrawn = responses::withdraw(&mut *self.connections.writing().await?, receipt).await?;
        if withdrawn == Withdrawn::Now {
            self.vacuum.is_due();
        }
        Ok(withdrawn != Withdrawn::Never)
    }

    async fn responses(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(responses::after(&self.connections.reading().await?, survey, after, limit).await?)
    }

    async fn quotas(&self, survey: &str) -> Result<Vec<(String, u64)>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(responses::quotas(&self.connections.reading().await?, survey).await?)
    }

    async fn open_batch(&self, survey: &str, batch: Batch) -> Result<Batch, StoreError> {
        Ok(paper::open_batch(&self.connections.writing().await?, survey, &batch).await?)
    }

    async fn batches(&self, survey: &str) -> Result<Vec<Batch>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(paper::batches(&self.connections.reading().await?, survey).await?)
    }

    async fn sheets(&self, survey: &str, batch: &str) -> Result<Vec<SheetRecord>, StoreError> {
        if !can_be_asked_for(&[survey, batch]) {
            return Ok(Vec::new());
        }
        Ok(paper::sheets(&self.connections.reading().await?, survey, batch).await?)
    }

    async fn enter_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        entry: SheetEntry,
    ) -> Result<bool, StoreError> {
        Ok(paper::enter(&mut *self.connections.writing().await?, &sheet, before, &entry).await?)
    }

    async fn keep_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        settled: Settled,
        response: NewResponse,
    ) -> Result<Option<Kept>, StoreError> {
        let mut client = self.connections.writing().await?;
        let kept = paper::keep(&mut client, &sheet, before, settled, &response).await?;
        if matches!(kept, Some(Kept::New | Kept::Again)) {
            self.vacuum.is_due();
        }
        Ok(kept)
    }

    async fn discard_sheet(&self, sheet: SheetName) -> Result<bool, StoreError> {
        let discarded = paper::discard(&mut *self.connections.writing().await?, &sheet).await?;
        if discarded {
            self.vacuum.is_due();
        }
        Ok(discarded)
    }

    async fn import_places(&self, places: Vec<Place>, as_of: &str) -> Result<Option<Import>, StoreError> {
        Ok(places::import(&mut *self.connections.writing().await?, &places, as_of).await?)
    }

    async fn places(&self, as_of: Option<&str>) -> Result<Vec<Place>, StoreError> {
        Ok(places::current(&self.connections.reading().await?, as_of).await?)
    }

    async fn add_token(&self, token: NewToken) -> Result<bool, StoreError> {
        Ok(tokens::add(&self.connections.writing().await?, &token).await?)
    }

    async fn tokens(&self) -> Result<Vec<TokenRecord>, StoreError> {
        Ok(tokens::all(&self.connections.reading().await?).await?)
    }

    async fn token(&self, hash: Digest) -> Result<Option<TokenRecord>, StoreError> {
        Ok(tokens::by_hash(&self.connections.reading().await?, hash).await?)
    }

    async fn revoke_token(&self, name: &str) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[name]) {
            return Ok(false);
        }
        Ok(tokens::revoke(&self.connections.writing().await?, name).await?)
    }

    async fn secret(&self, name: &str, fresh: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        Ok(tokens::secret(&self.connections.writing().await?, name, &fresh).await?)
    }

    async fn dump(&self, rows: Sender<Rows>) -> Result<(), StoreError> {
        Ok(dump::dump(&mut *self.connections.writing().await?, &rows).await?)
    }

    async fn load(&self, rows: Receiver<Option<Rows>>) -> Result<bool, StoreError> {
        dump::load(&mut *self.connections.writing().await?, rows).await
    }

    async fn examine(&self, now: Minute) -> Result<Vec<Finding>, StoreError> {
        Ok(examine::examine(&self.connections, now).await?)
    }

    async fn probe(&self) -> Result<(), StoreError> {
        let for_room = self.writer.is_out_of_room();
        Ok(tokens::probe(&mut *self.connections.writing().await?, for_room).await?)
    }

    fn pace(&self) -> &Pace {
        self.writer.pace()
    }
}

/// PostgreSQL has no text with a null character in it and fails when it is asked for one, where there is simply nothing of
/// such a name. Addresses may hold any.
fn can_be_asked_for(names: &[&str]) -> bool {
    !names.iter().any(|name| name.bytes().any(|byte| byte == 0))
}
