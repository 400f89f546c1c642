//! SQL of weightings, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::{StoreError, Weighting, Weightings};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;

#[async_trait]
impl Weightings for Postgres {
    async fn keep_weighting(&self, weighting: Weighting) -> Result<bool, StoreError> {
        Ok(keep(&self.connections.writing().await?, &weighting).await?)
    }

    async fn weightings(&self, survey: &str) -> Result<Vec<Weighting>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(all(&self.connections.reading().await?, survey).await?)
    }
}

async fn keep(client: &impl GenericClient, weighting: &Weighting) -> Result<bool, Failure> {
    let statement = "INSERT INTO weightings (survey, name, version, who, minute, margins)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    let Weighting { survey, name, version, who, minute, margins } = weighting;
    let version = i64::from(*version);
    let kept = client.execute(statement, &[survey, name, &version, who, &minute.0, margins]).await?;
    Ok(kept == 1)
}

async fn all(client: &impl GenericClient, survey: &str) -> Result<Vec<Weighting>, Failure> {
    let select = "SELECT name, version, who, minute, margins FROM weightings
         WHERE survey = $1 ORDER BY name, version";
    let mut found = Vec::new();
    for row in client.query(select, &[&survey]).await? {
        let version: i64 = row.try_get(1)?;
        found.push(Weighting {
            survey: survey.to_owned(),
            name: row.try_get(0)?,
            version: u32::try_from(version).unwrap_or_default(),
            who: row.try_get(2)?,
            minute: Minute(row.try_get(3)?),
            margins: row.try_get(4)?,
        });
    }
    Ok(found)
}
