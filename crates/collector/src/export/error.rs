//! Why an export was not begun or broke off.

use super::OptionError;
use crate::edition::Unreadable;
use crate::store::{Position, StoreError};
use std::io;

/// Why an export broke off.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    #[error(transparent)]
    Option(#[from] OptionError),
    #[error("the responses cannot be read")]
    Store(#[source] StoreError),
    #[error("version {version} of the survey cannot be read")]
    Definition { version: String, source: Unreadable },
    #[error("the response at position {} does not fit version {version}, which it answers", position.0)]
    Response { position: Position, version: String },
    #[error("the time zone cannot be read")]
    TimeZone(#[source] jiff::Error),
    #[error("the export cannot be written")]
    Write(#[source] io::Error),
}
