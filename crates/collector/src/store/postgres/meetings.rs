//! SQL of meetings, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::{ByMode, Meetings, Minutes, MinutesDraft, Mode, Present, StoreError};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use matter::MatterNumber;

#[async_trait]
impl Meetings for Postgres {
    async fn check_in(&self, survey: &str, number: MatterNumber, mode: Mode) -> Result<(), StoreError> {
        Ok(check_in(&self.connections.writing().await?, survey, number, mode).await?)
    }

    async fn check_out(&self, survey: &str, number: MatterNumber) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(false);
        }
        Ok(check_out(&self.connections.writing().await?, survey, number).await?)
    }

    async fn attendance_of(
        &self,
        survey: &str,
        numbers: &[MatterNumber],
    ) -> Result<Vec<(MatterNumber, Mode)>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(attendance_of(&self.connections.reading().await?, survey, numbers).await?)
    }

    async fn present(&self, survey: &str) -> Result<Present, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Present::default());
        }
        Ok(present(&self.connections.reading().await?, survey).await?)
    }

    async fn count_walk_ins(
        &self,
        survey: &str,
        mode: Mode,
        (before, after): (u64, u64),
    ) -> Result<bool, StoreError> {
        Ok(walk_ins(&mut *self.connections.writing().await?, survey, mode, (before, after)).await?)
    }

    async fn minutes_draft(&self, survey: &str) -> Result<Option<MinutesDraft>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(None);
        }
        Ok(draft(&self.connections.reading().await?, survey).await?)
    }

    async fn keep_minutes_draft(&self, draft: MinutesDraft) -> Result<bool, StoreError> {
        Ok(keep(&self.connections.writing().await?, &draft).await?)
    }

    async fn publish_minutes(&self, minutes: Minutes) -> Result<bool, StoreError> {
        Ok(publish(&self.connections.writing().await?, &minutes).await?)
    }

    async fn minutes(&self, survey: &str) -> Result<Vec<Minutes>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(published(&self.connections.reading().await?, survey).await?)
    }
}

/// The columns of a number.
fn columns(number: MatterNumber) -> (i64, i64) {
    (number.year().into(), number.serial().into())
}

async fn check_in(
    client: &impl GenericClient,
    survey: &str,
    number: MatterNumber,
    mode: Mode,
) -> Result<(), Failure> {
    let insert = "INSERT INTO attendance (survey, year, serial, mode) VALUES ($1, $2, $3, $4)
         ON CONFLICT (survey, year, serial) DO UPDATE SET mode = excluded.mode";
    let (year, serial) = columns(number);
    client.execute(insert, &[&survey, &year, &serial, &mode.code()]).await?;
    Ok(())
}

async fn check_out(client: &impl GenericClient, survey: &str, number: MatterNumber) -> Result<bool, Failure> {
    let delete = "DELETE FROM attendance WHERE survey = $1 AND year = $2 AND serial = $3";
    let (year, serial) = columns(number);
    Ok(client.execute(delete, &[&survey, &year, &serial]).await? == 1)
}

async fn attendance_of(
    client: &impl GenericClient,
    survey: &str,
    numbers: &[MatterNumber],
) -> Result<Vec<(MatterNumber, Mode)>, Failure> {
    let select = "SELECT n.place, a.mode FROM unnest($2::BIGINT[], $3::BIGINT[]) WITH ORDINALITY AS n (year, serial, place)
         JOIN attendance a ON a.survey = $1 AND a.year = n.year AND a.serial = n.serial ORDER BY n.place";
    let (years, serials): (Vec<i64>, Vec<i64>) = numbers.iter().copied().map(columns).unzip();
    let mut there = Vec::new();
    for row in client.query(select, &[&survey, &years, &serials]).await? {
        let (place, mode): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let number = usize::try_from(place - 1).ok().and_then(|place| numbers.get(place));
        there.extend(number.copied().zip(Mode::of_code(mode)));
    }
    Ok(there)
}

async fn present(client: &impl GenericClient, survey: &str) -> Result<Present, Failure> {
    let registered = "SELECT mode, count(*) FROM attendance WHERE survey = $1 GROUP BY mode";
    let walked_in = "SELECT mode, people FROM walk_ins WHERE survey = $1";
    Ok(Present {
        registered: counted(client, registered, survey).await?,
        walked_in: counted(client, walked_in, survey).await?,
    })
}

async fn counted(client: &impl GenericClient, select: &str, survey: &str) -> Result<ByMode, Failure> {
    let rows = client.query(select, &[&survey]).await?;
    let counts = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    Ok(ByMode::counted(counts.collect::<Result<Vec<_>, tokio_postgres::Error>>()?))
}

async fn walk_ins(
    client: &mut ClientWrapper,
    survey: &str,
    mode: Mode,
    (before, after): (u64, u64),
) -> Result<bool, Failure> {
    let insert = "INSERT INTO walk_ins (survey, mode, people) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";
    let update = "UPDATE walk_ins SET people = $4 WHERE survey = $1 AND mode = $2 AND people = $3";
    let transaction = client.transaction().await?;
    transaction.execute(insert, &[&survey, &mode.code()]).await?;
    let changed =
        transaction.execute(update, &[&survey, &mode.code(), &count(before), &count(after)]).await?;
    transaction.commit().await?;
    Ok(changed == 1)
}

/// Nobody counts so many people that they could not be kept.
fn count(people: u64) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}

async fn draft(client: &impl GenericClient, survey: &str) -> Result<Option<MinutesDraft>, Failure> {
    let select = "SELECT revision, minute, who, said FROM minutes_drafts WHERE survey = $1";
    let Some(row) = client.query_opt(select, &[&survey]).await? else { return Ok(None) };
    let (revision, minute): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Some(MinutesDraft {
        survey: survey.to_owned(),
        revision: u32::try_from(revision).unwrap_or_default(),
        minute: Minute(minute),
        who: row.try_get(2)?,
        said: row.try_get(3)?,
    }))
}

async fn keep(client: &impl GenericClient, draft: &MinutesDraft) -> Result<bool, Failure> {
    let MinutesDraft { survey, revision, minute, who, said } = draft;
    let sql = match revision {
        1 => {
            "INSERT INTO minutes_drafts (survey, revision, minute, who, said) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING"
        }
        _ => {
            "UPDATE minutes_drafts SET revision = $2::BIGINT, minute = $3, who = $4, said = $5
             WHERE survey = $1 AND revision = $2::BIGINT - 1"
        }
    };
    Ok(client.execute(sql, &[survey, &i64::from(*revision), &minute.0, who, said]).await? == 1)
}

async fn publish(client: &impl GenericClient, minutes: &Minutes) -> Result<bool, Failure> {
    let insert = "INSERT INTO minutes (survey, number, minute, who, said) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING";
    let Minutes { survey, number, minute, who, said } = minutes;
    Ok(client.execute(insert, &[survey, &i64::from(*number), &minute.0, who, said]).await? == 1)
}

async fn published(client: &impl GenericClient, survey: &str) -> Result<Vec<Minutes>, Failure> {
    let select = "SELECT number, minute, who, said FROM minutes WHERE survey = $1 ORDER BY number DESC";
    let rows = client.query(select, &[&survey]).await?;
    let minutes = rows.iter().map(|row| {
        let (number, minute): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let number = u32::try_from(number).unwrap_or_default();
        let (survey, minute) = (survey.to_owned(), Minute(minute));
        Ok(Minutes { survey, number, minute, who: row.try_get(2)?, said: row.try_get(3)? })
    });
    Ok(minutes.collect::<Result<_, tokio_postgres::Error>>()?)
}
