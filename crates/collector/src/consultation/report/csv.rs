//! The points of a report as a table that spreadsheets open: UTF-8 with a mark at its beginning, and nothing a formula.

use super::Report;
use anyhow::Result;

/// Signs with which a formula begins.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The table.
///
/// # Errors
/// When it cannot be put together, for which there is no reason but memory.
pub(crate) fn csv(report: &Report) -> Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(Report::heads(&report.words()))?;
    for point in &report.points {
        writer.write_record(report.cells(point).iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}
