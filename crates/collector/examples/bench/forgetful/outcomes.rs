//! What came of surveys: nothing.

use super::Forgetful;
use async_trait::async_trait;
use collector::store::{Archived, Archiving, Outcome, Outcomes, StoreError};

#[async_trait]
impl Outcomes for Forgetful {
    async fn publish_outcome(&self, _: Outcome) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn outcomes(&self, _: &str) -> Result<Vec<Outcome>, StoreError> {
        Ok(Vec::new())
    }

    async fn all_outcomes(&self, _: Option<i64>, _: usize) -> Result<Vec<(i64, Outcome)>, StoreError> {
        Ok(Vec::new())
    }

    async fn archive(&self, _: Archived) -> Result<Archiving, StoreError> {
        Ok(Archiving::Done)
    }

    async fn archived(&self, _: &str) -> Result<Option<Archived>, StoreError> {
        Ok(None)
    }
}
