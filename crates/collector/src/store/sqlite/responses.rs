//! SQL of responses.
//!
//! A row is appended and never deleted: deleting makes SQLite move its neighbours between pages, and a copy of one stays
//! behind in the free space of a page now and then, where `secure_delete` does not reach. A response that is taken back
//! is overwritten where it stands.

use super::connection::Remembering;
use super::{blocks, coding, invitations, matters, partials, quotas};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{FORGOTTEN, Kept, NewResponse, Position, StoredResponse};
use crate::times::Standing;
use rusqlite::{Connection, Result, Row, named_params, params};

/// When a response is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    /// While its survey takes responses.
    Times,
    /// Always: what was written on paper in time is keyed in after it.
    Open,
}

/// Keeps a response while its survey takes any. Where it belongs to no group and has no invitation, that is one statement.
pub(super) fn keep(db: &Remembering, response: &NewResponse) -> Result<Kept> {
    keep_through(db, response, Door::Times)
}

/// Keeps a response whenever it comes.
pub(super) fn keep_late(db: &Remembering, response: &NewResponse) -> Result<Kept> {
    keep_through(db, response, Door::Open)
}

fn keep_through(db: &Remembering, response: &NewResponse, door: Door) -> Result<Kept> {
    if let Some(seq) = db.receipts.position(db, &response.receipt)? {
        return kept_before(db, seq, response);
    }
    let standing = match door {
        Door::Times => db.standing(&response.survey, response.minute)?,
        Door::Open => Standing::Open,
    };
    match standing {
        Standing::Closed => return Ok(Kept::Closed),
        Standing::NotYet => return Ok(Kept::NotOpen),
        Standing::Open => {}
    }
    if let Some(why) = invitations::refusal_of(db, response)? {
        return Ok(Kept::Uninvited(why));
    }
    if let Some(group) = quotas::full(db, response)? {
        return Ok(Kept::Full(group));
    }
    let seq = insert(db, response)?;
    quotas::count(db, seq, response)?;
    invitations::strike(db, response)?;
    matters::open(db, seq, response)?;
    db.receipts.note(response.receipt, seq);
    if response.in_parts {
        partials::complete(db, &response.id)?;
    }
    Ok(Kept::New)
}

/// Gives the position.
fn insert(db: &Connection, response: &NewResponse) -> Result<i64> {
    db.prepare_cached(
        "INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .insert(params![
        response.id,
        response.survey,
        response.version,
        response.minute.0,
        response.lang,
        response.channel,
        response.answers,
        response.paradata,
        response.receipt,
        response.content,
    ])
}

/// Whether a response with this receipt is kept, or was.
pub(super) fn is_there(db: &Remembering, receipt: &Digest) -> Result<bool> {
    Ok(db.receipts.position(db, receipt)?.is_some())
}

fn kept_before(db: &Connection, seq: i64, response: &NewResponse) -> Result<Kept> {
    let before: (Digest, bool) = db
        .prepare_cached(
            "SELECT body_hash, EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
             FROM responses WHERE seq = ?1",
        )?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(match before {
        (_, true) => Kept::Withdrawn,
        (content, false) if content == response.content || content == FORGOTTEN => Kept::Again,
        _ => Kept::Conflict,
    })
}

/// What taking back did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Withdrawn {
    /// It overwrote a response.
    Now,
    /// The response was taken back before.
    Before,
    /// No response ever had the receipt.
    Never,
}

pub(super) fn withdraw(db: &Remembering, receipt: &Digest) -> Result<Withdrawn> {
    let Some(seq) = db.receipts.position(db, receipt)? else { return Ok(Withdrawn::Never) };
    let remembered = db
        .prepare_cached(
            "INSERT INTO withdrawn (id, receipt_hash) SELECT id, receipt_hash FROM responses WHERE seq = ?1
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute([seq])?;
    if remembered == 0 {
        return Ok(Withdrawn::Before);
    }
    quotas::give_back(db, seq)?;
    blocks::erase(db, &survey_of(db, seq)?, Position(seq))?;
    coding::erase(db, seq)?;
    matters::withdraw(db, seq)?;
    overwrite(db, seq)?;
    Ok(Withdrawn::Now)
}

fn survey_of(db: &Connection, seq: i64) -> Result<String> {
    db.prepare_cached("SELECT survey FROM responses WHERE seq = ?1")?.query_row([seq], |row| row.get(0))
}

/// Spaces for words, zeros for the hash, and a minute that no response has: all as many bytes as before, so that SQLite
/// writes them over the old ones. A minute takes four bytes until the year 6053.
fn overwrite(db: &Connection, seq: i64) -> Result<()> {
    db.prepare_cached(
        "UPDATE responses SET
             minute = iif(minute BETWEEN 0x800000 AND 0x7fffffff, 0x7fffffff, minute),
             lang = printf('%*s', octet_length(lang), ''),
             channel = printf('%*s', octet_length(channel), ''),
             answers = printf('%*s', octet_length(answers), ''),
             paradata = printf('%*s', octet_length(paradata), ''),
             body_hash = zeroblob(octet_length(body_hash))
         WHERE seq = ?1",
    )?
    .execute([seq])?;
    Ok(())
}

pub(super) fn after(
    db: &Connection,
    survey: &str,
    after: Position,
    limit: usize,
) -> Result<Vec<StoredResponse>> {
    db.prepare_cached(
        "SELECT seq, id, version, minute, lang, channel, answers, paradata FROM responses
         WHERE survey = :survey AND seq > :after
             AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
         ORDER BY seq LIMIT :limit",
    )?
    .query_map(named_params! { ":survey": survey, ":after": after.0, ":limit": limit }, stored)?
    .collect()
}

pub(super) fn stored(row: &Row<'_>) -> Result<StoredResponse> {
    Ok(StoredResponse {
        position: Position(row.get(0)?),
        id: row.get(1)?,
        version: row.get(2)?,
        minute: Minute(row.get(3)?),
        lang: row.get(4)?,
        channel: row.get(5)?,
        answers: row.get(6)?,
        paradata: row.get(7)?,
    })
}
