//! SQL of what is over, and the store's trait of it.
//!
//! What is due is sought by those who read. Whoever writes gets a few responses at a time, so that nobody waits for long.

use super::connection::Remembering;
use super::responses::{self, Withdrawn};
use super::{Sqlite, partials, votes};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{Due, DueResponse, Erasure, Forgotten, Overdue, Position, Retention, StoreError, What};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, named_params, params};

#[async_trait]
impl Retention for Sqlite {
    async fn overdue(&self, due: &Due) -> std::result::Result<Overdue, StoreError> {
        let due = due.clone();
        self.readers.read(move |db| overdue(db, &due)).await
    }

    async fn due(
        &self,
        due: &Due,
        after: Position,
        limit: usize,
    ) -> std::result::Result<Vec<DueResponse>, StoreError> {
        let due = due.clone();
        self.readers.read(move |db| self::due(db, &due, after, limit)).await
    }

    async fn expire(
        &self,
        due: &Due,
        these: Vec<Position>,
        now: Minute,
    ) -> std::result::Result<u64, StoreError> {
        let due = due.clone();
        self.writer.erase(move |db| expire(db, &due, &these, now), |expired| *expired > 0).await
    }

    async fn forget(
        &self,
        survey: &str,
        these: Vec<Forgotten>,
        now: Minute,
    ) -> std::result::Result<u64, StoreError> {
        let survey = survey.to_owned();
        self.writer.erase(move |db| forget(db, &survey, &these, now), |forgotten| *forgotten > 0).await
    }

    async fn expire_partials_of(&self, due: &Due, now: Minute) -> std::result::Result<u64, StoreError> {
        let due = due.clone();
        let expire = move |db: &Remembering| {
            let expired = partials::expire_of(db, &due)?;
            count(db, &due.survey, What::Partials, expired, now)?;
            Ok(expired)
        };
        self.writer.erase(expire, |expired| *expired > 0).await
    }

    async fn expire_votes(
        &self,
        due: &Due,
        limit: usize,
        now: Minute,
    ) -> std::result::Result<u64, StoreError> {
        let due = due.clone();
        let expire = move |db: &Remembering| {
            let expired = votes::expire(db, &due, limit)?;
            count(db, &due.survey, What::Votes, expired, now)?;
            Ok(expired)
        };
        self.writer.erase(expire, |expired| *expired > 0).await
    }

    async fn expired(&self, receipt: Digest) -> std::result::Result<Option<Minute>, StoreError> {
        self.readers.read(move |db| expired(db, receipt)).await
    }

    async fn erasures(&self) -> std::result::Result<Vec<Erasure>, StoreError> {
        self.readers.read(erasures).await
    }

    async fn take_turn(
        &self,
        name: &str,
        now: Minute,
        until: Minute,
    ) -> std::result::Result<bool, StoreError> {
        let name = name.to_owned();
        self.writer.write(move |db| take_turn(db, &name, now, until)).await
    }
}

/// Which rows are meant of texts: those whose hash is there. It goes with the texts.
const NOT_SEEN_TO: &str = "body_hash <> zeroblob(32)";

/// What is looked at, as a condition: whole responses that were not taken back, or those of whose texts nobody has seen to.
fn condition(what: What) -> &'static str {
    match what {
        What::Texts => NOT_SEEN_TO,
        _ => "NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)",
    }
}

fn overdue(db: &Connection, due: &Due) -> Result<Overdue> {
    let sql = match due.what {
        // Of a vote no version is known.
        What::Votes => {
            "SELECT (SELECT count(*) FROM votes WHERE survey = :survey AND minute < :before), min(minute)
             FROM votes WHERE survey = :survey AND :version IS NOT NULL"
                .to_owned()
        }
        What::Partials => "SELECT count(*) FILTER (WHERE minute < :before), min(minute) FROM partials
             WHERE survey = :survey AND version = :version AND state <> 0"
            .to_owned(),
        what => format!(
            "SELECT count(*) FILTER (WHERE minute < :before), min(minute) FROM responses
             WHERE survey = :survey AND version = :version AND minute < 0x7fffffff AND {}",
            condition(what)
        ),
    };
    db.prepare_cached(&sql)?.query_row(
        named_params! {":survey": due.survey, ":version": due.version, ":before": due.before.0},
        |row| Ok(Overdue { over: row.get(0)?, oldest: row.get::<_, Option<i64>>(1)?.map(Minute) }),
    )
}

fn due(db: &Connection, due: &Due, after: Position, limit: usize) -> Result<Vec<DueResponse>> {
    let sql = format!(
        "SELECT seq, answers FROM responses
         WHERE survey = :survey AND seq > :after AND version = :version AND minute < :before AND {}
         ORDER BY seq LIMIT :limit",
        condition(due.what)
    );
    db.prepare_cached(&sql)?
        .query_map(
            named_params! {
                ":survey": due.survey,
                ":after": after.0,
                ":version": due.version,
                ":before": due.before.0,
                ":limit": limit,
            },
            |row| Ok(DueResponse { position: Position(row.get(0)?), answers: row.get(1)? }),
        )?
        .collect()
}

fn expire(db: &Remembering, due: &Due, these: &[Position], now: Minute) -> Result<u64> {
    let mut expired = 0;
    for position in these {
        let receipt: Option<Digest> = db
            .prepare_cached(
                "SELECT receipt_hash FROM responses
                 WHERE seq = ?1 AND survey = ?2 AND version = ?3 AND minute < ?4",
            )?
            .query_row(params![position.0, due.survey, due.version, due.before.0], |row| row.get(0))
            .optional()?;
        let Some(receipt) = receipt else { continue };
        if responses::withdraw(db, &receipt)? == Withdrawn::Now {
            db.prepare_cached("UPDATE withdrawn SET expired_minute = ?2 WHERE receipt_hash = ?1")?
                .execute(params![receipt, now.0])?;
            expired += 1;
        }
    }
    count(db, &due.survey, What::Responses, expired, now)?;
    Ok(expired)
}

/// The new answers are as long as the old ones, so that SQLite writes them over these.
fn forget(db: &Connection, survey: &str, these: &[Forgotten], now: Minute) -> Result<u64> {
    let mut forgotten = 0;
    for Forgotten { position, before, after } in these {
        let changed = db
            .prepare_cached(
                "UPDATE responses SET answers = ?3, body_hash = zeroblob(octet_length(body_hash))
                 WHERE seq = ?1 AND answers = ?2 AND survey = ?4",
            )?
            .execute(params![position.0, before, after, survey])?;
        forgotten += u64::from(changed > 0 && before != after);
    }
    count(db, survey, What::Texts, forgotten, now)?;
    Ok(forgotten)
}

fn count(db: &Connection, survey: &str, what: What, number: u64, now: Minute) -> Result<()> {
    if number > 0 {
        db.prepare_cached(
            "INSERT INTO erasures (survey, minute, what, number) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (survey, minute, what) DO UPDATE SET number = number + excluded.number",
        )?
        .execute(params![survey, now.0, what.name(), number])?;
    }
    Ok(())
}

fn expired(db: &Connection, receipt: Digest) -> Result<Option<Minute>> {
    let found = db
        .prepare_cached("SELECT expired_minute FROM withdrawn WHERE receipt_hash = ?1")?
        .query_row([receipt], |row| row.get::<_, Option<i64>>(0))
        .optional()?;
    Ok(found.flatten().map(Minute))
}

fn erasures(db: &Connection) -> Result<Vec<Erasure>> {
    let mut list =
        db.prepare_cached("SELECT survey, minute, what, number FROM erasures ORDER BY survey, minute, what")?;
    let rows = list.query_map([], |row| {
        let what = What::named(&row.get::<_, String>(2)?).unwrap_or(What::Responses);
        Ok(Erasure { survey: row.get(0)?, minute: Minute(row.get(1)?), what, number: row.get(3)? })
    })?;
    rows.collect()
}

fn take_turn(db: &Connection, name: &str, now: Minute, until: Minute) -> Result<bool> {
    let taken = db
        .prepare_cached(
            "INSERT INTO turns (name, until_minute) VALUES (?1, ?3)
             ON CONFLICT (name) DO UPDATE SET until_minute = excluded.until_minute WHERE until_minute <= ?2",
        )?
        .execute(params![name, now.0, until.0])?;
    Ok(taken > 0)
}
