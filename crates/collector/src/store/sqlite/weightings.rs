//! SQL of weightings, and the store's trait of them.

use super::Sqlite;
use crate::clock::Minute;
use crate::store::{StoreError, Weighting, Weightings};
use async_trait::async_trait;
use rusqlite::{Connection, Result};

#[async_trait]
impl Weightings for Sqlite {
    async fn keep_weighting(&self, weighting: Weighting) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| keep(db, &weighting)).await
    }

    async fn weightings(&self, survey: &str) -> std::result::Result<Vec<Weighting>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| all(db, &survey)).await
    }
}

fn keep(db: &Connection, weighting: &Weighting) -> Result<bool> {
    let Weighting { survey, name, version, who, minute, margins } = weighting;
    let kept = db
        .prepare_cached(
            "INSERT INTO weightings (survey, name, version, who, minute, margins)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?
        .execute((survey, name, version, who, minute.0, margins))?;
    Ok(kept == 1)
}

fn all(db: &Connection, survey: &str) -> Result<Vec<Weighting>> {
    db.prepare_cached(
        "SELECT name, version, who, minute, margins FROM weightings WHERE survey = ?1 ORDER BY name, version",
    )?
    .query_map([survey], |row| {
        Ok(Weighting {
            survey: survey.to_owned(),
            name: row.get(0)?,
            version: row.get(1)?,
            who: row.get(2)?,
            minute: Minute(row.get(3)?),
            margins: row.get(4)?,
        })
    })?
    .collect()
}
