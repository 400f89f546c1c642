//! SQL of the matters of responses.

use super::Sqlite;
use super::matters::read;
use crate::store::matters::COLUMNS;
use crate::store::{Matter, MattersAt, Position, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, params};

#[async_trait]
impl MattersAt for Sqlite {
    async fn matters_at(
        &self,
        survey: &str,
        positions: &[Position],
    ) -> std::result::Result<Vec<Matter>, StoreError> {
        let (survey, positions) = (survey.to_owned(), positions.to_vec());
        self.readers.read(move |db| at(db, &survey, &positions)).await
    }
}

fn at(db: &Connection, survey: &str, positions: &[Position]) -> Result<Vec<Matter>> {
    let select = format!("SELECT {COLUMNS} FROM matters WHERE survey = ?1 AND seq = ?2");
    let mut select = db.prepare_cached(&select)?;
    let mut found = Vec::new();
    for Position(seq) in positions {
        found.extend(select.query_row(params![survey, seq], |row| read(row, survey)).optional()?);
    }
    Ok(found)
}
