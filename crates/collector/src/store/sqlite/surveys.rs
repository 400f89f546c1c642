//! SQL of surveys and their versions.

use super::outcomes;
use crate::clock::Minute;
use crate::store::{Medium, Publication, Published, SurveyRecord};
use crate::times::Times;
use rusqlite::{Connection, OptionalExtension, Result, named_params};

pub(super) fn publish(db: &Connection, publication: &Publication) -> Result<Published> {
    if outcomes::archived(db, &publication.survey)?.is_some() {
        return Ok(Published::Archived);
    }
    let before = survey(db, &publication.survey)?;
    let version_is_new = insert_version(db, publication)?;
    let (version, times) = (publication.version.clone(), publication.times);
    if before == Some(SurveyRecord { open: true, times, version }) {
        return Ok(Published::Unchanged);
    }
    db.prepare_cached(
        "INSERT INTO surveys (id, status, current_version, opens_minute, closes_minute)
         VALUES (:survey, 'open', :version, :opens, :closes)
         ON CONFLICT (id) DO UPDATE SET
             status = 'open', current_version = :version, opens_minute = :opens, closes_minute = :closes",
    )?
    .execute(named_params! {
        ":survey": publication.survey,
        ":version": publication.version,
        ":opens": times.opens.map(|minute| minute.0),
        ":closes": times.closes.map(|minute| minute.0),
    })?;
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
    for medium in &publication.media {
        insert_medium(db, publication, medium)?;
    }
    Ok(inserted == 1)
}

/// The content is part of what names the version, so that what is there already is the same.
fn insert_medium(db: &Connection, publication: &Publication, medium: &Medium) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO media (survey, version, path, content, content_type)
         VALUES (:survey, :version, :path, :content, :content_type) ON CONFLICT DO NOTHING",
    )?
    .execute(named_params! {
        ":survey": publication.survey,
        ":version": publication.version,
        ":path": medium.path,
        ":content": medium.content,
        ":content_type": medium.content_type,
    })?;
    Ok(())
}

pub(super) fn medium(db: &Connection, survey: &str, version: &str, path: &str) -> Result<Option<Medium>> {
    db.prepare_cached(
        "SELECT path, content, content_type FROM media WHERE survey = ?1 AND version = ?2 AND path = ?3",
    )?
    .query_row([survey, version, path], |row| {
        Ok(Medium { path: row.get(0)?, content: row.get(1)?, content_type: row.get(2)? })
    })
    .optional()
}

pub(super) fn survey(db: &Connection, survey: &str) -> Result<Option<SurveyRecord>> {
    db.prepare_cached(
        "SELECT status = 'open', current_version, opens_minute, closes_minute FROM surveys WHERE id = ?1",
    )?
    .query_row([survey], |row| {
        let minute = |column| row.get::<_, Option<i64>>(column).map(|minute| minute.map(Minute));
        let times = Times { opens: minute(2)?, closes: minute(3)? };
        Ok(SurveyRecord { open: row.get(0)?, version: row.get(1)?, times })
    })
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
