//! What came of surveys: what was published about that, one after the other and none of it ever changed, and which
//! surveys are archived.

use super::StoreError;
use crate::clock::Minute;
use async_trait::async_trait;

/// What came of a survey, as somebody published it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The survey.
    pub survey: String,
    /// From 1, one more with each.
    pub number: u32,
    /// When.
    pub minute: Minute,
    /// Who published it: the name of a person, or `command line`.
    pub who: String,
    /// What it says, as JSON that the store does not look into.
    pub said: String,
}

/// A survey that takes no more responses and is not opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// The survey.
    pub survey: String,
    /// Since when.
    pub minute: Minute,
    /// Who archived it.
    pub who: String,
    /// Why nothing is published of what came of it, by language, as JSON that the store does not look into.
    pub reason: Option<String>,
}

/// What became of archiving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archiving {
    /// It is archived.
    Done,
    /// It was before. Nothing was changed.
    Already,
    /// There is no such survey.
    Unknown,
    /// Nothing is published of what came of it, and no reason is given for that. Nothing was changed.
    Owed,
}

/// What is kept of what came of surveys.
#[async_trait]
pub trait Outcomes: Send + Sync {
    /// Publishes an outcome. `false`, and nothing is changed, when there is one of that number by now.
    async fn publish_outcome(&self, outcome: Outcome) -> Result<bool, StoreError>;

    /// The outcomes of a survey, the newest first.
    async fn outcomes(&self, survey: &str) -> Result<Vec<Outcome>, StoreError>;

    /// The outcomes of all surveys, the newest first, at most `limit`, with the place of each; those before a place.
    async fn all_outcomes(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, Outcome)>, StoreError>;

    /// Closes a survey for ever, if an outcome of it is published or a reason given for none.
    async fn archive(&self, archived: Archived) -> Result<Archiving, StoreError>;

    /// Whether, and why, a survey is archived.
    async fn archived(&self, survey: &str) -> Result<Option<Archived>, StoreError>;
}
