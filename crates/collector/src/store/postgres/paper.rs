//! SQL of paper sheets. A change names how many entries its clerk saw, so that of two at the same moment one is told.

use super::failure::Failure;
use super::writer::batch::{Door, keep_within};
use crate::store::{Batch, Checking, Kept, NewResponse, Settled, SheetEntry, SheetName, SheetRecord};
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

pub(super) async fn open_batch(
    client: &impl GenericClient,
    survey: &str,
    batch: &Batch,
) -> Result<Batch, Failure> {
    let open = "INSERT INTO paper_batches (survey, batch, version, checking) VALUES ($1, $2, $3, $4)
         ON CONFLICT (survey, batch) DO NOTHING";
    client.execute(open, &[&survey, &batch.name, &batch.version, &batch.checking.name()]).await?;
    let opened = "SELECT batch, version, checking FROM paper_batches WHERE survey = $1 AND batch = $2";
    self::batch(&client.query_one(opened, &[&survey, &batch.name]).await?)
}

pub(super) async fn batches(client: &impl GenericClient, survey: &str) -> Result<Vec<Batch>, Failure> {
    let batches = "SELECT batch, version, checking FROM paper_batches WHERE survey = $1 ORDER BY batch";
    client.query(batches, &[&survey]).await?.iter().map(batch).collect()
}

fn batch(row: &Row) -> Result<Batch, Failure> {
    let checking = Checking::named(row.try_get(2)?).ok_or(Failure::Unknown("checking"))?;
    Ok(Batch { name: row.try_get(0)?, version: row.try_get(1)?, checking })
}

pub(super) async fn sheets(
    client: &impl GenericClient,
    survey: &str,
    batch: &str,
) -> Result<Vec<SheetRecord>, Failure> {
    let sheets = "SELECT sheet, kept, compared, differing FROM paper_sheets
         WHERE survey = $1 AND batch = $2 AND (entries > 0 OR kept > 0) ORDER BY sheet";
    let sheets = client.query(sheets, &[&survey, &batch]).await?;
    let mut sheets: Vec<SheetRecord> = sheets.iter().map(sheet).collect::<Result<_, _>>()?;
    let entries = "SELECT sheet, entered_by, entry FROM paper_entries
         WHERE survey = $1 AND batch = $2 AND live = 1 ORDER BY sheet, seq";
    for row in client.query(entries, &[&survey, &batch]).await? {
        let number: i64 = row.try_get(0)?;
        if let Ok(place) = sheets.binary_search_by_key(&number, |sheet| sheet.number) {
            sheets[place].entries.push(SheetEntry { by: row.try_get(1)?, entry: row.try_get(2)? });
        }
    }
    Ok(sheets)
}

fn sheet(row: &Row) -> Result<SheetRecord, Failure> {
    let (kept, compared, differing): (i64, i64, i64) = (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
    let settled = Settled {
        entries: u8::try_from(kept).unwrap_or_default(),
        compared: u32::try_from(compared).unwrap_or_default(),
        differing: u32::try_from(differing).unwrap_or_default(),
    };
    let settled = (settled.entries > 0).then_some(settled);
    Ok(SheetRecord { number: row.try_get(0)?, entries: Vec::new(), settled })
}

pub(super) async fn enter(
    client: &mut ClientWrapper,
    sheet: &SheetName,
    before: usize,
    entry: &SheetEntry,
) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    make(&transaction, sheet).await?;
    let SheetName { survey, batch, number } = sheet;
    let counted = "UPDATE paper_sheets SET entries = entries + 1
         WHERE survey = $1 AND batch = $2 AND sheet = $3 AND entries = $4 AND kept = 0";
    if transaction.execute(counted, &[survey, batch, number, &count(before)]).await? == 0 {
        return Ok(false);
    }
    let insert = "INSERT INTO paper_entries (survey, batch, sheet, live, entered_by, entry)
         VALUES ($1, $2, $3, 1, $4, $5)";
    transaction.execute(insert, &[survey, batch, number, &entry.by, &entry.entry]).await?;
    transaction.commit().await?;
    Ok(true)
}

/// A sheet with nothing on it, unless there is one.
async fn make(client: &impl GenericClient, sheet: &SheetName) -> Result<(), Failure> {
    let make = "INSERT INTO paper_sheets (survey, batch, sheet, entries, kept, compared, differing)
         VALUES ($1, $2, $3, 0, 0, 0, 0) ON CONFLICT (survey, batch, sheet) DO NOTHING";
    client.execute(make, &[&sheet.survey, &sheet.batch, &sheet.number]).await?;
    Ok(())
}

/// Keeps what a sheet says. Where that is not kept, nothing of the transaction stays.
pub(super) async fn keep(
    client: &mut ClientWrapper,
    sheet: &SheetName,
    before: usize,
    settled: Settled,
    response: &NewResponse,
) -> Result<Option<Kept>, Failure> {
    let transaction = client.transaction().await?;
    make(&transaction, sheet).await?;
    if !claim(&transaction, sheet, before, settled).await? {
        return Ok(None);
    }
    let kept = keep_within(&transaction, &[response], Door::Open).await?;
    let kept = kept.first().copied();
    if matches!(kept, Some(Kept::New | Kept::Again)) {
        overwrite(&transaction, sheet).await?;
        transaction.commit().await?;
    }
    Ok(kept)
}

/// Says of a sheet that it is kept, if it is as the clerk saw it.
async fn claim(
    client: &impl GenericClient,
    sheet: &SheetName,
    before: usize,
    settled: Settled,
) -> Result<bool, Failure> {
    let claim = "UPDATE paper_sheets SET kept = $5, compared = $6, differing = $7
         WHERE survey = $1 AND batch = $2 AND sheet = $3 AND entries = $4 AND kept = 0";
    let (kept, compared, differing) =
        (i64::from(settled.entries), i64::from(settled.compared), i64::from(settled.differing));
    let SheetName { survey, batch, number } = sheet;
    let claimed =
        client.execute(claim, &[survey, batch, number, &count(before), &kept, &compared, &differing]).await?;
    Ok(claimed == 1)
}

pub(super) async fn discard(client: &mut ClientWrapper, sheet: &SheetName) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    let discard = "UPDATE paper_sheets SET entries = 0
         WHERE survey = $1 AND batch = $2 AND sheet = $3 AND entries > 0 AND kept = 0";
    let discarded = transaction.execute(discard, &[&sheet.survey, &sheet.batch, &sheet.number]).await?;
    if discarded == 1 {
        overwrite(&transaction, sheet).await?;
    }
    transaction.commit().await?;
    Ok(discarded == 1)
}

/// What stands in the rows afterwards is the same in every engine.
async fn overwrite(client: &impl GenericClient, sheet: &SheetName) -> Result<(), Failure> {
    let overwrite = "UPDATE paper_entries SET live = 0, entry = repeat(' ', octet_length(entry))
         WHERE survey = $1 AND batch = $2 AND sheet = $3 AND live = 1";
    client.execute(overwrite, &[&sheet.survey, &sheet.batch, &sheet.number]).await?;
    Ok(())
}

fn count(entries: usize) -> i64 {
    i64::try_from(entries).unwrap_or(i64::MAX)
}
