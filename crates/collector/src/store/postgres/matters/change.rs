//! SQL of changing a matter.

use super::one;
use crate::store::matters::shown_code;
use crate::store::postgres::failure::Failure;
use crate::store::postgres::responses::LOCK_SURVEYS;
use crate::store::{Changed, Matter, MatterEvent};
use deadpool_postgres::{ClientWrapper, GenericClient};
use survey::calendar::Date;

pub(super) async fn change(
    client: &mut ClientWrapper,
    after: &Matter,
    event: &MatterEvent,
) -> Result<Changed, Failure> {
    let transaction = client.transaction().await?;
    // The sums that the change touches are touched by whoever opens and ends matters, under this lock.
    transaction.query(LOCK_SURVEYS, &[&vec![after.survey.as_str()]]).await?;
    let changed = update(&transaction, after).await?;
    if changed {
        note(&transaction, after, event).await?;
    }
    let now = one(&transaction, &after.survey, after.number).await?;
    transaction.commit().await?;
    Ok(match now {
        None => Changed::Unknown,
        Some(now) if changed => Changed::Done(now),
        Some(now) => Changed::Stale(now),
    })
}

async fn update(client: &impl GenericClient, after: &Matter) -> Result<bool, Failure> {
    let update = "UPDATE matters SET state = $1, subject = $2, body = $3, responsible = $4, registered = $5,
             due = $6, control = $7, shown = $8, same_year = $9, same_serial = $10, revision = revision + 1
         WHERE survey = $11 AND year = $12 AND serial = $13 AND revision = $14 AND state <> 'withdrawn'";
    let changed = client
        .execute(
            &client.prepare_cached(update).await?,
            &[
                &after.state.name(),
                &after.subject,
                &after.body,
                &after.responsible,
                &after.registered.map(Date::to_text),
                &after.due.map(Date::to_text),
                &i64::from(after.control),
                &shown_code(after.shown),
                &after.same_as.map(|same| i64::from(same.year())),
                &after.same_as.map(|same| i64::from(same.serial())),
                &after.survey,
                &i64::from(after.number.year()),
                &i64::from(after.number.serial()),
                &revision(after),
            ],
        )
        .await?;
    Ok(changed == 1)
}

async fn note(client: &impl GenericClient, after: &Matter, event: &MatterEvent) -> Result<(), Failure> {
    let note = "INSERT INTO matter_events (survey, year, serial, revision, minute, who, what, said, public)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    client
        .execute(
            &client.prepare_cached(note).await?,
            &[
                &after.survey,
                &i64::from(after.number.year()),
                &i64::from(after.number.serial()),
                &(revision(after) + 1),
                &event.minute.0,
                &event.who,
                &event.what,
                &event.said,
                &i64::from(event.public),
            ],
        )
        .await?;
    Ok(())
}

/// The number of changes; nobody makes so many that it could not be kept.
fn revision(matter: &Matter) -> i64 {
    i64::try_from(matter.revision).unwrap_or(i64::MAX - 1)
}
