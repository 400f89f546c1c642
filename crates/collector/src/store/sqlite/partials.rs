//! Parts of responses in SQLite, and the SQL of them.
//!
//! They change with every page, and must be gone from the file when they are taken back. SQLite writes over a row where it
//! stands if the row keeps its length: so the content is filled up with spaces to one of a few lengths, and a row that
//! becomes too short is overwritten and left for another response.

use super::connection::Remembering;
use super::{Sqlite, responses, surveys};
use crate::clock::Minute;
use crate::store::partials::{Before, Known, read_turn, state, stored_turn};
use crate::store::{
    Due, KeptPartial, NewPartial, PartialName, Partials, Position, StoreError, StoredPartial,
};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

/// Bytes of content at least; each length above is twice the one below.
const SHORTEST: usize = 512;

#[async_trait]
impl Partials for Sqlite {
    async fn keep_partial(&self, partial: NewPartial) -> Result<KeptPartial, StoreError> {
        self.writer.write(move |db| keep(db, &partial)).await
    }

    async fn take_back_partial(&self, part: PartialName, now: Minute) -> Result<(), StoreError> {
        self.writer.erase(move |db| take_back(db, &part, now), |()| true).await
    }

    async fn partials(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredPartial>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| self::after(db, &survey, after, limit)).await
    }

    async fn expire_partials(&self, before: Minute) -> Result<u64, StoreError> {
        self.writer.erase(move |db| expire(db, before), |expired| *expired > 0).await
    }
}

fn keep(db: &Remembering, partial: &NewPartial) -> Result<KeptPartial> {
    let known = Known {
        standing: surveys::survey(db, &partial.survey)?.map(|survey| survey.standing(partial.minute)),
        complete: responses::is_there(db, &partial.receipt)?,
        withdrawn: db.prepare_cached("SELECT 1 FROM withdrawn WHERE id = ?1")?.exists([&partial.id])?,
        before: before(db, &partial.id)?,
    };
    let turn = match known.decide(partial) {
        Ok(turn) => turn,
        Err(not_kept) => return Ok(not_kept),
    };
    let place = match known.before {
        Some(before) if before.bytes >= partial.content.len() => Some((before.seq, before.bytes)),
        Some(before) => {
            clear(db, before.seq)?;
            free(db, partial)?
        }
        None => free(db, partial)?,
    };
    write(db, partial, turn, place)?;
    Ok(KeptPartial::Kept(turn))
}

fn before(db: &Connection, id: &str) -> Result<Option<Before>> {
    db.prepare_cached("SELECT seq, survey, state, turn, octet_length(content) FROM partials WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Before {
                seq: row.get(0)?,
                survey: row.get(1)?,
                state: row.get(2)?,
                turn: read_turn(&row.get::<_, String>(3)?),
                bytes: row.get(4)?,
            })
        })
        .optional()
}

/// A row that holds nothing and is as long as this one needs, with its length.
fn free(db: &Connection, partial: &NewPartial) -> Result<Option<(i64, usize)>> {
    let bytes = length(partial.content.len());
    let free = db
        .prepare_cached(
            "SELECT seq FROM partials WHERE survey = :survey AND state = 0 AND version = :version
                 AND octet_length(content) = :bytes LIMIT 1",
        )?
        .query_row(
            named_params! {":survey": partial.survey, ":version": partial.version, ":bytes": bytes},
            |row| row.get(0),
        )
        .optional()?;
    Ok(free.map(|seq| (seq, bytes)))
}

/// The length to which a content is filled up.
fn length(content: usize) -> usize {
    content.next_power_of_two().max(SHORTEST)
}

/// Writes into the row at a place, or into a new one.
fn write(db: &Connection, partial: &NewPartial, turn: u32, place: Option<(i64, usize)>) -> Result<()> {
    let bytes = place.map_or(length(partial.content.len()), |(_, bytes)| bytes);
    // The format pads by characters, and the content has fewer of these than bytes.
    let spaces = " ".repeat(bytes.saturating_sub(partial.content.len()));
    let content = format!("{}{spaces}", partial.content);
    db.prepare_cached(
        "INSERT INTO partials (seq, id, survey, version, state, minute, turn, content)
         VALUES (:seq, :id, :survey, :version, 1, :minute, :turn, :content)
         ON CONFLICT (seq) DO UPDATE SET
             id = :id, version = :version, state = 1, minute = :minute, turn = :turn, content = :content",
    )?
    .execute(named_params! {
        ":seq": place.map(|(seq, _)| seq),
        ":id": partial.id,
        ":survey": partial.survey,
        ":version": partial.version,
        ":minute": partial.minute.0,
        ":turn": stored_turn(turn),
        ":content": content,
    })?;
    Ok(())
}

/// The whole response is kept.
pub(super) fn complete(db: &Connection, id: &str) -> Result<()> {
    let mut row = db.prepare_cached("SELECT seq FROM partials WHERE id = ?1")?;
    row.query_row([id], |row| row.get(0)).optional()?.map_or(Ok(()), |seq| clear(db, seq))
}

/// Writes spaces over what was answered, and gives the row away. Its id has the length of one, and is none.
fn clear(db: &Connection, seq: i64) -> Result<()> {
    db.prepare_cached(
        "UPDATE partials SET id = printf('free%028d', seq), state = 0,
             content = printf('%*s', octet_length(content), '')
         WHERE seq = ?1",
    )?
    .execute([seq])?;
    Ok(())
}

/// The id is remembered also where nothing was kept under it: what is deleted may still be on its way.
fn take_back(db: &Remembering, part: &PartialName, now: Minute) -> Result<()> {
    if responses::is_there(db, &part.receipt)? {
        return Ok(());
    }
    db.prepare_cached(
        "INSERT INTO partials (id, survey, version, state, minute, turn, content)
         SELECT :id, id, current_version, 2, :minute, :turn, '' FROM surveys WHERE id = :survey
         ON CONFLICT (id) DO UPDATE SET
             state = 2, minute = :minute, content = printf('%*s', octet_length(partials.content), '')
             WHERE partials.survey = :survey",
    )?
    .execute(
        named_params! {":id": part.id, ":survey": part.survey, ":minute": now.0, ":turn": stored_turn(0)},
    )?;
    Ok(())
}

fn expire(db: &Connection, before: Minute) -> Result<u64> {
    let expired = db
        .prepare_cached(
            "UPDATE partials SET id = printf('free%028d', seq), state = 0,
                 content = printf('%*s', octet_length(content), '')
             WHERE state <> 0 AND minute < ?1",
        )?
        .execute([before.0])?;
    Ok(u64::try_from(expired).unwrap_or_default())
}

/// The same of one version of a survey.
pub(super) fn expire_of(db: &Connection, due: &Due) -> Result<u64> {
    let expired = db
        .prepare_cached(
            "UPDATE partials SET id = printf('free%028d', seq), state = 0,
                 content = printf('%*s', octet_length(content), '')
             WHERE state <> 0 AND survey = ?1 AND version = ?2 AND minute < ?3",
        )?
        .execute((&due.survey, &due.version, due.before.0))?;
    Ok(u64::try_from(expired).unwrap_or_default())
}

fn after(db: &Connection, survey: &str, after: Position, limit: usize) -> Result<Vec<StoredPartial>> {
    db.prepare_cached(
        "SELECT seq, id, version, minute, content FROM partials
         WHERE survey = :survey AND state = :live AND seq > :after ORDER BY seq LIMIT :limit",
    )?
    .query_map(
        named_params! {":survey": survey, ":live": state::LIVE, ":after": after.0, ":limit": limit},
        stored,
    )?
    .collect()
}

fn stored(row: &Row<'_>) -> Result<StoredPartial> {
    Ok(StoredPartial {
        position: Position(row.get(0)?),
        id: row.get(1)?,
        version: row.get(2)?,
        minute: Minute(row.get(3)?),
        content: row.get::<_, String>(4)?.trim_end().to_owned(),
    })
}
