//! SQL of what came of surveys, and the store's trait of it.

use super::{Sqlite, surveys};
use crate::clock::Minute;
use crate::store::{Archived, Archiving, Outcome, Outcomes, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, Row};

#[async_trait]
impl Outcomes for Sqlite {
    async fn publish_outcome(&self, outcome: Outcome) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| publish(db, &outcome)).await
    }

    async fn outcomes(&self, survey: &str) -> std::result::Result<Vec<Outcome>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| of(db, &survey)).await
    }

    async fn all_outcomes(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> std::result::Result<Vec<(i64, Outcome)>, StoreError> {
        self.readers.read(move |db| all(db, before.unwrap_or(i64::MAX), limit)).await
    }

    async fn archive(&self, archived: Archived) -> std::result::Result<Archiving, StoreError> {
        self.writer.write(move |db| archive(db, &archived)).await
    }

    async fn archived(&self, survey: &str) -> std::result::Result<Option<Archived>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| archived(db, &survey)).await
    }
}

fn publish(db: &Connection, outcome: &Outcome) -> Result<bool> {
    let Outcome { survey, number, minute, who, said } = outcome;
    let published = db
        .prepare_cached(
            "INSERT INTO outcomes (survey, number, minute, who, said) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute((survey, number, minute.0, who, said))?;
    Ok(published == 1)
}

fn read(row: &Row<'_>) -> Result<(i64, Outcome)> {
    let (survey, number, minute) = (row.get(1)?, row.get(2)?, Minute(row.get(3)?));
    Ok((row.get(0)?, Outcome { survey, number, minute, who: row.get(4)?, said: row.get(5)? }))
}

fn of(db: &Connection, survey: &str) -> Result<Vec<Outcome>> {
    db.prepare_cached(
        "SELECT seq, survey, number, minute, who, said FROM outcomes WHERE survey = ?1 ORDER BY number DESC",
    )?
    .query_map([survey], |row| Ok(read(row)?.1))?
    .collect()
}

fn all(db: &Connection, before: i64, limit: usize) -> Result<Vec<(i64, Outcome)>> {
    db.prepare_cached(
        "SELECT seq, survey, number, minute, who, said FROM outcomes WHERE seq < ?1
         ORDER BY seq DESC LIMIT ?2",
    )?
    .query_map((before, limit), read)?
    .collect()
}

fn archive(db: &Connection, wanted: &Archived) -> Result<Archiving> {
    let Archived { survey, minute, who, reason } = wanted;
    if surveys::survey(db, survey)?.is_none() {
        return Ok(Archiving::Unknown);
    }
    if archived(db, survey)?.is_some() {
        return Ok(Archiving::Already);
    }
    if reason.is_none() && of(db, survey)?.is_empty() {
        return Ok(Archiving::Owed);
    }
    db.prepare_cached("INSERT INTO archived (survey, minute, who, reason) VALUES (?1, ?2, ?3, ?4)")?
        .execute((survey, minute.0, who, reason))?;
    surveys::close(db, survey)?;
    Ok(Archiving::Done)
}

pub(super) fn archived(db: &Connection, survey: &str) -> Result<Option<Archived>> {
    db.prepare_cached("SELECT minute, who, reason FROM archived WHERE survey = ?1")?
        .query_row([survey], |row| {
            let (minute, who, reason) = (Minute(row.get(0)?), row.get(1)?, row.get(2)?);
            Ok(Archived { survey: survey.to_owned(), minute, who, reason })
        })
        .optional()
}
