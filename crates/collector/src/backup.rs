//! Backups: everything in a store in one file, which every engine can take over.
//!
//! The file is a ZIP archive. `NAME.jsonl` has the rows of one table of [`TABLES`](crate::store::tables::TABLES), a JSON
//! object a line under the names of the columns, with bytes in hexadecimal. `media/HASH` is a file of a survey. The last
//! entry, `manifest.json`, says of each other one how many bytes and lines it has and which SHA-256, so that a file that
//! was cut off or altered is noticed before anything is taken from it.

mod read;
mod row;
mod write;

use serde::{Deserialize, Serialize};

pub(crate) use read::{Archive, manifest};
pub(crate) use write::write;

/// What there is in a backup.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// 1; another is for another program.
    pub(crate) format: u32,
    /// The version of the program that made it.
    pub(crate) program: String,
    /// The version of the tables.
    pub(crate) schema: usize,
    /// When it was made: minutes since 1970.
    pub(crate) minute: i64,
    /// From when on it holds what a survey has promised to delete, so that it is to be deleted then; nothing where no survey
    /// has promised anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) keep_until: Option<i64>,
    /// The other entries.
    pub(crate) entries: Vec<Entry>,
}

/// An entry of the archive.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: String,
    /// Its bytes, unpacked.
    pub(crate) bytes: u64,
    /// Its lines, where it is a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rows: Option<u64>,
    /// The SHA-256 of the unpacked bytes, in hexadecimal.
    pub(crate) sha256: String,
}

/// The format that is written and read here.
const FORMAT: u32 = 1;

const MANIFEST: &str = "manifest.json";
const TABLE_ENDING: &str = ".jsonl";
const MEDIA: &str = "media/";

impl Manifest {
    /// How many rows of a table are in it.
    pub(crate) fn rows(&self, table: &str) -> u64 {
        let entry = self.entries.iter().find(|entry| entry.name.strip_suffix(TABLE_ENDING) == Some(table));
        entry.and_then(|entry| entry.rows).unwrap_or_default()
    }

    /// How many files of surveys are in it.
    pub(crate) fn media(&self) -> usize {
        self.entries.iter().filter(|entry| entry.name.starts_with(MEDIA)).count()
    }
}
