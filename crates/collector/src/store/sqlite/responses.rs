//! SQL of responses.

use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{Kept, NewResponse, Position, StoredResponse};
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

/// One statement in the usual case; what the rare one was is asked afterwards.
pub(super) fn keep(db: &Connection, response: &NewResponse) -> Result<Kept> {
    let inserted = db
        .prepare_cached(
            "INSERT INTO responses
                 (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
             SELECT :id, :survey, :version, :minute, :lang, :channel, :answers, :paradata, :receipt, :content
             WHERE NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = :id)
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
        })?;
    if inserted == 1 { Ok(Kept::New) } else { kept_before(db, response) }
}

fn kept_before(db: &Connection, response: &NewResponse) -> Result<Kept> {
    let content: Option<Digest> = db
        .prepare_cached("SELECT body_hash FROM responses WHERE id = ?1")?
        .query_row([&response.id], |row| row.get(0))
        .optional()?;
    Ok(match content {
        Some(content) if content == response.content => Kept::Again,
        Some(_) => Kept::Conflict,
        None => Kept::Withdrawn,
    })
}

pub(super) fn withdraw(db: &Connection, receipt: Digest) -> Result<bool> {
    let remembered = db
        .prepare_cached(
            "INSERT INTO withdrawn (id, receipt_hash)
             SELECT id, receipt_hash FROM responses WHERE receipt_hash = ?1",
        )?
        .execute([receipt])?;
    if remembered == 1 {
        db.prepare_cached("DELETE FROM responses WHERE receipt_hash = ?1")?.execute([receipt])?;
        return Ok(true);
    }
    db.prepare_cached("SELECT 1 FROM withdrawn WHERE receipt_hash = ?1")?.exists([receipt])
}

pub(super) fn after(
    db: &Connection,
    survey: &str,
    after: Position,
    limit: usize,
) -> Result<Vec<StoredResponse>> {
    db.prepare_cached(
        "SELECT seq, id, version, minute, lang, channel, answers, paradata FROM responses
         WHERE survey = :survey AND seq > :after ORDER BY seq LIMIT :limit",
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
