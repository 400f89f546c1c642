//! SQL of how far the responses to a survey go.

use super::Sqlite;
use crate::store::{Extent, Extents, Position, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, Result, named_params};

#[async_trait]
impl Extents for Sqlite {
    async fn extent(&self, survey: &str) -> std::result::Result<Extent, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| extent(db, &survey)).await
    }
}

/// How many responses to `:survey` up to `:last` were taken back, as an expression: found by the index of receipts as far as
/// it goes ([`super::receipts`]), and after that among the rows.
pub(super) const WITHDRAWN: &str = "
    (SELECT count(*) FROM withdrawn CROSS JOIN receipts ON head = substr(withdrawn.receipt_hash, 1, 8)
         CROSS JOIN responses USING (seq)
         WHERE responses.receipt_hash = withdrawn.receipt_hash AND survey = :survey
             AND seq <= min(:last, (SELECT seq FROM receipts_upto)))
    + (SELECT count(*) FROM responses WHERE survey = :survey AND seq > (SELECT seq FROM receipts_upto)
         AND seq <= :last AND EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id))";

/// All counts in one statement, which sees one moment.
fn extent(db: &Connection, survey: &str) -> Result<Extent> {
    db.prepare_cached(&format!(
        "SELECT (SELECT count(*) FROM responses WHERE survey = :survey), {WITHDRAWN},
             (SELECT coalesce(max(seq), 0) FROM responses WHERE survey = :survey),
             (SELECT coalesce(sum(number), 0) FROM erasures WHERE survey = :survey AND what = 'texts')"
    ))?
    .query_row(named_params! {":survey": survey, ":last": i64::MAX}, |row| {
        let (all, withdrawn): (u64, u64) = (row.get(0)?, row.get(1)?);
        let (responses, last) = (all.saturating_sub(withdrawn), Position(row.get(2)?));
        Ok(Extent { responses, withdrawn, last, forgotten: row.get(3)? })
    })
}
