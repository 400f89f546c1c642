//! The matters of responses, by where these stand: for whoever comes from the log of responses.

use super::{Matter, Position, StoreError};
use async_trait::async_trait;

/// What is asked of a store about the matters of responses.
#[async_trait]
pub trait MattersAt: Send + Sync {
    /// The matters that the responses to a survey at these positions have opened, in no order.
    async fn matters_at(&self, survey: &str, positions: &[Position]) -> Result<Vec<Matter>, StoreError>;
}
