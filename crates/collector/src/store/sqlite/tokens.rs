//! SQL of tokens and secrets, and the probe that tries whether anything can be written.

use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{NewToken, Scope, TokenRecord};
use rusqlite::types::Type;
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, named_params};

pub(super) fn add(db: &Connection, token: &NewToken) -> Result<bool> {
    let surveys = token.surveys.as_ref().map(|surveys| serde_json::json!(surveys).to_string());
    let added = db
        .prepare_cached(
            "INSERT INTO tokens (hash, name, surveys, created_minute, scope, expires_minute)
             VALUES (:hash, :name, :surveys, :created, :scope, :expires)
             ON CONFLICT (name) DO NOTHING",
        )?
        .execute(named_params! {
            ":hash": token.hash,
            ":name": token.name,
            ":surveys": surveys,
            ":created": token.created.0,
            ":scope": token.scope.name(),
            ":expires": token.expires.map(|minute| minute.0),
        })?;
    Ok(added == 1)
}

pub(super) fn all(db: &Connection) -> Result<Vec<TokenRecord>> {
    db.prepare_cached(
        "SELECT name, surveys, created_minute, scope, expires_minute FROM tokens ORDER BY name",
    )?
    .query_map([], record)?
    .collect()
}

/// Looking a token up by its hash tells nothing by how long it takes: who does not know the token cannot choose the
/// hash.
pub(super) fn by_hash(db: &Connection, hash: Digest) -> Result<Option<TokenRecord>> {
    db.prepare_cached(
        "SELECT name, surveys, created_minute, scope, expires_minute FROM tokens WHERE hash = ?1",
    )?
    .query_row([hash], record)
    .optional()
}

pub(super) fn revoke(db: &Connection, name: &str) -> Result<bool> {
    Ok(db.prepare_cached("DELETE FROM tokens WHERE name = ?1")?.execute([name])? == 1)
}

pub(super) fn secret(db: &Connection, name: &str, fresh: &[u8]) -> Result<Vec<u8>> {
    db.prepare_cached("INSERT INTO secrets (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING")?
        .execute((name, fresh))?;
    db.prepare_cached("SELECT value FROM secrets WHERE name = ?1")?.query_row([name], |row| row.get(0))
}

/// Writes a row and takes it back. Nothing is left for the commit to bring to the disk, so that asking often, which
/// anybody may do, costs the disk nothing. Only where the last write failed does it go as far as the disk, with more than a
/// response needs, to find out whether it would still.
pub(super) fn probe(db: &Connection, as_far_as_the_disk: bool) -> Result<()> {
    if as_far_as_the_disk {
        db.execute("INSERT INTO secrets (name, value) VALUES ('probe', zeroblob(65536))", [])?;
        db.execute("DELETE FROM secrets WHERE name = 'probe'", [])?;
        return Ok(());
    }
    db.prepare_cached("SAVEPOINT probe")?.execute([])?;
    db.prepare_cached("INSERT INTO secrets (name, value) VALUES ('probe', x'00')")?.execute([])?;
    db.prepare_cached("ROLLBACK TO probe")?.execute([])?;
    db.prepare_cached("RELEASE probe")?.execute([])?;
    Ok(())
}

fn record(row: &Row<'_>) -> Result<TokenRecord> {
    let (surveys, scope): (Option<String>, String) = (row.get(1)?, row.get(3)?);
    let surveys = surveys.map(|json| serde_json::from_str(&json)).transpose();
    Ok(TokenRecord {
        name: row.get(0)?,
        surveys: surveys.map_err(|error| Error::FromSqlConversionFailure(1, Type::Text, Box::new(error)))?,
        created: Minute(row.get(2)?),
        scope: Scope::named(&scope).ok_or(Error::InvalidColumnType(3, "scope".to_owned(), Type::Text))?,
        expires: row.get::<_, Option<i64>>(4)?.map(Minute),
    })
}
