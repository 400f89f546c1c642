//! SQL of what is over, and the store's trait of it.

use super::failure::Failure;
use super::responses::{LOCK_SURVEYS, take_away};
use super::{Postgres, can_be_asked_for, votes};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{Due, DueResponse, Erasure, Forgotten, Overdue, Position, Retention, StoreError, What};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

#[async_trait]
impl Retention for Postgres {
    async fn overdue(&self, due: &Due) -> Result<Overdue, StoreError> {
        if !can_be_asked_for(&[&due.survey, &due.version]) {
            return Ok(Overdue::default());
        }
        Ok(overdue(&self.connections.reading().await?, due).await?)
    }

    async fn due(&self, due: &Due, after: Position, limit: usize) -> Result<Vec<DueResponse>, StoreError> {
        if !can_be_asked_for(&[&due.survey, &due.version]) {
            return Ok(Vec::new());
        }
        Ok(self::due(&self.connections.reading().await?, due, after, limit).await?)
    }

    async fn expire(&self, due: &Due, these: Vec<Position>, now: Minute) -> Result<u64, StoreError> {
        let expired = expire(&mut *self.connections.writing().await?, due, &these, now).await?;
        self.cleared(expired);
        Ok(expired)
    }

    async fn forget(&self, survey: &str, these: Vec<Forgotten>, now: Minute) -> Result<u64, StoreError> {
        let forgotten = forget(&mut *self.connections.writing().await?, survey, &these, now).await?;
        self.cleared(forgotten);
        Ok(forgotten)
    }

    async fn expire_partials_of(&self, due: &Due, now: Minute) -> Result<u64, StoreError> {
        let expired = expire_partials(&mut *self.connections.writing().await?, due, now).await?;
        self.cleared(expired);
        Ok(expired)
    }

    async fn expire_votes(&self, due: &Due, limit: usize, now: Minute) -> Result<u64, StoreError> {
        let expired = expire_votes(&mut *self.connections.writing().await?, due, limit, now).await?;
        self.cleared(expired);
        Ok(expired)
    }

    async fn expired(&self, receipt: Digest) -> Result<Option<Minute>, StoreError> {
        let sought = "SELECT expired_minute FROM withdrawn WHERE receipt_hash = $1";
        let client = self.connections.reading().await?;
        let found = client.query_opt(sought, &[&receipt.as_slice()]).await.map_err(Failure::from)?;
        let minute = found.map(|row| row.try_get::<_, Option<i64>>(0)).transpose().map_err(Failure::from)?;
        Ok(minute.flatten().map(Minute))
    }

    async fn erasures(&self) -> Result<Vec<Erasure>, StoreError> {
        let list = "SELECT survey, minute, what, number FROM erasures ORDER BY survey, minute, what";
        let rows = self.connections.reading().await?.query(list, &[]).await.map_err(Failure::from)?;
        Ok(rows.iter().map(erasure).collect::<Result<_, _>>().map_err(Failure::from)?)
    }

    async fn take_turn(&self, name: &str, now: Minute, until: Minute) -> Result<bool, StoreError> {
        let take = "INSERT INTO turns (name, until_minute) VALUES ($1, $3)
             ON CONFLICT (name) DO UPDATE SET until_minute = excluded.until_minute
             WHERE turns.until_minute <= $2";
        let client = self.connections.writing().await?;
        let taken = client.execute(take, &[&name, &now.0, &until.0]).await.map_err(Failure::from)?;
        Ok(taken > 0)
    }
}

impl Postgres {
    fn cleared(&self, rows: u64) {
        if rows > 0 {
            self.vacuum.is_due();
        }
    }
}

/// What is looked at, as a condition: whole responses that were not taken back, or those of whose texts nobody has seen to.
fn condition(what: What) -> &'static str {
    match what {
        What::Texts => "body_hash <> decode(repeat('00', 32), 'hex')",
        _ => "NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)",
    }
}

async fn overdue(client: &impl GenericClient, due: &Due) -> Result<Overdue, Failure> {
    let sql = match due.what {
        // Of a vote no version is known.
        What::Votes => "SELECT (SELECT count(*) FROM votes WHERE survey = $1 AND minute < $3), min(minute)
             FROM votes WHERE survey = $1 AND $2::TEXT IS NOT NULL"
            .to_owned(),
        What::Partials => "SELECT count(*) FILTER (WHERE minute < $3), min(minute) FROM partials
             WHERE survey = $1 AND version = $2 AND state <> 0"
            .to_owned(),
        what => format!(
            "SELECT count(*) FILTER (WHERE minute < $3), min(minute) FROM responses
             WHERE survey = $1 AND version = $2 AND minute < 2147483647 AND {}",
            condition(what)
        ),
    };
    let row = client.query_one(&sql, &[&due.survey, &due.version, &due.before.0]).await?;
    let over: i64 = row.try_get(0)?;
    let oldest: Option<i64> = row.try_get(1)?;
    Ok(Overdue { over: u64::try_from(over).unwrap_or_default(), oldest: oldest.map(Minute) })
}

async fn due(
    client: &impl GenericClient,
    due: &Due,
    after: Position,
    limit: usize,
) -> Result<Vec<DueResponse>, Failure> {
    let sql = format!(
        "SELECT seq, answers FROM responses
         WHERE survey = $1 AND seq > $2 AND version = $3 AND minute < $4 AND {}
         ORDER BY seq LIMIT $5",
        condition(due.what)
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = client.query(&sql, &[&due.survey, &after.0, &due.version, &due.before.0, &limit]).await?;
    let response =
        |row: &Row| Ok(DueResponse { position: Position(row.try_get(0)?), answers: row.try_get(1)? });
    Ok(rows.iter().map(response).collect::<Result<_, tokio_postgres::Error>>()?)
}

async fn expire(
    client: &mut ClientWrapper,
    due: &Due,
    these: &[Position],
    now: Minute,
) -> Result<u64, Failure> {
    let transaction = client.transaction().await?;
    // As when one is taken back: places in quotas are given back under this lock.
    transaction.query(LOCK_SURVEYS, &[&vec![due.survey.as_str()]]).await?;
    let positions: Vec<i64> = these.iter().map(|position| position.0).collect();
    let still = "SELECT seq FROM responses
         WHERE seq = ANY($1) AND survey = $2 AND version = $3 AND minute < $4 ORDER BY seq";
    let still = transaction.query(still, &[&positions, &due.survey, &due.version, &due.before.0]).await?;
    let mut expired = 0;
    for row in still {
        let seq: i64 = row.try_get(0)?;
        if take_away(&transaction, &due.survey, seq).await? {
            let mark = "UPDATE withdrawn SET expired_minute = $2
                 WHERE id = (SELECT id FROM responses WHERE seq = $1)";
            transaction.execute(mark, &[&seq, &now.0]).await?;
            expired += 1;
        }
    }
    count(&transaction, &due.survey, What::Responses, expired, now).await?;
    transaction.commit().await?;
    Ok(expired)
}

async fn forget(
    client: &mut ClientWrapper,
    survey: &str,
    these: &[Forgotten],
    now: Minute,
) -> Result<u64, Failure> {
    let transaction = client.transaction().await?;
    let mut forgotten = 0;
    for Forgotten { position, before, after } in these {
        let update = "UPDATE responses SET answers = $3,
                 body_hash = decode(repeat('00', octet_length(body_hash)), 'hex')
             WHERE seq = $1 AND answers = $2 AND survey = $4";
        let update = transaction.prepare_cached(update).await?;
        let changed = transaction.execute(&update, &[&position.0, before, after, &survey]).await?;
        forgotten += u64::from(changed > 0 && before != after);
    }
    count(&transaction, survey, What::Texts, forgotten, now).await?;
    transaction.commit().await?;
    Ok(forgotten)
}

async fn expire_partials(client: &mut ClientWrapper, due: &Due, now: Minute) -> Result<u64, Failure> {
    let transaction = client.transaction().await?;
    let delete = "DELETE FROM partials WHERE survey = $1 AND version = $2 AND minute < $3";
    let expired = transaction.execute(delete, &[&due.survey, &due.version, &due.before.0]).await?;
    count(&transaction, &due.survey, What::Partials, expired, now).await?;
    transaction.commit().await?;
    Ok(expired)
}

async fn expire_votes(
    client: &mut ClientWrapper,
    due: &Due,
    limit: usize,
    now: Minute,
) -> Result<u64, Failure> {
    let transaction = client.transaction().await?;
    let expired = votes::expire(&transaction, due, limit).await?;
    count(&transaction, &due.survey, What::Votes, expired, now).await?;
    transaction.commit().await?;
    Ok(expired)
}

async fn count(
    client: &impl GenericClient,
    survey: &str,
    what: What,
    number: u64,
    now: Minute,
) -> Result<(), Failure> {
    if number > 0 {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let add = "INSERT INTO erasures (survey, minute, what, number) VALUES ($1, $2, $3, $4)
             ON CONFLICT (survey, minute, what) DO UPDATE SET number = erasures.number + excluded.number";
        client.execute(add, &[&survey, &now.0, &what.name(), &number]).await?;
    }
    Ok(())
}

fn erasure(row: &Row) -> Result<Erasure, tokio_postgres::Error> {
    let (what, number): (&str, i64) = (row.try_get(2)?, row.try_get(3)?);
    Ok(Erasure {
        survey: row.try_get(0)?,
        minute: Minute(row.try_get(1)?),
        what: What::named(what).unwrap_or(What::Responses),
        number: u64::try_from(number).unwrap_or_default(),
    })
}
