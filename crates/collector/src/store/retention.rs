//! What is deleted when its time is over, in the words of the store.

use super::{Position, StoreError};
use crate::clock::Minute;
use crate::digest::Digest;
use async_trait::async_trait;

/// What has a time of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Whole responses.
    Responses,
    /// What was typed in them.
    Texts,
    /// Parts of responses that were not sent.
    Partials,
    /// Votes in a forum.
    Votes,
}

impl What {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Responses, Self::Texts, Self::Partials, Self::Votes];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Responses => "responses",
            Self::Texts => "texts",
            Self::Partials => "partials",
            Self::Votes => "votes",
        }
    }

    /// What is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }
}

/// What is over of one version of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The survey.
    pub survey: String,
    /// The version that was answered. A vote names none: it says nothing of votes.
    pub version: String,
    /// What of its responses.
    pub what: What,
    /// What arrived before this minute.
    pub before: Minute,
}

/// A response of which something is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueResponse {
    /// Where it stands.
    pub position: Position,
    /// Its answers, a JSON object.
    pub answers: String,
}

/// How it stands with what has a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overdue {
    /// How much is there that is over.
    pub over: u64,
    /// When the oldest arrived that is there, over or not.
    pub oldest: Option<Minute>,
}

/// The hash of a response whose texts are over: one that nobody sends. Another copy that comes so late cannot be compared,
/// and is taken for the same.
pub(super) const FORGOTTEN: Digest = [0; 32];

/// A response, without what was typed in it.
#[derive(Clone, Debug)]
pub struct Forgotten {
    /// Where it stands.
    pub position: Position,
    /// The answers as they were read; where they have changed since, nothing is done.
    pub before: String,
    /// The answers without the texts, in as many bytes.
    pub after: String,
}

/// Something that was deleted because its time was over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The survey.
    pub survey: String,
    /// When.
    pub minute: Minute,
    /// What.
    pub what: What,
    /// How many responses, texts of how many, parts of how many, or votes.
    pub number: u64,
}

/// What is asked of a store about what is over. [`super::Store`] has it as a part. A response whose time is over is
/// deleted as one that is taken back, on the same way, and remembered as what it is.
#[async_trait]
pub trait Retention: Send + Sync {
    /// How much is over, and when the oldest arrived that is there.
    async fn overdue(&self, due: &Due) -> Result<Overdue, StoreError>;

    /// The next responses of which that is over, after this position, at most `limit`. Of texts, those of which it was not
    /// seen to before.
    async fn due(&self, due: &Due, after: Position, limit: usize) -> Result<Vec<DueResponse>, StoreError>;

    /// Deletes these responses, those that are over among them, and says how many were; they are counted as deleted now.
    async fn expire(&self, due: &Due, these: Vec<Position>, now: Minute) -> Result<u64, StoreError>;

    /// Overwrites the answers of these with those without texts, and the hash that tells a repetition, by which somebody
    /// could try what the text was. Says in how many there was any; they are counted now.
    async fn forget(&self, survey: &str, these: Vec<Forgotten>, now: Minute) -> Result<u64, StoreError>;

    /// Deletes parts of responses to a version that were changed last before the minute, and says how many.
    async fn expire_partials_of(&self, due: &Due, now: Minute) -> Result<u64, StoreError>;

    /// Deletes votes on a survey's statements that changed last before the minute, the earliest first, at most `limit`, and
    /// takes them out of the sums. Says how many; they are counted now.
    async fn expire_votes(&self, due: &Due, limit: usize, now: Minute) -> Result<u64, StoreError>;

    /// When the response with this receipt was deleted because its time was over; `None` for every other.
    async fn expired(&self, receipt: Digest) -> Result<Option<Minute>, StoreError>;

    /// Everything that was deleted because its time was over, by survey and minute.
    async fn erasures(&self) -> Result<Vec<Erasure>, StoreError>;

    /// Takes the turn of this name until a minute; `false` while somebody has it.
    async fn take_turn(&self, name: &str, now: Minute, until: Minute) -> Result<bool, StoreError>;
}
