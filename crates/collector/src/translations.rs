//! The texts of a definition as a table for translators, and back.
//!
//! [`catalogue`] lists what there is, [`sheet`] is the table that goes out and comes back, [`xlsx`] and [`csv`] write
//! it, [`reading`] reads whatever a translator's program made of it, [`merge`] decides cell by cell what is taken over,
//! and [`rewrite`] puts that into the file and leaves all else in it as it was.

pub(crate) mod catalogue;
mod csv;
pub(crate) mod merge;
pub(crate) mod reading;
pub(crate) mod rewrite;
pub(crate) mod sheet;
mod xlsx;

use anyhow::{Result, bail};
use catalogue::Catalogue;
use std::path::Path;

/// The table for a file of this name, in these languages.
///
/// # Errors
/// The name ends in neither `.xlsx` nor `.csv`, or a text does not fit into a cell.
pub(crate) fn write(catalogue: &Catalogue, languages: &[String], file: &Path) -> Result<Vec<u8>> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "xlsx" => xlsx::write(catalogue, languages),
        "csv" => csv::write(catalogue, languages),
        _ => bail!("{} must end in .xlsx or .csv, which says what to write", file.display()),
    }
}
