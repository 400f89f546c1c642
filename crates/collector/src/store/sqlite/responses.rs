//! SQL of responses.
//!
//! A row is appended and never deleted: deleting makes SQLite move its neighbours between pages, and a copy of one stays
//! behind in the free space of a page now and then, where `secure_delete` does not reach. A response that is taken back
//! is overwritten where it stands.

use super::{blocks, quotas, surveys};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{Kept, NewResponse, Position, StoredResponse};
use crate::times::Standing;
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

/// When a response is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    /// While its survey takes responses.
    Times,
    /// Always: what was written on paper in time is keyed in after it.
    Open,
}

/// Keeps a response while its survey takes any.
pub(super) fn keep(db: &Connection, response: &NewResponse) -> Result<Kept> {
    keep_through(db, response, Door::Times)
}

/// Keeps a response whenever it comes.
pub(super) fn keep_late(db: &Connection, response: &NewResponse) -> Result<Kept> {
    keep_through(db, response, Door::Open)
}

/// One statement in the usual case; what the rare one was is asked afterwards.
fn keep_through(db: &Connection, response: &NewResponse, door: Door) -> Result<Kept> {
    let full = quotas::full(db, response)?;
    if full.is_none() && insert(db, response, door)? {
        quotas::count(db, response)?;
        return Ok(Kept::New);
    }
    match (kept_before(db, response)?, door, full) {
        (Some(kept), ..) => Ok(kept),
        (None, Door::Open, Some(quota)) => Ok(Kept::Full(quota)),
        _ => refused(db, response, full),
    }
}

fn insert(db: &Connection, response: &NewResponse, door: Door) -> Result<bool> {
    let inserted = db
        .prepare_cached(
            "INSERT INTO responses
                 (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
             SELECT :id, :survey, :version, :minute, :lang, :channel, :answers, :paradata, :receipt, :content
             WHERE :late OR EXISTS (
                 SELECT 1 FROM surveys WHERE id = :survey AND status = 'open'
                 AND :minute >= coalesce(opens_minute, :minute) AND :minute < coalesce(closes_minute, :minute + 1)
             )
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(named_params! {
            ":id": response.id,
            ":survey": response.survey,
            ":version": response.version,
            ":minute": response.minute.0,
            ":lang": response.lang,
            ":channel": response.channel,
            ":answers": response.answers,
            ":paradata": response.paradata,
            ":receipt": response.receipt,
            ":content": response.content,
            ":late": door == Door::Open,
        })?;
    Ok(inserted == 1)
}

fn kept_before(db: &Connection, response: &NewResponse) -> Result<Option<Kept>> {
    let before: Option<(Digest, bool)> = db
        .prepare_cached(
            "SELECT body_hash, EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
             FROM responses WHERE id = ?1",
        )?
        .query_row([&response.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(before.map(|before| match before {
        (_, true) => Kept::Withdrawn,
        (content, false) if content == response.content => Kept::Again,
        _ => Kept::Conflict,
    }))
}

/// Why a response is not kept whose id is new.
fn refused(db: &Connection, response: &NewResponse, full: Option<usize>) -> Result<Kept> {
    let survey = surveys::survey(db, &response.survey)?;
    let standing = survey.map_or(Standing::Closed, |survey| survey.standing(response.minute));
    Ok(match (standing, full) {
        (Standing::Open, Some(quota)) => Kept::Full(quota),
        (Standing::NotYet, _) => Kept::NotOpen,
        _ => Kept::Closed,
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

pub(super) fn withdraw(db: &Connection, receipt: Digest) -> Result<Withdrawn> {
    let remembered = db
        .prepare_cached(
            "INSERT INTO withdrawn (id, receipt_hash)
             SELECT id, receipt_hash FROM responses WHERE receipt_hash = ?1
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute([receipt])?;
    if remembered == 1 {
        let (seq, survey) = place(db, receipt)?;
        quotas::give_back(db, &survey, seq)?;
        blocks::erase(db, &survey, seq)?;
        overwrite(db, receipt)?;
        return Ok(Withdrawn::Now);
    }
    let before = db.prepare_cached("SELECT 1 FROM withdrawn WHERE receipt_hash = ?1")?.exists([receipt])?;
    Ok(if before { Withdrawn::Before } else { Withdrawn::Never })
}

/// Where the response with this receipt stands, and of which survey it is.
fn place(db: &Connection, receipt: Digest) -> Result<(Position, String)> {
    db.prepare_cached("SELECT seq, survey FROM responses WHERE receipt_hash = ?1")?
        .query_row([receipt], |row| Ok((Position(row.get(0)?), row.get(1)?)))
}

/// Spaces for words, zeros for the hash, and a minute that no response has: all as many bytes as before, so that SQLite
/// writes them over the old ones. A minute takes four bytes until the year 6053.
fn overwrite(db: &Connection, receipt: Digest) -> Result<()> {
    db.prepare_cached(
        "UPDATE responses SET
             minute = iif(minute BETWEEN 0x800000 AND 0x7fffffff, 0x7fffffff, minute),
             lang = printf('%*s', octet_length(lang), ''),
             channel = printf('%*s', octet_length(channel), ''),
             answers = printf('%*s', octet_length(answers), ''),
             paradata = printf('%*s', octet_length(paradata), ''),
             body_hash = zeroblob(octet_length(body_hash))
         WHERE receipt_hash = ?1",
    )?
    .execute([receipt])?;
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

fn stored(row: &Row<'_>) -> Result<StoredResponse> {
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
