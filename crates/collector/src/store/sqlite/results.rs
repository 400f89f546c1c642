//! SQL of released results, and the store's trait of them.

use super::Sqlite;
use super::extent::WITHDRAWN;
use crate::clock::Minute;
use crate::store::{Position, Release, Results, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, named_params};

#[async_trait]
impl Results for Sqlite {
    async fn released(&self, survey: &str) -> std::result::Result<Option<Release>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| released(db, &survey)).await
    }

    async fn release(
        &self,
        release: Release,
        before: Option<Position>,
    ) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| replace(db, &release, before)).await
    }

    async fn count_withdrawn(&self, survey: &str, last: Position) -> std::result::Result<u64, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| count_withdrawn(db, &survey, last)).await
    }

    async fn count_after(
        &self,
        survey: &str,
        after: Position,
        limit: u64,
    ) -> std::result::Result<u64, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| count_after(db, &survey, after, limit)).await
    }
}

fn released(db: &Connection, survey: &str) -> Result<Option<Release>> {
    db.prepare_cached("SELECT last_seq, withdrawn, least, minute, body FROM results WHERE survey = ?1")?
        .query_row([survey], |row| {
            let (last, minute) = (Position(row.get(0)?), Minute(row.get(3)?));
            let survey = survey.to_owned();
            Ok(Release {
                survey,
                last,
                withdrawn: row.get(1)?,
                least: row.get(2)?,
                minute,
                body: row.get(4)?,
            })
        })
        .optional()
}

fn replace(db: &Connection, release: &Release, before: Option<Position>) -> Result<bool> {
    let statement = match before {
        Some(_) => {
            "UPDATE results SET last_seq = ?2, withdrawn = ?3, least = ?4, minute = ?5, body = ?6
             WHERE survey = ?1 AND last_seq = ?7"
        }
        None => {
            "INSERT INTO results (survey, last_seq, withdrawn, least, minute, body)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?7 IS NULL ON CONFLICT (survey) DO NOTHING"
        }
    };
    let Release { survey, last, withdrawn, least, minute, body } = release;
    let before = before.map(|before| before.0);
    let changed =
        db.prepare_cached(statement)?.execute((survey, last.0, withdrawn, least, minute.0, body, before))?;
    Ok(changed == 1)
}

fn count_withdrawn(db: &Connection, survey: &str, last: Position) -> Result<u64> {
    db.prepare_cached(&format!("SELECT {WITHDRAWN}"))?
        .query_row(named_params! {":survey": survey, ":last": last.0}, |row| row.get(0))
}

fn count_after(db: &Connection, survey: &str, after: Position, limit: u64) -> Result<u64> {
    db.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM responses WHERE survey = ?1 AND seq > ?2
             AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id) LIMIT ?3)",
    )?
    .query_row((survey, after.0, limit), |row| row.get(0))
}
