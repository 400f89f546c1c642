//! SQL of released results, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::{Position, Release, Results, StoreError};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;

#[async_trait]
impl Results for Postgres {
    async fn released(&self, survey: &str) -> Result<Option<Release>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(None);
        }
        Ok(released(&self.connections.reading().await?, survey).await?)
    }

    async fn release(&self, release: Release, before: Option<Position>) -> Result<bool, StoreError> {
        Ok(replace(&self.connections.writing().await?, &release, before).await?)
    }

    async fn count_withdrawn(&self, survey: &str, last: Position) -> Result<u64, StoreError> {
        let count = "SELECT count(*) FROM withdrawn JOIN responses ON responses.id = withdrawn.id
             WHERE survey = $1 AND seq <= $2";
        let client = self.connections.reading().await?;
        let row = client.query_one(count, &[&survey, &last.0]).await.map_err(Failure::from)?;
        Ok(whole(row.try_get(0).map_err(Failure::from)?))
    }

    async fn count_after(&self, survey: &str, after: Position, limit: u64) -> Result<u64, StoreError> {
        let count = "SELECT count(*) FROM (SELECT 1 FROM responses WHERE survey = $1 AND seq > $2
             AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id) LIMIT $3) AS later";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let client = self.connections.reading().await?;
        let row = client.query_one(count, &[&survey, &after.0, &limit]).await.map_err(Failure::from)?;
        Ok(whole(row.try_get(0).map_err(Failure::from)?))
    }
}

async fn released(client: &impl GenericClient, survey: &str) -> Result<Option<Release>, Failure> {
    let released = "SELECT last_seq, withdrawn, least, minute, body FROM results WHERE survey = $1";
    let Some(row) = client.query_opt(released, &[&survey]).await? else { return Ok(None) };
    Ok(Some(Release {
        survey: survey.to_owned(),
        last: Position(row.try_get(0)?),
        withdrawn: whole(row.try_get(1)?),
        least: whole(row.try_get(2)?),
        minute: Minute(row.try_get(3)?),
        body: row.try_get(4)?,
    }))
}

async fn replace(
    client: &impl GenericClient,
    release: &Release,
    before: Option<Position>,
) -> Result<bool, Failure> {
    let statement = match before {
        Some(_) => {
            "UPDATE results SET last_seq = $2, withdrawn = $3, least = $4, minute = $5, body = $6
             WHERE survey = $1 AND last_seq = $7"
        }
        None => {
            "INSERT INTO results (survey, last_seq, withdrawn, least, minute, body)
             SELECT $1, $2, $3, $4, $5, $6 WHERE $7::BIGINT IS NULL ON CONFLICT (survey) DO NOTHING"
        }
    };
    let Release { survey, last, withdrawn, least, minute, body } = release;
    let (withdrawn, least, before) = (signed(*withdrawn), signed(*least), before.map(|before| before.0));
    let changed =
        client.execute(statement, &[survey, &last.0, &withdrawn, &least, &minute.0, body, &before]).await?;
    Ok(changed == 1)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
