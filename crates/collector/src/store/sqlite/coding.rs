//! SQL of code frames and tags, and the store's trait of them.

use super::Sqlite;
use crate::store::coding::{Coding, FrameRecord, NewTags, TagRecord, nothing, read, written};
use crate::store::{BlockRange, Position, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, Result, Row, named_params};

#[async_trait]
impl Coding for Sqlite {
    async fn code_frames(&self, survey: &str) -> std::result::Result<Vec<FrameRecord>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| frames(db, &survey)).await
    }

    async fn keep_code_frame(&self, frame: FrameRecord) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| keep_frame(db, &frame)).await
    }

    async fn keep_tags(&self, tags: NewTags) -> std::result::Result<(), StoreError> {
        self.writer.write(move |db| keep(db, &tags)).await
    }

    async fn tags(&self, survey: &str, range: BlockRange) -> std::result::Result<Vec<TagRecord>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| tags(db, &survey, range)).await
    }
}

fn frames(db: &Connection, survey: &str) -> Result<Vec<FrameRecord>> {
    db.prepare_cached("SELECT question, version, codes FROM code_frames WHERE survey = ?1 ORDER BY question")?
        .query_map([survey], |row| {
            let survey = survey.to_owned();
            Ok(FrameRecord { survey, question: row.get(0)?, version: row.get(1)?, codes: row.get(2)? })
        })?
        .collect()
}

fn keep_frame(db: &Connection, frame: &FrameRecord) -> Result<bool> {
    let statement = match frame.version {
        1 => {
            "INSERT INTO code_frames (survey, question, version, codes) VALUES (?1, ?2, ?3, ?4)
              ON CONFLICT (survey, question) DO NOTHING"
        }
        _ => {
            "UPDATE code_frames SET version = ?3, codes = ?4
             WHERE survey = ?1 AND question = ?2 AND version = ?3 - 1"
        }
    };
    let FrameRecord { survey, question, version, codes } = frame;
    Ok(db.prepare_cached(statement)?.execute((survey, question, version, codes))? == 1)
}

/// The way in checks nothing of the response: another that was taken back meanwhile is passed over here, where nobody else
/// writes.
fn keep(db: &Connection, tags: &NewTags) -> Result<()> {
    let mut give = db.prepare_cached(
        "INSERT INTO tags (survey, question, response, coder, day, codes)
         SELECT survey, :question, seq, :coder, :day, :codes FROM responses
         WHERE survey = :survey AND seq = :response
             AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
         ON CONFLICT (survey, response, question, coder) DO UPDATE SET day = :day, codes = :codes",
    )?;
    let mut take = db.prepare_cached(
        "UPDATE tags SET codes = :codes
         WHERE survey = :survey AND response = :response AND question = :question AND coder = :coder",
    )?;
    let NewTags { survey, question, coder, day, texts } = tags;
    for (Position(response), codes) in texts {
        match codes {
            Some(codes) => give.execute(named_params! {
                ":survey": survey, ":question": question, ":response": response, ":coder": coder,
                ":day": day, ":codes": written(codes),
            })?,
            None => take.execute(named_params! {
                ":survey": survey, ":question": question, ":response": response, ":coder": coder,
                ":codes": nothing(),
            })?,
        };
    }
    Ok(())
}

fn tags(db: &Connection, survey: &str, range: BlockRange) -> Result<Vec<TagRecord>> {
    let mut tags = db.prepare_cached(
        "SELECT question, response, coder, day, codes FROM tags
         WHERE survey = ?1 AND response > ?2 AND response <= ?3 ORDER BY response, question, coder",
    )?;
    let rows = tags.query_map((survey, range.after.0, range.last.0), |row| tag(row, survey))?;
    rows.filter_map(Result::transpose).collect()
}

/// Nothing for a row that holds nothing any more.
fn tag(row: &Row<'_>, survey: &str) -> Result<Option<TagRecord>> {
    let Some(codes) = read(&row.get::<_, String>(4)?) else { return Ok(None) };
    Ok(Some(TagRecord {
        survey: survey.to_owned(),
        question: row.get(0)?,
        response: Position(row.get(1)?),
        coder: row.get(2)?,
        day: row.get(3)?,
        codes,
    }))
}

/// Overwrites the tags of a response.
pub(super) fn erase(db: &Connection, response: i64) -> Result<()> {
    db.prepare_cached("UPDATE tags SET codes = ?2 WHERE response = ?1")?.execute((response, nothing()))?;
    Ok(())
}
