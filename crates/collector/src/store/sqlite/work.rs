//! SQL of spent work, and the store's trait of it.

use super::Sqlite;
use crate::clock::Minute;
use crate::store::{SpentWork, StoreError, Works};
use async_trait::async_trait;
use rusqlite::{Connection, Result, params};

#[async_trait]
impl Works for Sqlite {
    async fn spend_work(&self, work: SpentWork) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| spend(db, &work)).await
    }

    async fn expire_work(&self, before: Minute) -> std::result::Result<u64, StoreError> {
        self.writer.write(move |db| expire(db, before)).await
    }
}

fn spend(db: &Connection, work: &SpentWork) -> Result<bool> {
    db.prepare_cached(
        "INSERT INTO spent_work (hash, response_hash, expires_minute) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute(params![work.challenge, work.response, work.expires.0])?;
    db.prepare_cached("SELECT response_hash = ?2 FROM spent_work WHERE hash = ?1")?
        .query_row(params![work.challenge, work.response], |row| row.get(0))
}

fn expire(db: &Connection, before: Minute) -> Result<u64> {
    let expired =
        db.prepare_cached("DELETE FROM spent_work WHERE expires_minute < ?1")?.execute([before.0])?;
    Ok(u64::try_from(expired).unwrap_or_default())
}
