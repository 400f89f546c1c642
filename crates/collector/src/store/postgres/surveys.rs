//! SQL of surveys and their versions.

use super::failure::Failure;
use super::outcomes;
use crate::clock::Minute;
use crate::store::{Medium, Publication, Published, SurveyRecord};
use crate::times::Times;
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

pub(super) async fn publish(
    client: &mut ClientWrapper,
    publication: &Publication,
) -> Result<Published, Failure> {
    let transaction = client.transaction().await?;
    // Whoever publishes or keeps responses at the same moment waits, or is waited for.
    transaction
        .execute("SELECT 1 FROM surveys WHERE id = $1 FOR NO KEY UPDATE", &[&publication.survey])
        .await?;
    if outcomes::archived(&transaction, &publication.survey).await?.is_some() {
        return Ok(Published::Archived);
    }
    let before = survey(&transaction, &publication.survey).await?;
    let version_is_new = insert_version(&transaction, publication).await?;
    let (version, times) = (publication.version.clone(), publication.times);
    let unchanged = before == Some(SurveyRecord { open: true, times, version });
    if !unchanged {
        make_current(&transaction, publication).await?;
    }
    transaction.commit().await?;
    Ok(match (unchanged, version_is_new) {
        (true, _) => Published::Unchanged,
        (false, true) => Published::New,
        (false, false) => Published::Restored,
    })
}

async fn make_current(client: &impl GenericClient, publication: &Publication) -> Result<(), Failure> {
    let Times { opens, closes } = publication.times;
    client
        .execute(
            "INSERT INTO surveys (id, status, current_version, opens_minute, closes_minute)
             VALUES ($1, 'open', $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET
                 status = 'open', current_version = $2, opens_minute = $3, closes_minute = $4",
            &[
                &publication.survey,
                &publication.version,
                &opens.map(|minute| minute.0),
                &closes.map(|minute| minute.0),
            ],
        )
        .await?;
    Ok(())
}

async fn insert_version(client: &impl GenericClient, publication: &Publication) -> Result<bool, Failure> {
    let Publication { survey, version, definition, minute, media, .. } = publication;
    let inserted = client
        .execute(
            "INSERT INTO versions (survey, version, definition, published_minute)
             VALUES ($1, $2, $3, $4) ON CONFLICT (survey, version) DO NOTHING",
            &[survey, version, definition, &minute.0],
        )
        .await?;
    // The content is part of what names the version, so that what is there already is the same.
    for Medium { path, content, content_type } in media {
        client
            .execute(
                "INSERT INTO media (survey, version, path, content, content_type)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                &[survey, version, path, content, content_type],
            )
            .await?;
    }
    Ok(inserted == 1)
}

pub(super) async fn medium(
    client: &impl GenericClient,
    survey: &str,
    version: &str,
    path: &str,
) -> Result<Option<Medium>, Failure> {
    let medium =
        "SELECT path, content, content_type FROM media WHERE survey = $1 AND version = $2 AND path = $3";
    let medium = client.prepare_cached(medium).await?;
    let Some(row) = client.query_opt(&medium, &[&survey, &version, &path]).await? else { return Ok(None) };
    Ok(Some(Medium { path: row.try_get(0)?, content: row.try_get(1)?, content_type: row.try_get(2)? }))
}

pub(super) async fn survey(
    client: &impl GenericClient,
    survey: &str,
) -> Result<Option<SurveyRecord>, Failure> {
    let record =
        "SELECT status = 'open', current_version, opens_minute, closes_minute FROM surveys WHERE id = $1";
    let row = client.query_opt(&client.prepare_cached(record).await?, &[&survey]).await?;
    Ok(row.as_ref().map(|row| record_at(row, 0)).transpose()?)
}

/// The record in four columns of a row, from this one on.
pub(super) fn record_at(row: &Row, column: usize) -> Result<SurveyRecord, tokio_postgres::Error> {
    let minute = |column| row.try_get::<_, Option<i64>>(column).map(|minute| minute.map(Minute));
    let times = Times { opens: minute(column + 2)?, closes: minute(column + 3)? };
    Ok(SurveyRecord { open: row.try_get(column)?, version: row.try_get(column + 1)?, times })
}

pub(super) async fn definition(
    client: &impl GenericClient,
    survey: &str,
    version: &str,
) -> Result<Option<String>, Failure> {
    let definition = "SELECT definition FROM versions WHERE survey = $1 AND version = $2";
    let row = client.query_opt(&client.prepare_cached(definition).await?, &[&survey, &version]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

pub(super) async fn versions(client: &impl GenericClient, survey: &str) -> Result<Vec<String>, Failure> {
    let rows = client
        .query(
            "SELECT version FROM versions JOIN surveys ON surveys.id = versions.survey
             WHERE survey = $1 ORDER BY version = current_version DESC, seq DESC",
            &[&survey],
        )
        .await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

pub(super) async fn close(client: &impl GenericClient, survey: &str) -> Result<bool, Failure> {
    Ok(client.execute("UPDATE surveys SET status = 'closed' WHERE id = $1", &[&survey]).await? == 1)
}
