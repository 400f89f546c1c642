//! SQL of how far the responses to a survey go.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::store::{Extent, Extents, Position, StoreError};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;

#[async_trait]
impl Extents for Postgres {
    async fn extent(&self, survey: &str) -> Result<Extent, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Extent::default());
        }
        Ok(extent(&self.connections.reading().await?, survey).await?)
    }
}

/// Both counts in one statement, which sees one moment.
async fn extent(client: &impl GenericClient, survey: &str) -> Result<Extent, Failure> {
    let extent = "SELECT (SELECT count(*) FROM responses WHERE survey = $1),
             (SELECT count(*) FROM withdrawn JOIN responses USING (id) WHERE survey = $1),
             (SELECT coalesce(max(seq), 0) FROM responses WHERE survey = $1),
             (SELECT coalesce(sum(number), 0)::BIGINT FROM erasures WHERE survey = $1 AND what = 'texts')";
    let extent = client.prepare_cached(extent).await?;
    let row = client.query_one(&extent, &[&survey]).await?;
    let (all, withdrawn): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    Ok(Extent {
        responses: count(all.saturating_sub(withdrawn)),
        withdrawn: count(withdrawn),
        last: Position(row.try_get(2)?),
        forgotten: count(row.try_get(3)?),
    })
}
