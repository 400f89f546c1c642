//! SQL of drafts, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::{DraftRecord, Drafts, StoreError};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use tokio_postgres::Row;

#[async_trait]
impl Drafts for Postgres {
    async fn keep_draft(&self, draft: DraftRecord) -> Result<bool, StoreError> {
        Ok(keep(&self.connections.writing().await?, &draft).await?)
    }

    async fn draft(&self, survey: &str, version: &str) -> Result<Option<DraftRecord>, StoreError> {
        if !can_be_asked_for(&[survey, version]) {
            return Ok(None);
        }
        Ok(one(&self.connections.reading().await?, survey, version).await?)
    }

    async fn drafts(&self, survey: &str) -> Result<Vec<DraftRecord>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(all(&self.connections.reading().await?, survey).await?)
    }
}

async fn keep(client: &impl GenericClient, draft: &DraftRecord) -> Result<bool, Failure> {
    let statement = "INSERT INTO drafts (survey, version, serial, minute, content)
         VALUES ($1, $2, (SELECT COALESCE(MAX(serial), 0) + 1 FROM drafts WHERE survey = $1), $3, $4)
         ON CONFLICT DO NOTHING";
    let DraftRecord { survey, version, minute, content } = draft;
    Ok(client.execute(statement, &[survey, version, &minute.0, content]).await? == 1)
}

async fn one(
    client: &impl GenericClient,
    survey: &str,
    version: &str,
) -> Result<Option<DraftRecord>, Failure> {
    let select = "SELECT survey, version, minute, content FROM drafts WHERE survey = $1 AND version = $2";
    Ok(client.query_opt(select, &[&survey, &version]).await?.map(|row| record(&row)).transpose()?)
}

async fn all(client: &impl GenericClient, survey: &str) -> Result<Vec<DraftRecord>, Failure> {
    let select = "SELECT survey, version, minute, content FROM drafts WHERE survey = $1 ORDER BY serial DESC";
    let rows = client.query(select, &[&survey]).await?;
    Ok(rows.iter().map(record).collect::<Result<_, _>>()?)
}

fn record(row: &Row) -> Result<DraftRecord, tokio_postgres::Error> {
    Ok(DraftRecord {
        survey: row.try_get(0)?,
        version: row.try_get(1)?,
        minute: Minute(row.try_get(2)?),
        content: row.try_get(3)?,
    })
}
