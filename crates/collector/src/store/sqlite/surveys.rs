//! SQL of surveys and their versions.

use crate::store::{Publication, Published, SurveyRecord};
use rusqlite::{Connection, OptionalExtension, Result, named_params};

pub(super) fn publish(db: &Connection, publication: &Publication) -> Result<Published> {
    let before = survey(db, &publication.survey)?;
    let version_is_new = insert_version(db, publication)?;
    let unchanged = SurveyRecord { open: true, version: publication.version.clone() };
    if before == Some(unchanged) {
        return Ok(Published::Unchanged);
    }
    db.prepare_cached(
        "INSERT INTO surveys (id, status, current_version) VALUES (:survey, 'open', :version)
         ON CONFLICT (id) DO UPDATE SET status = 'open', current_version = :version",
    )?
    .execute(named_params! { ":survey": publication.survey, ":version": publication.version })?;
    Ok(if version_is_new { Published::New } else { Published::Restored })
}

fn insert_version(db: &Connection, publication: &Publication) -> Result<bool> {
    let inserted = db
        .prepare_cached(
            "INSERT INTO versions (survey, version, definition, published_minute)
             VALUES (:survey, :version, :definition, :minute) ON CONFLICT (survey, version) DO NOTHING",
        )?
        .execute(named_params! {
            ":survey": publication.survey,
            ":version": publication.version,
            ":definition": publication.definition,
            ":minute": publication.minute.0,
        })?;
    Ok(inserted == 1)
}

pub(super) fn survey(db: &Connection, survey: &str) -> Result<Option<SurveyRecord>> {
    db.prepare_cached("SELECT status = 'open', current_version FROM surveys WHERE id = ?1")?
        .query_row([survey], |row| Ok(SurveyRecord { open: row.get(0)?, version: row.get(1)? }))
        .optional()
}

pub(super) fn definition(db: &Connection, survey: &str, version: &str) -> Result<Option<String>> {
    db.prepare_cached("SELECT definition FROM versions WHERE survey = ?1 AND version = ?2")?
        .query_row([survey, version], |row| row.get(0))
        .optional()
}

pub(super) fn versions(db: &Connection, survey: &str) -> Result<Vec<String>> {
    db.prepare_cached(
        "SELECT version FROM versions JOIN surveys ON surveys.id = versions.survey
         WHERE survey = ?1 ORDER BY version = current_version DESC, seq DESC",
    )?
    .query_map([survey], |row| row.get(0))?
    .collect()
}

pub(super) fn close(db: &Connection, survey: &str) -> Result<bool> {
    let changed =
        db.prepare_cached("UPDATE surveys SET status = 'closed' WHERE id = ?1")?.execute([survey])?;
    Ok(changed == 1)
}
