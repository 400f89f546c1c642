//! Meetings are in the store inside.

use super::Forgetful;
use async_trait::async_trait;
use collector::store::{Meetings, Minutes, MinutesDraft, Mode, Present, StoreError};
use matter::MatterNumber;

#[async_trait]
impl Meetings for Forgetful {
    async fn check_in(&self, survey: &str, number: MatterNumber, mode: Mode) -> Result<(), StoreError> {
        self.0.check_in(survey, number, mode).await
    }

    async fn check_out(&self, survey: &str, number: MatterNumber) -> Result<bool, StoreError> {
        self.0.check_out(survey, number).await
    }

    async fn attendance_of(
        &self,
        survey: &str,
        numbers: &[MatterNumber],
    ) -> Result<Vec<(MatterNumber, Mode)>, StoreError> {
        self.0.attendance_of(survey, numbers).await
    }

    async fn present(&self, survey: &str) -> Result<Present, StoreError> {
        self.0.present(survey).await
    }

    async fn count_walk_ins(&self, survey: &str, mode: Mode, counts: (u64, u64)) -> Result<bool, StoreError> {
        self.0.count_walk_ins(survey, mode, counts).await
    }

    async fn minutes_draft(&self, survey: &str) -> Result<Option<MinutesDraft>, StoreError> {
        self.0.minutes_draft(survey).await
    }

    async fn keep_minutes_draft(&self, draft: MinutesDraft) -> Result<bool, StoreError> {
        self.0.keep_minutes_draft(draft).await
    }

    async fn publish_minutes(&self, minutes: Minutes) -> Result<bool, StoreError> {
        self.0.publish_minutes(minutes).await
    }

    async fn minutes(&self, survey: &str) -> Result<Vec<Minutes>, StoreError> {
        self.0.minutes(survey).await
    }
}
