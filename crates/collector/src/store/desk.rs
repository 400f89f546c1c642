//! What a workbench asks of matters in sum: how many there are of a sort, and when those that are closed were closed.

use super::{MatterFilter, Position, StoreError};
use crate::clock::Minute;
use async_trait::async_trait;

/// What is asked of a store for a workbench. [`super::Store`] has it as a part.
#[async_trait]
pub trait Desk: Send + Sync {
    /// How many matters of a survey are like this.
    async fn count_matters(&self, survey: &str, filter: &MatterFilter) -> Result<u64, StoreError>;

    /// When each matter of a survey that is closed was closed last, by the position of its response.
    async fn matter_ends(&self, survey: &str) -> Result<Vec<(Position, Minute)>, StoreError>;
}
