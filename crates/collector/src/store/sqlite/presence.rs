//! Whether the database is still where it was opened.
//!
//! A file that was deleted or moved away can be written to as long as it is open: every commit would succeed, and all of
//! it would be gone with the process. So nothing is acknowledged unless the path still leads to the file that is written.

use rusqlite::{Connection, Error, Result, ffi};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where the file of a connection was when it was opened, and which it was.
#[derive(Debug)]
pub(super) struct Presence {
    /// `None` for a database in memory, which is nowhere.
    file: Option<(PathBuf, Identity)>,
}

/// Tells a file from another under the same path, where the system has numbers for them.
type Identity = Option<(u64, u64)>;

impl Presence {
    pub(super) fn of(db: &Connection) -> io::Result<Self> {
        let path = db.path().filter(|path| !path.is_empty()).map(PathBuf::from);
        let file = path.map(|path| identity(&path).map(|identity| (path, identity))).transpose()?;
        Ok(Self { file })
    }

    /// An error of SQLite's own for it when the file is not there any more, or is another one.
    pub(super) fn check(&self) -> Result<()> {
        match &self.file {
            Some((path, opened)) if !identity(path).is_ok_and(|found| found == *opened) => {
                let moved = ffi::Error::new(ffi::SQLITE_READONLY_DBMOVED);
                Err(Error::SqliteFailure(moved, Some("the database was moved or deleted".to_owned())))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|file| Some((file.dev(), file.ino())))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    fs::metadata(path).map(|_| None)
}
