//! The rows of a file as text, whatever kind of file it is. What it is shows in its first bytes, not in its name.

use anyhow::{Context, Result, bail};
use calamine::{Data, Reader, open_workbook_auto_from_rs};
use std::io::Cursor;

/// One sheet: its rows, each with its cells.
pub(super) type Sheet = Vec<Vec<String>>;

/// The sheets of a workbook (.xlsx, .xls), or the one of a text file (.csv).
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if is_workbook { workbook(bytes) } else { Ok(vec![text(bytes)?]) }
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let mut workbook =
        open_workbook_auto_from_rs(Cursor::new(bytes)).context("it cannot be read as a workbook")?;
    let sheets = workbook.worksheets().into_iter().map(|(_, range)| {
        // A range begins at its first cell that is not empty; lines are counted as the program shows them.
        let above = range.start().map_or(0, |(row, _)| row);
        let empty = (0..above).map(|_| Vec::new());
        empty.chain(range.rows().map(|row| row.iter().map(cell).collect())).collect()
    });
    Ok(sheets.collect())
}

fn cell(cell: &Data) -> String {
    match cell {
        Data::Error(_) => String::new(),
        cell => cell.to_string(),
    }
}

fn text(bytes: &[u8]) -> Result<Sheet> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = str::from_utf8(bytes) else {
        bail!(
            "it is text in another encoding than UTF-8: save it as \u{ab}CSV UTF-8\u{bb}, or give the workbook"
        );
    };
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = [b';', b'\t', b','].into_iter().find(|delimiter| head.contains(char::from(*delimiter)));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::new();
    for record in reader.records() {
        let record = record.context("it cannot be read as CSV")?;
        // The reader passes over empty lines, which people count.
        let line = record.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or_default());
        sheet.resize(sheet.len().max(line.saturating_sub(1)), Vec::new());
        sheet.push(record.iter().map(str::to_owned).collect());
    }
    Ok(sheet)
}
