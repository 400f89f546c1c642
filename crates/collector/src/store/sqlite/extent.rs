//! SQL of how far the responses to a survey go.

use super::Sqlite;
use crate::store::{Extent, Extents, Position, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, Result};

#[async_trait]
impl Extents for Sqlite {
    async fn extent(&self, survey: &str) -> std::result::Result<Extent, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| extent(db, &survey)).await
    }
}

/// Both counts in one statement, which sees one moment.
fn extent(db: &Connection, survey: &str) -> Result<Extent> {
    db.prepare_cached(
        "SELECT (SELECT count(*) FROM responses WHERE survey = :survey),
             (SELECT count(*) FROM withdrawn JOIN responses USING (id) WHERE survey = :survey),
             (SELECT coalesce(max(seq), 0) FROM responses WHERE survey = :survey)",
    )?
    .query_row([survey], |row| {
        let (all, withdrawn): (u64, u64) = (row.get(0)?, row.get(1)?);
        Ok(Extent { responses: all.saturating_sub(withdrawn), withdrawn, last: Position(row.get(2)?) })
    })
}
