//! SQL of meetings, and the store's trait of them.

use super::Sqlite;
use crate::clock::Minute;
use crate::store::{ByMode, Meetings, Minutes, MinutesDraft, Mode, Present, StoreError};
use async_trait::async_trait;
use matter::MatterNumber;
use rusqlite::{Connection, OptionalExtension, Result, params};

#[async_trait]
impl Meetings for Sqlite {
    async fn check_in(
        &self,
        survey: &str,
        number: MatterNumber,
        mode: Mode,
    ) -> std::result::Result<(), StoreError> {
        let survey = survey.to_owned();
        self.writer.write(move |db| check_in(db, &survey, number, mode)).await
    }

    async fn check_out(&self, survey: &str, number: MatterNumber) -> std::result::Result<bool, StoreError> {
        let survey = survey.to_owned();
        self.writer.write(move |db| check_out(db, &survey, number)).await
    }

    async fn attendance_of(
        &self,
        survey: &str,
        numbers: &[MatterNumber],
    ) -> std::result::Result<Vec<(MatterNumber, Mode)>, StoreError> {
        let (survey, numbers) = (survey.to_owned(), numbers.to_vec());
        self.readers.read(move |db| attendance_of(db, &survey, &numbers)).await
    }

    async fn present(&self, survey: &str) -> std::result::Result<Present, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| present(db, &survey)).await
    }

    async fn count_walk_ins(
        &self,
        survey: &str,
        mode: Mode,
        (before, after): (u64, u64),
    ) -> std::result::Result<bool, StoreError> {
        let survey = survey.to_owned();
        self.writer.write(move |db| walk_ins(db, &survey, mode, (before, after))).await
    }

    async fn minutes_draft(&self, survey: &str) -> std::result::Result<Option<MinutesDraft>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| draft(db, &survey)).await
    }

    async fn keep_minutes_draft(&self, draft: MinutesDraft) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| keep(db, &draft)).await
    }

    async fn publish_minutes(&self, minutes: Minutes) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| publish(db, &minutes)).await
    }

    async fn minutes(&self, survey: &str) -> std::result::Result<Vec<Minutes>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| published(db, &survey)).await
    }
}

fn check_in(db: &Connection, survey: &str, number: MatterNumber, mode: Mode) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO attendance (survey, year, serial, mode) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (survey, year, serial) DO UPDATE SET mode = excluded.mode",
    )?
    .execute(params![survey, number.year(), number.serial(), mode.code()])?;
    Ok(())
}

fn check_out(db: &Connection, survey: &str, number: MatterNumber) -> Result<bool> {
    let gone = db
        .prepare_cached("DELETE FROM attendance WHERE survey = ?1 AND year = ?2 AND serial = ?3")?
        .execute(params![survey, number.year(), number.serial()])?;
    Ok(gone == 1)
}

fn attendance_of(
    db: &Connection,
    survey: &str,
    numbers: &[MatterNumber],
) -> Result<Vec<(MatterNumber, Mode)>> {
    let mut select =
        db.prepare_cached("SELECT mode FROM attendance WHERE survey = ?1 AND year = ?2 AND serial = ?3")?;
    let mut there = Vec::new();
    for number in numbers {
        let at = params![survey, number.year(), number.serial()];
        let mode: Option<i64> = select.query_row(at, |row| row.get(0)).optional()?;
        there.extend(mode.and_then(Mode::of_code).map(|mode| (*number, mode)));
    }
    Ok(there)
}

fn present(db: &Connection, survey: &str) -> Result<Present> {
    let counted = |select: &str| -> Result<ByMode> {
        let mut select = db.prepare_cached(select)?;
        let counts = select.query_map([survey], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(ByMode::counted(counts.collect::<Result<Vec<_>>>()?))
    };
    Ok(Present {
        registered: counted("SELECT mode, count(*) FROM attendance WHERE survey = ?1 GROUP BY mode")?,
        walked_in: counted("SELECT mode, people FROM walk_ins WHERE survey = ?1")?,
    })
}

fn walk_ins(db: &Connection, survey: &str, mode: Mode, (before, after): (u64, u64)) -> Result<bool> {
    let (before, after) = (count(before), count(after));
    db.prepare_cached(
        "INSERT INTO walk_ins (survey, mode, people) VALUES (?1, ?2, 0) ON CONFLICT DO NOTHING",
    )?
    .execute(params![survey, mode.code()])?;
    let changed = db
        .prepare_cached("UPDATE walk_ins SET people = ?4 WHERE survey = ?1 AND mode = ?2 AND people = ?3")?
        .execute(params![survey, mode.code(), before, after])?;
    Ok(changed == 1)
}

/// Nobody counts so many people that they could not be kept.
fn count(people: u64) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}

fn draft(db: &Connection, survey: &str) -> Result<Option<MinutesDraft>> {
    db.prepare_cached("SELECT revision, minute, who, said FROM minutes_drafts WHERE survey = ?1")?
        .query_row([survey], |row| {
            let (survey, minute) = (survey.to_owned(), Minute(row.get(1)?));
            Ok(MinutesDraft { survey, revision: row.get(0)?, minute, who: row.get(2)?, said: row.get(3)? })
        })
        .optional()
}

fn keep(db: &Connection, draft: &MinutesDraft) -> Result<bool> {
    let MinutesDraft { survey, revision, minute, who, said } = draft;
    let sql = match revision {
        1 => {
            "INSERT INTO minutes_drafts (survey, revision, minute, who, said) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING"
        }
        _ => {
            "UPDATE minutes_drafts SET revision = ?2, minute = ?3, who = ?4, said = ?5
             WHERE survey = ?1 AND revision = ?2 - 1"
        }
    };
    let kept = db.prepare_cached(sql)?.execute(params![survey, revision, minute.0, who, said])?;
    Ok(kept == 1)
}

fn publish(db: &Connection, minutes: &Minutes) -> Result<bool> {
    let Minutes { survey, number, minute, who, said } = minutes;
    let published = db
        .prepare_cached(
            "INSERT INTO minutes (survey, number, minute, who, said) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![survey, number, minute.0, who, said])?;
    Ok(published == 1)
}

fn published(db: &Connection, survey: &str) -> Result<Vec<Minutes>> {
    db.prepare_cached("SELECT number, minute, who, said FROM minutes WHERE survey = ?1 ORDER BY number DESC")?
        .query_map([survey], |row| {
            let (survey, minute) = (survey.to_owned(), Minute(row.get(1)?));
            Ok(Minutes { survey, number: row.get(0)?, minute, who: row.get(2)?, said: row.get(3)? })
        })?
        .collect()
}
