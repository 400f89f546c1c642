//! A store that forgets responses: with it, the way in reads, checks and acknowledges, and waits for nothing.

use async_trait::async_trait;
use collector::store::{
    Digest, Import, Kept, Medium, NewResponse, NewToken, Place, Position, Publication, Published, Sqlite,
    Store, StoreError, StoredResponse, SurveyRecord, TokenRecord,
};

/// Everything but responses is in the store inside.
pub(crate) struct Forgetful(pub(crate) Sqlite);

#[async_trait]
impl Store for Forgetful {
    async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError> {
        drop(response);
        Ok(Kept::New)
    }

    async fn publish(&self, publication: Publication) -> Result<Published, StoreError> {
        self.0.publish(publication).await
    }

    async fn survey(&self, survey: &str) -> Result<Option<SurveyRecord>, StoreError> {
        self.0.survey(survey).await
    }

    async fn definition(&self, survey: &str, version: &str) -> Result<Option<String>, StoreError> {
        self.0.definition(survey, version).await
    }

    async fn versions(&self, survey: &str) -> Result<Vec<String>, StoreError> {
        self.0.versions(survey).await
    }

    async fn close(&self, survey: &str) -> Result<bool, StoreError> {
        self.0.close(survey).await
    }

    async fn medium(&self, survey: &str, version: &str, path: &str) -> Result<Option<Medium>, StoreError> {
        self.0.medium(survey, version, path).await
    }

    async fn withdraw(&self, receipt: Digest) -> Result<bool, StoreError> {
        self.0.withdraw(receipt).await
    }

    async fn responses(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        self.0.responses(survey, after, limit).await
    }

    async fn quotas(&self, survey: &str) -> Result<Vec<(String, u64)>, StoreError> {
        self.0.quotas(survey).await
    }

    async fn import_places(&self, places: Vec<Place>, as_of: &str) -> Result<Option<Import>, StoreError> {
        self.0.import_places(places, as_of).await
    }

    async fn places(&self, as_of: Option<&str>) -> Result<Vec<Place>, StoreError> {
        self.0.places(as_of).await
    }

    async fn add_token(&self, token: NewToken) -> Result<bool, StoreError> {
        self.0.add_token(token).await
    }

    async fn tokens(&self) -> Result<Vec<TokenRecord>, StoreError> {
        self.0.tokens().await
    }

    async fn token(&self, hash: Digest) -> Result<Option<TokenRecord>, StoreError> {
        self.0.token(hash).await
    }

    async fn revoke_token(&self, name: &str) -> Result<bool, StoreError> {
        self.0.revoke_token(name).await
    }

    async fn secret(&self, name: &str, fresh: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        self.0.secret(name, fresh).await
    }

    async fn probe(&self) -> Result<(), StoreError> {
        self.0.probe().await
    }
}
