//! SQL of paper ballots, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::{BallotCount, Ballots, StoreError};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;

#[async_trait]
impl Ballots for Postgres {
    async fn count_ballots(&self, count: BallotCount) -> Result<(), StoreError> {
        Ok(keep(&self.connections.writing().await?, &count).await?)
    }

    async fn ballots(&self, survey: &str) -> Result<Vec<BallotCount>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(all(&self.connections.reading().await?, survey).await?)
    }
}

async fn keep(client: &impl GenericClient, count: &BallotCount) -> Result<(), Failure> {
    let statement = "INSERT INTO ballots (survey, batch, issued, unused, who, minute) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (survey, batch) DO UPDATE SET
             issued = excluded.issued, unused = excluded.unused, who = excluded.who, minute = excluded.minute";
    let BallotCount { survey, batch, issued, unused, who, minute } = count;
    let (issued, unused) = (i64::from(*issued), i64::from(*unused));
    client.execute(statement, &[survey, batch, &issued, &unused, who, &minute.0]).await?;
    Ok(())
}

async fn all(client: &impl GenericClient, survey: &str) -> Result<Vec<BallotCount>, Failure> {
    // In the order of bytes, as the other engine sorts.
    let select = "SELECT batch, issued, unused, who, minute FROM ballots
         WHERE survey = $1 ORDER BY batch COLLATE \"C\"";
    let mut found = Vec::new();
    for row in client.query(select, &[&survey]).await? {
        let number = |at: usize| -> Result<u32, Failure> {
            let number: i64 = row.try_get(at)?;
            Ok(u32::try_from(number).unwrap_or_default())
        };
        found.push(BallotCount {
            survey: survey.to_owned(),
            batch: row.try_get(0)?,
            issued: number(1)?,
            unused: number(2)?,
            who: row.try_get(3)?,
            minute: Minute(row.try_get(4)?),
        });
    }
    Ok(found)
}
