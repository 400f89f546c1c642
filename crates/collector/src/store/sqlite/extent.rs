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

/// All counts in one statement, which sees one moment. What was taken back is found by the index of receipts as far as it
/// goes ([`super::receipts`]), and after that among the rows.
fn extent(db: &Connection, survey: &str) -> Result<Extent> {
    db.prepare_cached(
        "SELECT (SELECT count(*) FROM responses WHERE survey = :survey),
             (SELECT count(*) FROM withdrawn CROSS JOIN receipts ON head = substr(withdrawn.receipt_hash, 1, 8)
                  CROSS JOIN responses USING (seq)
                  WHERE responses.receipt_hash = withdrawn.receipt_hash AND survey = :survey
                      AND seq <= (SELECT seq FROM receipts_upto)),
             (SELECT count(*) FROM responses WHERE survey = :survey AND seq > (SELECT seq FROM receipts_upto)
                  AND EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)),
             (SELECT coalesce(max(seq), 0) FROM responses WHERE survey = :survey)",
    )?
    .query_row([survey], |row| {
        let (all, indexed, newest): (u64, u64, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let withdrawn = indexed + newest;
        Ok(Extent { responses: all.saturating_sub(withdrawn), withdrawn, last: Position(row.get(3)?) })
    })
}
