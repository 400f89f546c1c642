//! SQL of paper sheets. A change names how many entries its clerk saw, so that of two at the same moment one is told.
//!
//! Entries are answers: like responses, they are overwritten where they stand.

use super::connection::Remembering;
use super::responses;
use crate::store::{Batch, Checking, Kept, NewResponse, Settled, SheetEntry, SheetName, SheetRecord};
use rusqlite::types::Type;
use rusqlite::{Connection, Error, Result, Row, named_params};

pub(super) fn open_batch(db: &Connection, survey: &str, batch: &Batch) -> Result<Batch> {
    db.prepare_cached(
        "INSERT INTO paper_batches (survey, batch, version, checking)
         VALUES (:survey, :batch, :version, :checking) ON CONFLICT (survey, batch) DO NOTHING",
    )?
    .execute(named_params! {
        ":survey": survey,
        ":batch": batch.name,
        ":version": batch.version,
        ":checking": batch.checking.name(),
    })?;
    db.prepare_cached("SELECT batch, version, checking FROM paper_batches WHERE survey = ?1 AND batch = ?2")?
        .query_row([survey, &batch.name], self::batch)
}

pub(super) fn batches(db: &Connection, survey: &str) -> Result<Vec<Batch>> {
    db.prepare_cached("SELECT batch, version, checking FROM paper_batches WHERE survey = ?1 ORDER BY batch")?
        .query_map([survey], batch)?
        .collect()
}

fn batch(row: &Row<'_>) -> Result<Batch> {
    let checking: String = row.get(2)?;
    let checking = Checking::named(&checking);
    Ok(Batch {
        name: row.get(0)?,
        version: row.get(1)?,
        checking: checking.ok_or(Error::InvalidColumnType(2, "checking".to_owned(), Type::Text))?,
    })
}

pub(super) fn sheets(db: &Connection, survey: &str, batch: &str) -> Result<Vec<SheetRecord>> {
    let mut sheets: Vec<SheetRecord> = db
        .prepare_cached(
            "SELECT sheet, kept, compared, differing FROM paper_sheets
             WHERE survey = ?1 AND batch = ?2 AND (entries > 0 OR kept > 0) ORDER BY sheet",
        )?
        .query_map([survey, batch], |row| {
            let settled = Settled { entries: row.get(1)?, compared: row.get(2)?, differing: row.get(3)? };
            let settled = (settled.entries > 0).then_some(settled);
            Ok(SheetRecord { number: row.get(0)?, entries: Vec::new(), settled })
        })?
        .collect::<Result<_>>()?;
    let mut statement = db.prepare_cached(
        "SELECT sheet, entered_by, entry FROM paper_entries
         WHERE survey = ?1 AND batch = ?2 AND live = 1 ORDER BY sheet, seq",
    )?;
    let mut rows = statement.query([survey, batch])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        if let Ok(place) = sheets.binary_search_by_key(&number, |sheet| sheet.number) {
            sheets[place].entries.push(SheetEntry { by: row.get(1)?, entry: row.get(2)? });
        }
    }
    Ok(sheets)
}

pub(super) fn enter(db: &Connection, sheet: &SheetName, before: usize, entry: &SheetEntry) -> Result<bool> {
    make(db, sheet)?;
    let counted = db
        .prepare_cached(
            "UPDATE paper_sheets SET entries = entries + 1
             WHERE survey = :survey AND batch = :batch AND sheet = :sheet AND entries = :before AND kept = 0",
        )?
        .execute(named_params! {
            ":survey": sheet.survey,
            ":batch": sheet.batch,
            ":sheet": sheet.number,
            ":before": before,
        })?;
    if counted == 0 {
        return Ok(false);
    }
    db.prepare_cached(
        "INSERT INTO paper_entries (survey, batch, sheet, live, entered_by, entry)
         VALUES (:survey, :batch, :sheet, 1, :by, :entry)",
    )?
    .execute(named_params! {
        ":survey": sheet.survey,
        ":batch": sheet.batch,
        ":sheet": sheet.number,
        ":by": entry.by,
        ":entry": entry.entry,
    })?;
    Ok(true)
}

/// A sheet with nothing on it, unless there is one.
fn make(db: &Connection, sheet: &SheetName) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO paper_sheets (survey, batch, sheet, entries, kept, compared, differing)
         VALUES (:survey, :batch, :sheet, 0, 0, 0, 0) ON CONFLICT (survey, batch, sheet) DO NOTHING",
    )?
    .execute(named_params! {":survey": sheet.survey, ":batch": sheet.batch, ":sheet": sheet.number})?;
    Ok(())
}

pub(super) fn keep(
    db: &Remembering,
    sheet: &SheetName,
    before: usize,
    settled: Settled,
    response: &NewResponse,
) -> Result<Option<Kept>> {
    make(db, sheet)?;
    if !claim(db, sheet, before, settled)? {
        return Ok(None);
    }
    let kept = responses::keep_late(db, response)?;
    if matches!(kept, Kept::New | Kept::Again) {
        overwrite(db, sheet)?;
    } else {
        give_up(db, sheet)?;
    }
    Ok(Some(kept))
}

/// Says of a sheet that it is kept, if it is as the clerk saw it.
fn claim(db: &Connection, sheet: &SheetName, before: usize, settled: Settled) -> Result<bool> {
    let claimed = db
        .prepare_cached(
            "UPDATE paper_sheets SET kept = :kept, compared = :compared, differing = :differing
             WHERE survey = :survey AND batch = :batch AND sheet = :sheet AND entries = :before AND kept = 0",
        )?
        .execute(named_params! {
            ":kept": settled.entries,
            ":compared": settled.compared,
            ":differing": settled.differing,
            ":survey": sheet.survey,
            ":batch": sheet.batch,
            ":sheet": sheet.number,
            ":before": before,
        })?;
    Ok(claimed == 1)
}

/// The response was not kept after all, so the sheet is not.
fn give_up(db: &Connection, sheet: &SheetName) -> Result<()> {
    db.prepare_cached(
        "UPDATE paper_sheets SET kept = 0, compared = 0, differing = 0
         WHERE survey = :survey AND batch = :batch AND sheet = :sheet",
    )?
    .execute(named_params! {":survey": sheet.survey, ":batch": sheet.batch, ":sheet": sheet.number})?;
    Ok(())
}

pub(super) fn discard(db: &Connection, sheet: &SheetName) -> Result<bool> {
    let discarded = db
        .prepare_cached(
            "UPDATE paper_sheets SET entries = 0
             WHERE survey = :survey AND batch = :batch AND sheet = :sheet AND entries > 0 AND kept = 0",
        )?
        .execute(named_params! {":survey": sheet.survey, ":batch": sheet.batch, ":sheet": sheet.number})?;
    if discarded == 1 {
        overwrite(db, sheet)?;
    }
    Ok(discarded == 1)
}

/// As many spaces as there were bytes, so that SQLite writes them over the answers.
fn overwrite(db: &Connection, sheet: &SheetName) -> Result<()> {
    db.prepare_cached(
        "UPDATE paper_entries SET live = 0, entry = printf('%*s', octet_length(entry), '')
         WHERE survey = :survey AND batch = :batch AND sheet = :sheet AND live = 1",
    )?
    .execute(named_params! {":survey": sheet.survey, ":batch": sheet.batch, ":sheet": sheet.number})?;
    Ok(())
}
