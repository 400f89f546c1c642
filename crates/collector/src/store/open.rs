//! Which engine it is: a directory is SQLite, a URL is PostgreSQL.

use super::{DatabaseUrl, Postgres, PostgresError, Sqlite, SqliteError, Store};
use std::path::PathBuf;
use std::sync::Arc;

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a directory of this machine.
    Directory(PathBuf),
    /// In a PostgreSQL database.
    Database(DatabaseUrl),
}

/// Whether a store may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Makes what is not there: the directory and the database in it, readable by their owner alone, or the tables.
    OrCreate,
    /// Only opens what is there: a mistyped place is an error, not an empty store.
    Existing,
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The one in a directory.
    #[error(transparent)]
    Sqlite(SqliteError),
    /// The one in a PostgreSQL database.
    #[error(transparent)]
    Postgres(PostgresError),
}

/// Opens a store and brings its tables up to date.
///
/// # Errors
/// When it cannot be reached or used, or a newer collector has changed it.
pub async fn open(location: &Location, opening: Opening) -> Result<Arc<dyn Store>, OpenError> {
    Ok(match location {
        Location::Directory(directory) => {
            Arc::new(Sqlite::open(directory, opening).map_err(OpenError::Sqlite)?)
        }
        Location::Database(url) => Arc::new(Postgres::open(url, opening).await.map_err(OpenError::Postgres)?),
    })
}

impl OpenError {
    /// Whether there is no store at that place.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Sqlite(SqliteError::Nothing(_)) | Self::Postgres(PostgresError::Nothing(_)))
    }
}
