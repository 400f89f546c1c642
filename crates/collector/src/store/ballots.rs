//! Paper ballots as they were handed out: how many there were of a batch and how many came back unused. What became of the
//! others, the sheets that were keyed in say.

use super::StoreError;
use crate::clock::Minute;
use async_trait::async_trait;

/// What somebody counted of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BallotCount {
    /// The survey.
    pub survey: String,
    /// The name of the batch, that under which its sheets are keyed in.
    pub batch: String,
    /// How many ballots were handed out.
    pub issued: u32,
    /// How many of them came back unused.
    pub unused: u32,
    /// Who counted.
    pub who: String,
    /// When.
    pub minute: Minute,
}

/// What is kept of ballots.
#[async_trait]
pub trait Ballots: Send + Sync {
    /// Keeps a count in the place of the one before.
    async fn count_ballots(&self, count: BallotCount) -> Result<(), StoreError>;

    /// The counts of a survey, by batch.
    async fn ballots(&self, survey: &str) -> Result<Vec<BallotCount>, StoreError>;
}
