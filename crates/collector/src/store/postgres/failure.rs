//! What can go wrong with a database, told in the words of the trait.

use super::url::DatabaseUrl;
use crate::refusal::log_failure;
use crate::store::StoreError;
use deadpool_postgres::PoolError;
use std::fmt;
use std::sync::Arc;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

/// Why a store in a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// The connection string cannot be read.
    #[error("the URL of the database is not right: it is like postgres://USER:PASSWORD@HOST/DATABASE")]
    Url {
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The certificates of this machine cannot be read.
    #[error("the certificates of this machine, by which databases are trusted, cannot be used")]
    Certificates {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// No host answers, or none takes writes.
    #[error("cannot use {0}")]
    Unreachable(DatabaseUrl, #[source] Failure),
    /// It would not keep what it has acknowledged, or is too old.
    #[error("{0} {1}")]
    Unfit(DatabaseUrl, &'static str),
    /// There is nothing of Qulaq in it.
    #[error("there is nothing of Qulaq in {0}: name the database of the collector with --database-url")]
    Nothing(DatabaseUrl),
    /// A newer collector has changed the tables.
    #[error("{0} was changed by a newer qulaq: use that one, or go back to a backup")]
    Newer(DatabaseUrl),
}

/// Why the database did not do something.
#[derive(Debug)]
pub enum Failure {
    /// There was no connection, or it broke.
    Connection(Error),
    /// There was none in time, or none could be set up.
    Pool(String),
    /// The database refused it.
    Refused(Refused),
    /// What was read is not what was written.
    Unreadable(serde_json::Error),
    /// A column holds a word that is none of those it may hold.
    Unknown(&'static str),
    /// Another collector was quicker; it may be tried again.
    Raced,
    /// A response is to a version that was never published.
    Unpublished,
}

/// What a database says of a refusal, without the values that it quotes: they may be somebody's words.
#[derive(Debug)]
pub struct Refused {
    code: SqlState,
    table: Option<String>,
    constraint: Option<String>,
}

impl Failure {
    /// Whether the same may succeed a moment later, with another connection or when others have ended.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Connection(_) | Self::Pool(_) | Self::Raced => true,
            Self::Refused(refused) => refused.is_passing(),
            Self::Unreadable(_) | Self::Unknown(_) | Self::Unpublished => false,
        }
    }
}

impl Refused {
    /// What ends by itself: locks, and what is of the server.
    fn is_passing(&self) -> bool {
        let passing = [
            SqlState::LOCK_NOT_AVAILABLE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::QUERY_CANCELED,
            SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        ];
        passing.contains(&self.code) || self.is_of_server()
    }

    /// Shutdowns, and a host that has become a standby or takes no writes.
    fn is_of_server(&self) -> bool {
        let of_server = [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::TOO_MANY_CONNECTIONS,
            SqlState::READ_ONLY_SQL_TRANSACTION,
        ];
        of_server.contains(&self.code)
    }

    fn is_out_of_room(&self) -> bool {
        self.code == SqlState::DISK_FULL
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.as_db_error() {
            Some(refused) => Self::Refused(refused.into()),
            None => Self::Connection(error),
        }
    }
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::PostCreateHook(deadpool_postgres::HookError::Backend(error)) => error.into(),
            other => Self::Pool(other.to_string()),
        }
    }
}

impl From<&DbError> for Refused {
    fn from(error: &DbError) -> Self {
        Self {
            code: error.code().clone(),
            table: error.table().map(str::to_owned),
            constraint: error.constraint().map(str::to_owned),
        }
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match &failure {
            Failure::Connection(_) | Failure::Pool(_) => Self::Unavailable(Arc::new(failure)),
            Failure::Refused(refused) if refused.is_out_of_room() => Self::Full(Arc::new(failure)),
            Failure::Refused(refused) if refused.is_of_server() => Self::Unavailable(Arc::new(failure)),
            failure if failure.is_passing() => {
                log_failure("the database is busy", failure);
                Self::Busy
            }
            _ => Self::engine(failure),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(_) => f.write_str("no connection to the database"),
            Self::Pool(why) => write!(f, "no connection to the database: {why}"),
            Self::Refused(refused) => refused.fmt(f),
            Self::Unreadable(_) => f.write_str("a row cannot be read"),
            Self::Unknown(column) => write!(f, "a row cannot be read: its {column} is none that there is"),
            Self::Raced => f.write_str("another collector was quicker, again and again"),
            Self::Unpublished => f.write_str("a response is to a version that was never published"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connection(error) => Some(error),
            Self::Unreadable(error) => Some(error),
            Self::Pool(_) | Self::Refused(_) | Self::Unknown(_) | Self::Raced | Self::Unpublished => None,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database refused it with SQLSTATE {}", self.code.code())?;
        if let Some(table) = &self.table {
            write!(f, ", table {table}")?;
        }
        if let Some(constraint) = &self.constraint {
            write!(f, ", constraint {constraint}")?;
        }
        Ok(())
    }
}
