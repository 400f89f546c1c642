//! The table as CSV for spreadsheets: UTF-8 with the mark by which Excel knows it, and no text that reads as a formula.

use super::catalogue::Catalogue;
use super::sheet::{Column, guard};
use anyhow::Result;
use csv::{Terminator, WriterBuilder};

/// The mark of UTF-8; without it Excel takes the file for one in the old encoding of the system.
pub(super) const MARK: &str = "\u{feff}";

pub(super) fn write(catalogue: &Catalogue, languages: &[String]) -> Result<Vec<u8>> {
    let columns = Column::all(catalogue.source(), languages);
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    writer.write_record(columns.iter().map(Column::heading))?;
    for row in &catalogue.rows {
        writer.write_record(columns.iter().map(|column| guard(&column.cell(catalogue, row))))?;
    }
    Ok(writer.into_inner()?)
}
