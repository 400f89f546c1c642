//! Where surveys and responses are kept, in the words of the domain.
//!
//! The rest of the collector knows only [`Store`]. An engine is one module below this one, and is right when it passes
//! the conformance suite in `tests/collector/store.rs`.

mod ballots;
mod blocks;
mod coding;
mod contents;
mod desk;
mod diff;
mod drafts;
mod extent;
mod finding;
mod identities;
mod invitations;
mod matters;
mod matters_at;
mod meetings;
mod open;
mod outcomes;
mod pace;
mod paper;
mod partials;
mod people;
mod postgres;
mod records;
mod results;
mod retention;
mod sqlite;
pub mod tables;
mod visits;
mod votes;
mod weightings;
mod work;

use crate::clock::Minute;
use async_trait::async_trait;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tables::Rows;
use tokio::sync::mpsc::{Receiver, Sender};

pub use crate::digest::Digest;
pub use ballots::{BallotCount, Ballots};
pub use blocks::{BlockRange, BlockRecord, Blocks, NewBlock};
pub use coding::{Coding, FrameRecord, LARGEST_CODE, MOST_TAGS, NewTags, TagRecord};
pub use desk::Desk;
pub use drafts::{DraftRecord, Drafts};
pub use extent::{Extent, Extents};
pub use finding::{Finding, Verdict};
pub use identities::{Identities, Identity, Welcomed};
pub use invitations::{InvitationBatch, Invitations, Issued, NewInvitations, Uninvited};
pub use matters::{Changed, Matter, MatterCount, MatterEvent, MatterFilter, Matters, NewMatter, Own, Voice};
pub use matters_at::MattersAt;
pub use meetings::{ByMode, Meetings, Minutes, MinutesDraft, Mode, Present};
pub use open::{Location, OpenError, Opening, open};
pub use outcomes::{Archived, Archiving, Outcome, Outcomes};
pub use pace::Pace;
pub use paper::{Batch, Checking, Settled, SheetEntry, SheetName, SheetRecord};
pub use partials::{KeptPartial, NewPartial, PartialName, Partials, StoredPartial};
pub use people::{Over, People, PersonChange, PersonRecord, SessionRecord, Way, Which};
pub use postgres::{DatabaseUrl, Postgres, PostgresError};
pub use records::{
    Import, Kept, Medium, NewResponse, NewToken, Place, Position, Publication, Published, QuotaPlace, Scope,
    StoredResponse, SurveyRecord, TokenRecord,
};
pub use results::{Release, Results};
use retention::FORGOTTEN;
pub use retention::{Due, DueResponse, Erasure, Forgotten, Overdue, Retention, What};
pub use sqlite::{Sqlite, SqliteError};
pub use visits::{Counted, Visits};
pub use votes::{Ballot, NewVote, Said, VoteCount, VoteRecord, VoteTally, Voter, Votes};
pub use weightings::{Weighting, Weightings, names as weighting_names};
pub use work::{SpentWork, Works};

/// What the collector asks of a store. Every method that changes something returns after the change is durable.
#[async_trait]
pub trait Store:
    Ballots
    + Blocks
    + Coding
    + Desk
    + Drafts
    + Extents
    + Identities
    + Invitations
    + Matters
    + MattersAt
    + Meetings
    + Outcomes
    + Partials
    + People
    + Results
    + Retention
    + Visits
    + Votes
    + Weightings
    + Works
    + Send
    + Sync
{
    /// Makes a definition the current version of its survey and opens the survey, unless it is archived.
    async fn publish(&self, publication: Publication) -> Result<Published, StoreError>;

    /// The survey as it stands now; `None` when none of that id was published.
    async fn survey(&self, survey: &str) -> Result<Option<SurveyRecord>, StoreError>;

    /// The definition of one version, as JSON.
    async fn definition(&self, survey: &str, version: &str) -> Result<Option<String>, StoreError>;

    /// Names of the versions of a survey: the current one, then the others, the newest first.
    async fn versions(&self, survey: &str) -> Result<Vec<String>, StoreError>;

    /// Takes no more responses to a survey; `false` when there is no such survey.
    async fn close(&self, survey: &str) -> Result<bool, StoreError>;

    /// The file that a version of a survey has under this path.
    async fn medium(&self, survey: &str, version: &str, path: &str) -> Result<Option<Medium>, StoreError>;

    /// Keeps what is in a file under the hash of it, which is the name that media know it by.
    async fn keep_content(&self, name: &str, file: &Path) -> Result<(), StoreError>;

    /// A file on this machine with the content of this name.
    async fn content(&self, name: &str) -> Result<Option<PathBuf>, StoreError>;

    /// Keeps a response, unless its id was kept or taken back before, its survey takes none at that minute, or enough of
    /// its group are kept. However many come at once, no group ever has more than its limit, and no invitation admits two.
    async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError>;

    /// Takes back the response with this receipt and remembers its id; `false` when no response ever had it. What was
    /// answered is then in no file of the store, or is gone from it as soon as nobody reads an earlier state any more.
    async fn withdraw(&self, receipt: Digest) -> Result<bool, StoreError>;

    /// The next responses to a survey in order of arrival, at most `limit`, after the position of the last one read.
    /// Fewer than `limit` means that there are no more.
    async fn responses(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredResponse>, StoreError>;

    /// How many responses are kept of each group of a survey of which there is any.
    async fn quotas(&self, survey: &str) -> Result<Vec<(String, u64)>, StoreError>;

    /// Opens a batch of paper sheets, unless there is one of that name; gives the one that there is.
    async fn open_batch(&self, survey: &str, batch: Batch) -> Result<Batch, StoreError>;

    /// The batches of a survey, by name.
    async fn batches(&self, survey: &str) -> Result<Vec<Batch>, StoreError>;

    /// The sheets of a batch of which anything was keyed in, by number.
    async fn sheets(&self, survey: &str, batch: &str) -> Result<Vec<SheetRecord>, StoreError>;

    /// Adds an entry to a sheet that has `before` of them and is not kept. `false` when that is no longer so: of two
    /// clerks at the same moment one is told, and nothing is lost.
    async fn enter_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        entry: SheetEntry,
    ) -> Result<bool, StoreError>;

    /// Keeps what a sheet says, as [`Store::keep`] does but whether or not its survey takes responses now, and
    /// overwrites its entries. `None`, and nothing is changed, when the sheet no longer has `before` entries or was kept.
    async fn keep_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        settled: Settled,
        response: NewResponse,
    ) -> Result<Option<Kept>, StoreError>;

    /// Overwrites the entries of a sheet that is not kept, so that it can be keyed in anew; `false` when it has none.
    async fn discard_sheet(&self, sheet: SheetName) -> Result<bool, StoreError>;

    /// Takes over the classifier of places as it stands since a day (`2026-01-01`): what is new counts from that day, what
    /// has another name counts from that day under it, what is missing ends with it. `None` when a later one is here.
    async fn import_places(&self, places: Vec<Place>, as_of: &str) -> Result<Option<Import>, StoreError>;

    /// The places there were on a day, or those of the last import, by code.
    async fn places(&self, as_of: Option<&str>) -> Result<Vec<Place>, StoreError>;

    /// Keeps a token; `false` when its name is taken.
    async fn add_token(&self, token: NewToken) -> Result<bool, StoreError>;

    /// Every token, by name.
    async fn tokens(&self) -> Result<Vec<TokenRecord>, StoreError>;

    /// The token with this hash.
    async fn token(&self, hash: Digest) -> Result<Option<TokenRecord>, StoreError>;

    /// Deletes a token; `false` when there is none of that name.
    async fn revoke_token(&self, name: &str) -> Result<bool, StoreError>;

    /// The secret of this name: `fresh`, if there was none before. All collectors on a store get the same.
    async fn secret(&self, name: &str, fresh: Vec<u8>) -> Result<Vec<u8>, StoreError>;

    /// Sends every row of [`tables::TABLES`], table by table, as they are at one moment.
    async fn dump(&self, rows: Sender<Rows>) -> Result<(), StoreError>;

    /// Takes over the rows of a dump, all or none, and none where there are any already: then it is `false`. `None` ends
    /// them; when they end without it, nothing is taken over.
    async fn load(&self, rows: Receiver<Option<Rows>>) -> Result<bool, StoreError>;

    /// Looks at the engine and its state, for whoever keeps it.
    async fn examine(&self, now: Minute) -> Result<Vec<Finding>, StoreError>;

    /// Writes something and takes it back: whether a response could be kept now.
    async fn probe(&self) -> Result<(), StoreError>;

    /// How fast it writes, measured since it was opened.
    fn pace(&self) -> &Pace;
}

/// Why a store did not do what it was asked. Nothing was changed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// More is waiting than can be written soon; it may be tried again.
    #[error("the store is busy: more is waiting than can be written soon")]
    Busy,
    /// There is no room left on the disk.
    #[error("the store has no room left")]
    Full(#[source] Arc<dyn Error + Send + Sync>),
    /// The engine cannot be reached, or may not write. What it was asked may be asked again once it can.
    #[error("the store cannot be reached")]
    Unavailable(#[source] Arc<dyn Error + Send + Sync>),
    /// The store was stopped.
    #[error("the store is stopped")]
    Stopped,
    /// The engine failed. Its message names tables and files, never what is in them.
    #[error("the store failed")]
    Engine(#[source] Arc<dyn Error + Send + Sync>),
}

impl StoreError {
    fn engine(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Engine(Arc::new(error))
    }
}
