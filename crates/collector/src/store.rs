//! Where surveys and responses are kept, in the words of the domain.
//!
//! The rest of the collector knows only [`Store`]. An engine is one module below this one, and is right when it passes
//! the conformance suite in `tests/collector/store.rs`.

mod sqlite;

use crate::clock::Minute;
use async_trait::async_trait;
use std::error::Error;
use std::sync::Arc;

pub use crate::digest::Digest;
pub use sqlite::{Opening, Sqlite, SqliteError};

/// What the collector asks of a store. Every method that changes something returns after the change is durable.
#[async_trait]
pub trait Store: Send + Sync {
    /// Makes a definition the current version of its survey and opens the survey.
    async fn publish(&self, publication: Publication) -> Result<Published, StoreError>;

    /// The survey as it stands now; `None` when none of that id was published.
    async fn survey(&self, survey: &str) -> Result<Option<SurveyRecord>, StoreError>;

    /// The definition of one version, as JSON.
    async fn definition(&self, survey: &str, version: &str) -> Result<Option<String>, StoreError>;

    /// Names of the versions of a survey: the current one, then the others, the newest first.
    async fn versions(&self, survey: &str) -> Result<Vec<String>, StoreError>;

    /// Takes no more responses to a survey; `false` when there is no such survey.
    async fn close(&self, survey: &str) -> Result<bool, StoreError>;

    /// Keeps a response, unless its id was kept or taken back before, or its survey takes no more.
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

    /// Writes something and takes it back: whether a response could be kept now.
    async fn probe(&self) -> Result<(), StoreError>;
}

/// A sound definition on its way into the store.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The id of the survey.
    pub survey: String,
    /// The name of the version: a hash of the definition.
    pub version: String,
    /// The definition as canonical JSON.
    pub definition: String,
    /// When.
    pub minute: Minute,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// The version is new, and current.
    New,
    /// It was current already.
    Unchanged,
    /// It was published before; now it is current and open again.
    Restored,
}

/// A survey as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyRecord {
    /// Whether it takes responses.
    pub open: bool,
    /// The name of its current version.
    pub version: String,
}

/// A checked response on its way into the store.
#[derive(Clone, Debug)]
pub struct NewResponse {
    /// 32 lower-case hexadecimal digits.
    pub id: String,
    /// The survey.
    pub survey: String,
    /// The version that was answered.
    pub version: String,
    /// When it arrived.
    pub minute: Minute,
    /// The language it was answered in.
    pub lang: String,
    /// The channel it came by.
    pub channel: String,
    /// Answers by variable, a JSON object.
    pub answers: String,
    /// How the answering went, a JSON object.
    pub paradata: String,
    /// The hash of its receipt.
    pub receipt: Digest,
    /// The hash of everything but the id, which tells a repetition from another response.
    pub content: Digest,
}

/// What became of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    New,
    /// It was kept before, word for word.
    Again,
    /// Another response was kept under this id. Nothing was changed.
    Conflict,
    /// A response with this id was taken back. Nothing was kept.
    Withdrawn,
    /// The survey takes no more responses, and none with this id was kept while it did.
    Closed,
}

/// A position in the order of arrival. Zero is before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub i64);

/// A response as it comes out of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// Where it stands in the order of arrival.
    pub position: Position,
    /// 32 lower-case hexadecimal digits.
    pub id: String,
    /// The version that was answered.
    pub version: String,
    /// When it arrived.
    pub minute: Minute,
    /// The language it was answered in.
    pub lang: String,
    /// The channel it came by.
    pub channel: String,
    /// Answers by variable, a JSON object.
    pub answers: String,
    /// How the answering went, a JSON object.
    pub paradata: String,
}

/// A token on its way into the store. The token itself is never stored.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// The hash of the token.
    pub hash: Digest,
    /// What people call it by.
    pub name: String,
    /// The surveys it opens; `None` for all.
    pub surveys: Option<Vec<String>>,
    /// When it was made.
    pub created: Minute,
}

/// A token as people may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRecord {
    /// What people call it by.
    pub name: String,
    /// The surveys it opens; `None` for all.
    pub surveys: Option<Vec<String>>,
    /// When it was made.
    pub created: Minute,
}

/// Why a store did not do what it was asked. Nothing was changed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// More is waiting than can be written soon; it may be tried again.
    #[error("the store is busy: more is waiting than can be written soon")]
    Busy,
    /// The store was stopped.
    #[error("the store is stopped")]
    Stopped,
    /// The engine failed. Its message names tables and files, never what is in them.
    #[error("the store failed")]
    Engine(#[source] Arc<dyn Error + Send + Sync>),
}
