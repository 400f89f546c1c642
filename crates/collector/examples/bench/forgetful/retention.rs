//! What is over in the store that forgets responses: that of the store inside.

use super::Forgetful;
use async_trait::async_trait;
use collector::clock::Minute;
use collector::store::{
    Digest, Due, DueResponse, Erasure, Forgotten, Overdue, Position, Retention, StoreError,
};

#[async_trait]
impl Retention for Forgetful {
    async fn overdue(&self, due: &Due) -> Result<Overdue, StoreError> {
        self.0.overdue(due).await
    }

    async fn due(&self, due: &Due, after: Position, limit: usize) -> Result<Vec<DueResponse>, StoreError> {
        self.0.due(due, after, limit).await
    }

    async fn expire(&self, due: &Due, these: Vec<Position>, now: Minute) -> Result<u64, StoreError> {
        self.0.expire(due, these, now).await
    }

    async fn forget(&self, survey: &str, these: Vec<Forgotten>, now: Minute) -> Result<u64, StoreError> {
        self.0.forget(survey, these, now).await
    }

    async fn expire_partials_of(&self, due: &Due, now: Minute) -> Result<u64, StoreError> {
        self.0.expire_partials_of(due, now).await
    }

    async fn expire_votes(&self, due: &Due, limit: usize, now: Minute) -> Result<u64, StoreError> {
        self.0.expire_votes(due, limit, now).await
    }

    async fn expired(&self, receipt: Digest) -> Result<Option<Minute>, StoreError> {
        self.0.expired(receipt).await
    }

    async fn erasures(&self) -> Result<Vec<Erasure>, StoreError> {
        self.0.erasures().await
    }

    async fn take_turn(&self, name: &str, now: Minute, until: Minute) -> Result<bool, StoreError> {
        self.0.take_turn(name, now, until).await
    }
}
