//! SQL of blocks, and the store's trait of them.
//!
//! A block is overwritten with zeros when something in it is taken back, and one that is made again stands where the old
//! one stood, with zeros behind it: all as many bytes as before, so that SQLite writes them over the old ones.

use super::Sqlite;
use crate::store::{BlockRange, BlockRecord, Blocks, NewBlock, Position, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

#[async_trait]
impl Blocks for Sqlite {
    async fn blocks(
        &self,
        survey: &str,
        from: Position,
        limit: usize,
    ) -> std::result::Result<Vec<BlockRecord>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| blocks(db, &survey, from, limit)).await
    }

    async fn block(
        &self,
        survey: &str,
        from: Position,
    ) -> std::result::Result<Option<(BlockRecord, Vec<u8>)>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| block(db, &survey, from)).await
    }

    async fn keep_block(&self, block: NewBlock) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| keep(db, &block)).await
    }

    async fn count_responses(&self, survey: &str, range: BlockRange) -> std::result::Result<u64, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| count(db, &survey, range)).await
    }

    async fn surveys_behind(&self, responses: usize) -> std::result::Result<Vec<String>, StoreError> {
        self.readers.read(move |db| behind(db, responses)).await
    }
}

fn blocks(db: &Connection, survey: &str, from: Position, limit: usize) -> Result<Vec<BlockRecord>> {
    db.prepare_cached(
        "SELECT after_seq, last_seq, dictionary FROM blocks
         WHERE survey = ?1 AND after_seq >= ?2 AND live = 1 ORDER BY after_seq LIMIT ?3",
    )?
    .query_map((survey, from.0, limit), record)?
    .collect()
}

fn block(db: &Connection, survey: &str, from: Position) -> Result<Option<(BlockRecord, Vec<u8>)>> {
    db.prepare_cached(
        "SELECT after_seq, last_seq, dictionary, cells FROM blocks
         WHERE survey = ?1 AND after_seq >= ?2 AND live = 1 ORDER BY after_seq LIMIT 1",
    )?
    .query_row((survey, from.0), |row| Ok((record(row)?, row.get(3)?)))
    .optional()
}

fn record(row: &Row<'_>) -> Result<BlockRecord> {
    let range = BlockRange { after: Position(row.get(0)?), last: Position(row.get(1)?) };
    Ok(BlockRecord { range, dictionary: row.get(2)? })
}

fn count(db: &Connection, survey: &str, range: BlockRange) -> Result<u64> {
    db.prepare_cached(
        "SELECT count(*) FROM responses WHERE survey = ?1 AND seq > ?2 AND seq <= ?3
             AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)",
    )?
    .query_row((survey, range.after.0, range.last.0), |row| row.get(0))
}

fn behind(db: &Connection, responses: usize) -> Result<Vec<String>> {
    db.prepare_cached(
        "SELECT id FROM surveys WHERE EXISTS (
             SELECT 1 FROM responses WHERE survey = surveys.id AND seq > coalesce(
                 (SELECT max(last_seq) FROM blocks WHERE survey = surveys.id AND live = 1), 0)
             ORDER BY seq LIMIT 1 OFFSET ?1
         ) ORDER BY id",
    )?
    .query_map([responses.saturating_sub(1)], |row| row.get(0))?
    .collect()
}

/// No two transactions write at once, so that nothing is taken back between looking and writing.
fn keep(db: &Connection, block: &NewBlock) -> Result<bool> {
    let range = block.range;
    let overlapped = db
        .prepare_cached(
            "SELECT 1 FROM blocks WHERE survey = ?1 AND after_seq < ?3 AND last_seq > ?2 AND live = 1
                 AND NOT (after_seq = ?2 AND last_seq = ?3)",
        )?
        .exists((&block.survey, range.after.0, range.last.0))?;
    if overlapped || count(db, &block.survey, range)? != block.responses {
        return Ok(false);
    }
    if !keep_in_place(db, block)? {
        erase(db, &block.survey, range.last)?;
        db.prepare_cached(
            "INSERT INTO blocks (survey, after_seq, last_seq, live, dictionary, cells)
             VALUES (?1, ?2, ?3, 1, ?4, ?5)",
        )?
        .execute((&block.survey, range.after.0, range.last.0, &block.dictionary, &block.cells))?;
    }
    Ok(true)
}

/// Writes a block over one of the same positions in which it has room.
fn keep_in_place(db: &Connection, block: &NewBlock) -> Result<bool> {
    let room = db
        .prepare_cached(
            "SELECT seq, octet_length(dictionary), octet_length(cells) FROM blocks
             WHERE survey = :survey AND after_seq = :after AND last_seq = :last
                 AND octet_length(dictionary) >= :dictionary AND octet_length(cells) >= :cells
             ORDER BY live DESC LIMIT 1",
        )?
        .query_row(
            named_params! {
                ":survey": block.survey,
                ":after": block.range.after.0,
                ":last": block.range.last.0,
                ":dictionary": block.dictionary.len(),
                ":cells": block.cells.len(),
            },
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, usize>(1)?, row.get::<_, usize>(2)?)),
        )
        .optional()?;
    let Some((seq, dictionary, cells)) = room else { return Ok(false) };
    let padded = |bytes: &[u8], length: usize| [bytes, &vec![0; length - bytes.len()]].concat();
    let (dictionary, cells) = (padded(&block.dictionary, dictionary), padded(&block.cells, cells));
    db.prepare_cached("UPDATE blocks SET live = 1, dictionary = ?2, cells = ?3 WHERE seq = ?1")?
        .execute((seq, dictionary, cells))?;
    Ok(true)
}

/// Overwrites the block that a position lies in.
pub(super) fn erase(db: &Connection, survey: &str, position: Position) -> Result<()> {
    db.prepare_cached(
        "UPDATE blocks SET live = 0, dictionary = zeroblob(octet_length(dictionary)),
             cells = zeroblob(octet_length(cells))
         WHERE survey = ?1 AND after_seq < ?2 AND last_seq >= ?2 AND live = 1",
    )?
    .execute((survey, position.0))?;
    Ok(())
}
