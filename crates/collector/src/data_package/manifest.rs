//! The manifest: what was downloaded, and how to know that all of it arrived.

use crate::codebook::Codebook;
use crate::export::Export;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is in a package.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest<'a> {
    /// 1; another is for another reader.
    format: u32,
    /// The program that made it, and its version.
    program: &'static str,
    program_version: &'static str,
    /// The id of the survey.
    survey: &'a str,
    /// Its versions, the current one first.
    versions: Vec<&'a str>,
    /// What of the table was asked for; nothing is all of it.
    options: BTreeMap<&'static str, String>,
    /// Rows of the table.
    responses: u64,
    /// Columns of the table.
    columns: usize,
    /// The first and the last day on which a response arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<[&'a str; 2]>,
    /// The other files.
    files: &'a [Entry],
}

/// A file of a package.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    /// Its path in the archive.
    pub(super) name: String,
    /// Its bytes, unpacked.
    pub(super) bytes: u64,
    /// The SHA-256 of these, in hexadecimal.
    pub(super) sha256: String,
    /// Its rows, where it is a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<u64>,
    /// Cells before which a mark was put, so that no program takes their text for a formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) guarded: Option<u64>,
}

impl<'a> Manifest<'a> {
    pub(super) fn of(codebook: &'a Codebook, export: &Export, files: &'a [Entry]) -> Self {
        let figures = codebook.figures.as_ref();
        let days = figures.and_then(|figures| figures.days.as_ref());
        Self {
            format: 1,
            program: "qulaq",
            program_version: env!("CARGO_PKG_VERSION"),
            survey: &codebook.survey.id,
            versions: codebook.versions.iter().map(|version| version.name.as_str()).collect(),
            options: export.options().told().into_iter().collect(),
            responses: figures.map_or(0, |figures| figures.responses),
            columns: codebook.variables.len(),
            days: days.map(|(first, last)| [first.as_str(), last.as_str()]),
            files,
        }
    }
}
