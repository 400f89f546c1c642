//! SQL of paper ballots, and the store's trait of them.

use super::Sqlite;
use crate::clock::Minute;
use crate::store::{BallotCount, Ballots, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, Result};

#[async_trait]
impl Ballots for Sqlite {
    async fn count_ballots(&self, count: BallotCount) -> std::result::Result<(), StoreError> {
        self.writer.write(move |db| keep(db, &count)).await
    }

    async fn ballots(&self, survey: &str) -> std::result::Result<Vec<BallotCount>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| all(db, &survey)).await
    }
}

fn keep(db: &Connection, count: &BallotCount) -> Result<()> {
    let BallotCount { survey, batch, issued, unused, who, minute } = count;
    db.prepare_cached(
        "INSERT INTO ballots (survey, batch, issued, unused, who, minute) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (survey, batch) DO UPDATE SET
             issued = excluded.issued, unused = excluded.unused, who = excluded.who, minute = excluded.minute",
    )?
    .execute((survey, batch, issued, unused, who, minute.0))?;
    Ok(())
}

fn all(db: &Connection, survey: &str) -> Result<Vec<BallotCount>> {
    db.prepare_cached(
        "SELECT batch, issued, unused, who, minute FROM ballots WHERE survey = ?1 ORDER BY batch",
    )?
    .query_map([survey], |row| {
        Ok(BallotCount {
            survey: survey.to_owned(),
            batch: row.get(0)?,
            issued: row.get(1)?,
            unused: row.get(2)?,
            who: row.get(3)?,
            minute: Minute(row.get(4)?),
        })
    })?
    .collect()
}
