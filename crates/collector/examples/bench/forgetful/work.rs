//! Codes and visits of the store that forgets responses: those of the store inside.

use super::Forgetful;
use async_trait::async_trait;
use collector::store::{BlockRange, Coding, Counted, FrameRecord, NewTags, StoreError, TagRecord, Visits};

#[async_trait]
impl Coding for Forgetful {
    async fn code_frames(&self, survey: &str) -> Result<Vec<FrameRecord>, StoreError> {
        self.0.code_frames(survey).await
    }

    async fn keep_code_frame(&self, frame: FrameRecord) -> Result<bool, StoreError> {
        self.0.keep_code_frame(frame).await
    }

    async fn keep_tags(&self, tags: NewTags) -> Result<(), StoreError> {
        self.0.keep_tags(tags).await
    }

    async fn tags(&self, survey: &str, range: BlockRange) -> Result<Vec<TagRecord>, StoreError> {
        self.0.tags(survey, range).await
    }
}

#[async_trait]
impl Visits for Forgetful {
    async fn add_visits(&self, sums: Vec<(Counted, u64)>) -> Result<(), StoreError> {
        self.0.add_visits(sums).await
    }

    async fn visits(&self, survey: &str) -> Result<Vec<(Counted, u64)>, StoreError> {
        self.0.visits(survey).await
    }
}
