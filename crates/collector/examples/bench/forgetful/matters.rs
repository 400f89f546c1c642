//! Matters in the store that forgets responses.

use super::Forgetful;
use async_trait::async_trait;
use collector::store::{
    Changed, Digest, Matter, MatterCount, MatterEvent, MatterFilter, Matters, Position, StoreError,
    StoredResponse,
};
use matter::MatterNumber;

#[async_trait]
impl Matters for Forgetful {
    async fn matter(&self, survey: &str, number: MatterNumber) -> Result<Option<Matter>, StoreError> {
        self.0.matter(survey, number).await
    }

    async fn matter_with(&self, receipt: Digest) -> Result<Option<Matter>, StoreError> {
        self.0.matter_with(receipt).await
    }

    async fn matters(
        &self,
        survey: &str,
        filter: &MatterFilter,
        after: Option<MatterNumber>,
        limit: usize,
    ) -> Result<Vec<Matter>, StoreError> {
        self.0.matters(survey, filter, after, limit).await
    }

    async fn matter_counts(&self, survey: &str) -> Result<Vec<MatterCount>, StoreError> {
        self.0.matter_counts(survey).await
    }

    async fn matter_events(
        &self,
        survey: &str,
        number: MatterNumber,
    ) -> Result<Vec<MatterEvent>, StoreError> {
        self.0.matter_events(survey, number).await
    }

    async fn change_matter(
        &self,
        before: &Matter,
        after: Matter,
        event: MatterEvent,
    ) -> Result<Changed, StoreError> {
        self.0.change_matter(before, after, event).await
    }

    async fn responses_at(&self, positions: &[Position]) -> Result<Vec<StoredResponse>, StoreError> {
        self.0.responses_at(positions).await
    }
}
