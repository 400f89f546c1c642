//! SQL of what came of surveys, and the store's trait of it.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for, surveys};
use crate::clock::Minute;
use crate::store::{Archived, Archiving, Outcome, Outcomes, StoreError};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

#[async_trait]
impl Outcomes for Postgres {
    async fn publish_outcome(&self, outcome: Outcome) -> Result<bool, StoreError> {
        Ok(publish(&self.connections.writing().await?, &outcome).await?)
    }

    async fn outcomes(&self, survey: &str) -> Result<Vec<Outcome>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(of(&self.connections.reading().await?, survey).await?)
    }

    async fn all_outcomes(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, Outcome)>, StoreError> {
        let before = before.unwrap_or(i64::MAX);
        Ok(all(&self.connections.reading().await?, before, limit).await?)
    }

    async fn archive(&self, archived: Archived) -> Result<Archiving, StoreError> {
        if !can_be_asked_for(&[&archived.survey]) {
            return Ok(Archiving::Unknown);
        }
        Ok(archive(&mut *self.connections.writing().await?, &archived).await?)
    }

    async fn archived(&self, survey: &str) -> Result<Option<Archived>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(None);
        }
        Ok(archived(&self.connections.reading().await?, survey).await?)
    }
}

async fn publish(client: &impl GenericClient, outcome: &Outcome) -> Result<bool, Failure> {
    let statement = "INSERT INTO outcomes (survey, number, minute, who, said) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING";
    let Outcome { survey, number, minute, who, said } = outcome;
    let published = client.execute(statement, &[survey, &i64::from(*number), &minute.0, who, said]).await?;
    Ok(published == 1)
}

fn read(row: &Row) -> Result<(i64, Outcome), Failure> {
    let number: i64 = row.try_get(2)?;
    let outcome = Outcome {
        survey: row.try_get(1)?,
        number: u32::try_from(number).unwrap_or_default(),
        minute: Minute(row.try_get(3)?),
        who: row.try_get(4)?,
        said: row.try_get(5)?,
    };
    Ok((row.try_get(0)?, outcome))
}

async fn of(client: &impl GenericClient, survey: &str) -> Result<Vec<Outcome>, Failure> {
    let select = "SELECT seq, survey, number, minute, who, said FROM outcomes
         WHERE survey = $1 ORDER BY number DESC";
    client.query(select, &[&survey]).await?.iter().map(|row| Ok(read(row)?.1)).collect()
}

async fn all(client: &impl GenericClient, before: i64, limit: usize) -> Result<Vec<(i64, Outcome)>, Failure> {
    let select = "SELECT seq, survey, number, minute, who, said FROM outcomes
         WHERE seq < $1 ORDER BY seq DESC LIMIT $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    client.query(select, &[&before, &limit]).await?.iter().map(read).collect()
}

async fn archive(client: &mut ClientWrapper, wanted: &Archived) -> Result<Archiving, Failure> {
    let transaction = client.transaction().await?;
    let Archived { survey, minute, who, reason } = wanted;
    // Whoever publishes or keeps responses at the same moment waits, or is waited for.
    let there = "SELECT 1 FROM surveys WHERE id = $1 FOR NO KEY UPDATE";
    if transaction.execute(there, &[survey]).await? == 0 {
        return Ok(Archiving::Unknown);
    }
    if archived(&transaction, survey).await?.is_some() {
        return Ok(Archiving::Already);
    }
    if reason.is_none() && of(&transaction, survey).await?.is_empty() {
        return Ok(Archiving::Owed);
    }
    let insert = "INSERT INTO archived (survey, minute, who, reason) VALUES ($1, $2, $3, $4)";
    transaction.execute(insert, &[survey, &minute.0, who, reason]).await?;
    surveys::close(&transaction, survey).await?;
    transaction.commit().await?;
    Ok(Archiving::Done)
}

pub(super) async fn archived(client: &impl GenericClient, survey: &str) -> Result<Option<Archived>, Failure> {
    let select = "SELECT minute, who, reason FROM archived WHERE survey = $1";
    let Some(row) = client.query_opt(select, &[&survey]).await? else { return Ok(None) };
    Ok(Some(Archived {
        survey: survey.to_owned(),
        minute: Minute(row.try_get(0)?),
        who: row.try_get(1)?,
        reason: row.try_get(2)?,
    }))
}
