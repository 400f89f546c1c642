//! What a workbench asks, of the store inside.

use super::Forgetful;
use async_trait::async_trait;
use collector::clock::Minute;
use collector::store::{Desk, MatterFilter, Position, StoreError};

#[async_trait]
impl Desk for Forgetful {
    async fn count_matters(&self, survey: &str, filter: &MatterFilter) -> Result<u64, StoreError> {
        self.0.count_matters(survey, filter).await
    }

    async fn matter_ends(&self, survey: &str) -> Result<Vec<(Position, Minute)>, StoreError> {
        self.0.matter_ends(survey).await
    }
}
