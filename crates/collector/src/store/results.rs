//! Results as everybody sees them, on their way into the store and out of it.

use super::{Position, StoreError};
use crate::clock::Minute;
use async_trait::async_trait;

/// The results of a survey, released at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The survey.
    pub survey: String,
    /// The last response that they count.
    pub last: Position,
    /// How many of the responses up to it had been taken back.
    pub withdrawn: u64,
    /// Counts below this are hidden in them.
    pub least: u64,
    /// When they were released.
    pub minute: Minute,
    /// The figures, as JSON that the store does not look into.
    pub body: String,
}

/// What is kept of results, so that all collectors show the same, and go on from it together.
#[async_trait]
pub trait Results: Send + Sync {
    /// The results of a survey that are shown.
    async fn released(&self, survey: &str) -> Result<Option<Release>, StoreError>;

    /// Shows these in the place of those up to the position `before`. `false`, and nothing is changed, when there are
    /// others by now.
    async fn release(&self, release: Release, before: Option<Position>) -> Result<bool, StoreError>;

    /// How many responses to a survey have been taken back that stood up to this position.
    async fn count_withdrawn(&self, survey: &str, last: Position) -> Result<u64, StoreError>;

    /// How many responses came after this position; at most `limit`.
    async fn count_after(&self, survey: &str, after: Position, limit: u64) -> Result<u64, StoreError>;
}
