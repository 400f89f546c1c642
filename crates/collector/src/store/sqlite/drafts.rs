//! SQL of drafts, and the store's trait of them.

use super::Sqlite;
use crate::clock::Minute;
use crate::store::{DraftRecord, Drafts, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, Row};

#[async_trait]
impl Drafts for Sqlite {
    async fn keep_draft(&self, draft: DraftRecord) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| keep(db, &draft)).await
    }

    async fn draft(
        &self,
        survey: &str,
        version: &str,
    ) -> std::result::Result<Option<DraftRecord>, StoreError> {
        let (survey, version) = (survey.to_owned(), version.to_owned());
        self.readers.read(move |db| one(db, &survey, &version)).await
    }

    async fn drafts(&self, survey: &str) -> std::result::Result<Vec<DraftRecord>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| all(db, &survey)).await
    }
}

fn keep(db: &Connection, draft: &DraftRecord) -> Result<bool> {
    let DraftRecord { survey, version, minute, content } = draft;
    let kept = db
        .prepare_cached(
            "INSERT INTO drafts (survey, version, serial, minute, content)
             VALUES (?1, ?2, (SELECT COALESCE(MAX(serial), 0) + 1 FROM drafts WHERE survey = ?1), ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute((survey, version, minute.0, content))?;
    Ok(kept == 1)
}

fn one(db: &Connection, survey: &str, version: &str) -> Result<Option<DraftRecord>> {
    db.prepare_cached(
        "SELECT survey, version, minute, content FROM drafts WHERE survey = ?1 AND version = ?2",
    )?
    .query_row([survey, version], record)
    .optional()
}

fn all(db: &Connection, survey: &str) -> Result<Vec<DraftRecord>> {
    db.prepare_cached(
        "SELECT survey, version, minute, content FROM drafts WHERE survey = ?1 ORDER BY serial DESC",
    )?
    .query_map([survey], record)?
    .collect()
}

fn record(row: &Row<'_>) -> Result<DraftRecord> {
    Ok(DraftRecord {
        survey: row.get(0)?,
        version: row.get(1)?,
        minute: Minute(row.get(2)?),
        content: row.get(3)?,
    })
}
