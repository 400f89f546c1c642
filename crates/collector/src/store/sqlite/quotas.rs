//! SQL of quotas: how many responses are kept of each group, counted in the transaction that keeps them.

use crate::store::NewResponse;
use rusqlite::{Connection, OptionalExtension, Result, named_params};

/// The first of the response's groups that has as many as are heard.
pub(super) fn full(db: &Connection, response: &NewResponse) -> Result<Option<usize>> {
    for (index, quota) in response.quotas.iter().enumerate() {
        let kept: Option<u64> = db
            .prepare_cached("SELECT kept FROM quotas WHERE survey = ?1 AND quota = ?2")?
            .query_row([&response.survey, &quota.name], |row| row.get(0))
            .optional()?;
        if kept.unwrap_or_default() >= quota.limit {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Counts the response that was inserted at a position.
pub(super) fn count(db: &Connection, seq: i64, response: &NewResponse) -> Result<()> {
    if response.quotas.is_empty() {
        return Ok(());
    }
    for quota in &response.quotas {
        db.prepare_cached(
            "INSERT INTO quotas (survey, quota, kept) VALUES (?1, ?2, 1)
             ON CONFLICT (survey, quota) DO UPDATE SET kept = kept + 1",
        )?
        .execute([&response.survey, &quota.name])?;
    }
    let names: Vec<&str> = response.quotas.iter().map(|quota| quota.name.as_str()).collect();
    db.prepare_cached("INSERT INTO quota_members (seq, quotas) VALUES (:seq, :quotas)")?
        .execute(named_params! { ":seq": seq, ":quotas": serde_json::json!(names).to_string() })?;
    Ok(())
}

/// Gives back the places of a response, and overwrites which they were with as many bytes.
pub(super) fn give_back(db: &Connection, seq: i64) -> Result<()> {
    db.prepare_cached(
        "UPDATE quotas SET kept = kept - 1 WHERE survey = (SELECT survey FROM responses WHERE seq = ?1) AND quota IN
             (SELECT value FROM quota_members, json_each(quota_members.quotas) WHERE seq = ?1)",
    )?
    .execute([seq])?;
    db.prepare_cached(
        "UPDATE quota_members SET quotas = printf('%*s', octet_length(quotas), '') WHERE seq = ?1",
    )?
    .execute([seq])?;
    Ok(())
}

pub(super) fn all(db: &Connection, survey: &str) -> Result<Vec<(String, u64)>> {
    db.prepare_cached("SELECT quota, kept FROM quotas WHERE survey = ?1 AND kept > 0 ORDER BY quota")?
        .query_map([survey], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
