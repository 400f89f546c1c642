//! SQL of the matters of responses.

use super::failure::Failure;
use super::matters::read;
use super::{Postgres, can_be_asked_for};
use crate::store::matters::COLUMNS;
use crate::store::{Matter, MattersAt, Position, StoreError};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;

#[async_trait]
impl MattersAt for Postgres {
    async fn matters_at(&self, survey: &str, positions: &[Position]) -> Result<Vec<Matter>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(at(&self.connections.reading().await?, survey, positions).await?)
    }
}

async fn at(
    client: &impl GenericClient,
    survey: &str,
    positions: &[Position],
) -> Result<Vec<Matter>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM matters WHERE survey = $1 AND seq = ANY($2::BIGINT[])");
    let positions: Vec<i64> = positions.iter().map(|position| position.0).collect();
    let rows = client.query(&client.prepare_cached(&select).await?, &[&survey, &positions]).await?;
    rows.iter().map(|row| read(row, survey)).collect()
}
