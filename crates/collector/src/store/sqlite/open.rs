//! Files and connections: the directory, the database in it, and how each connection is set up.

use crate::store::Opening;
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why a store in a directory could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum SqliteError {
    /// There is nothing to open.
    #[error("there is no database in {0}: name the directory of the collector with --data")]
    Nothing(PathBuf),
    /// The directory or the file cannot be made or read.
    #[error("cannot use {path}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// SQLite cannot open the file or bring it up to date.
    #[error("cannot open the database {path}")]
    Database {
        /// Which.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// A newer collector has changed the tables.
    #[error("the database {path} was changed by a newer qulaq: use that one, or go back to a backup")]
    Newer {
        /// Which.
        path: PathBuf,
    },
    /// The system gives no thread.
    #[error("cannot start the thread that writes")]
    Thread {
        /// Why.
        source: io::Error,
    },
}

const DATABASE: &str = "qulaq.db";
const LOCK: &str = "qulaq.lock";

/// How long a connection waits for another process. The commands write for milliseconds.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Statements that a connection keeps ready; there are fewer in all.
const STATEMENTS: usize = 64;

/// KiB of pages that the connection that writes keeps in memory: what it looks up is all over the index of receipts.
const CACHE: i64 = 16 * 1024;

/// Pages of the log after which it is brought into the database, 16 MiB: a page that changed often is then written once.
const LOG: i64 = 4096;

/// A database file that nobody else is setting up.
pub(super) struct Prepared {
    /// Its path.
    pub(super) database: PathBuf,
    /// Held until the tables are up to date: SQLite does not let two processes turn a new file to WAL at the same
    /// moment. The lock goes when the file is closed, however the process ends.
    _lock: File,
}

/// Makes sure of the database file and of being the only one who sets it up.
pub(super) fn prepare(directory: &Path, opening: Opening) -> Result<Prepared, SqliteError> {
    let database = directory.join(DATABASE);
    if opening == Opening::Existing && !database.exists() {
        return Err(SqliteError::Nothing(directory.to_owned()));
    }
    create_directory(directory).map_err(|source| file_error(directory, source))?;
    let lock = directory.join(LOCK);
    let locked = private_file(&lock).and_then(|file| file.lock().map(|()| file));
    let locked = locked.map_err(|source| file_error(&lock, source))?;
    private_file(&database).map_err(|source| file_error(&database, source))?;
    Ok(Prepared { database, _lock: locked })
}

/// The connection that writes. `synchronous = FULL` makes a commit wait for the disk; `secure_delete` overwrites what is
/// deleted, and the places that something was moved away from when a table grew.
pub(super) fn for_writing(database: &Path) -> Result<Connection, SqliteError> {
    connect(database, OpenFlags::SQLITE_OPEN_READ_WRITE, |db| {
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.pragma_update(None, "cache_size", -CACHE)?;
        db.pragma_update(None, "wal_autocheckpoint", LOG)?;
        db.pragma_update(None, "secure_delete", true)
    })
    .map_err(|source| SqliteError::Database { path: database.to_owned(), source })
}

/// A connection that can only read.
pub(super) fn for_reading(database: &Path) -> rusqlite::Result<Connection> {
    connect(database, OpenFlags::SQLITE_OPEN_READ_ONLY, |_| Ok(()))
}

fn connect(
    database: &Path,
    access: OpenFlags,
    set_up: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<Connection> {
    // Each connection is used by one thread at a time, so SQLite need not lock it.
    let db = Connection::open_with_flags(database, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    set_up(&db)?;
    Ok(db)
}

fn file_error(path: &Path, source: io::Error) -> SqliteError {
    SqliteError::File { path: path.to_owned(), source }
}

fn create_directory(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    if let Some(parent) = directory.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(directory) {
        // Another process was quicker.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        created => created,
    }
}

/// Opens a file, made for its owner alone if it is not there. SQLite gives the files beside a database the permissions
/// of the database.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
