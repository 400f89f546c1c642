//! Votes in the store that forgets responses.

use super::Forgetful;
use async_trait::async_trait;
use collector::store::{Ballot, StoreError, VoteCount, VoteRecord, VoteTally, Voter, Votes};
use matter::MatterNumber;

#[async_trait]
impl Votes for Forgetful {
    async fn cast(&self, ballot: Ballot) -> Result<(), StoreError> {
        self.0.cast(ballot).await
    }

    async fn votes_of(&self, survey: &str, voter: Voter) -> Result<Vec<VoteRecord>, StoreError> {
        self.0.votes_of(survey, voter).await
    }

    async fn votes(
        &self,
        survey: &str,
        after: Option<(Voter, MatterNumber)>,
        limit: usize,
    ) -> Result<Vec<VoteRecord>, StoreError> {
        self.0.votes(survey, after, limit).await
    }

    async fn tallies(&self, survey: &str, statements: &[MatterNumber]) -> Result<Vec<VoteTally>, StoreError> {
        self.0.tallies(survey, statements).await
    }

    async fn least_voted(
        &self,
        survey: &str,
        waiting: bool,
        limit: usize,
    ) -> Result<Vec<VoteTally>, StoreError> {
        self.0.least_voted(survey, waiting, limit).await
    }

    async fn most_agreed(
        &self,
        survey: &str,
        waiting: bool,
        page: (usize, usize),
    ) -> Result<Vec<VoteTally>, StoreError> {
        self.0.most_agreed(survey, waiting, page).await
    }

    async fn count_votes(&self, survey: &str) -> Result<VoteCount, StoreError> {
        self.0.count_votes(survey).await
    }
}
