//! Drafts, and the matters of responses, in the store that forgets responses: those of the store inside.

use super::Forgetful;
use async_trait::async_trait;
use collector::store::{DraftRecord, Drafts, Matter, MattersAt, Position, StoreError};

#[async_trait]
impl Drafts for Forgetful {
    async fn keep_draft(&self, draft: DraftRecord) -> Result<bool, StoreError> {
        self.0.keep_draft(draft).await
    }

    async fn draft(&self, survey: &str, version: &str) -> Result<Option<DraftRecord>, StoreError> {
        self.0.draft(survey, version).await
    }

    async fn drafts(&self, survey: &str) -> Result<Vec<DraftRecord>, StoreError> {
        self.0.drafts(survey).await
    }
}

#[async_trait]
impl MattersAt for Forgetful {
    async fn matters_at(&self, survey: &str, positions: &[Position]) -> Result<Vec<Matter>, StoreError> {
        self.0.matters_at(survey, positions).await
    }
}
