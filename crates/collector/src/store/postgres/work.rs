//! SQL of spent work, and the store's trait of it.

use super::Postgres;
use super::failure::Failure;
use crate::clock::Minute;
use crate::store::{SpentWork, StoreError, Works};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;

#[async_trait]
impl Works for Postgres {
    async fn spend_work(&self, work: SpentWork) -> Result<bool, StoreError> {
        Ok(spend(&self.connections.writing().await?, &work).await?)
    }

    async fn expire_work(&self, before: Minute) -> Result<u64, StoreError> {
        let client = self.connections.writing().await?;
        let expired = "DELETE FROM spent_work WHERE expires_minute < $1";
        Ok(client.execute(expired, &[&before.0]).await.map_err(Failure::from)?)
    }
}

/// Whoever comes second waits until the first is written, and then reads what it wrote.
async fn spend(client: &impl GenericClient, work: &SpentWork) -> Result<bool, Failure> {
    let (challenge, response) = (&work.challenge[..], &work.response[..]);
    let spend = "INSERT INTO spent_work (hash, response_hash, expires_minute) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING";
    client.execute(&client.prepare_cached(spend).await?, &[&challenge, &response, &work.expires.0]).await?;
    let same = "SELECT response_hash = $2 FROM spent_work WHERE hash = $1";
    let row = client.query_one(&client.prepare_cached(same).await?, &[&challenge, &response]).await?;
    Ok(row.try_get(0)?)
}
