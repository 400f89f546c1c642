//! The write-ahead log. It keeps what was written until the database has it and the place is needed again; words that
//! were taken back must not wait in it for that.

use super::open::BUSY_TIMEOUT;
use crate::refusal::log_failure;
use rusqlite::Connection;
use std::time::Duration;

/// How long others are waited for when words were taken back. Readers read for milliseconds; meanwhile nobody writes.
const PATIENCE: Duration = Duration::from_millis(250);

/// What the writer knows of the log.
#[derive(Debug)]
pub(super) struct Log {
    /// Whether words that were taken back may still be in it.
    to_be_emptied: bool,
}

impl Log {
    /// A log of which nothing is known: whoever wrote it may have been stopped before it could be emptied.
    pub(super) fn unknown() -> Self {
        Self { to_be_emptied: true }
    }

    /// Whether it must be tried again to empty it.
    pub(super) fn is_to_be_emptied(&self) -> bool {
        self.to_be_emptied
    }

    /// Empties the log because words were taken back. Somebody who reads an earlier state can hold that up for longer
    /// than writing may wait; then it is tried again, and said.
    pub(super) fn empty(&mut self, db: &Connection) {
        let patience = if self.to_be_emptied { Duration::ZERO } else { PATIENCE };
        self.to_be_emptied = !emptied_within(db, patience);
        if self.to_be_emptied {
            tracing::warn!("what was taken back stays in the log while an earlier state is being read");
        }
    }

    /// Tries again what could not be done before, without waiting for anybody.
    pub(super) fn try_again(&mut self, db: &Connection) {
        if self.to_be_emptied {
            self.to_be_emptied = !emptied_within(db, Duration::ZERO);
        }
    }
}

fn emptied_within(db: &Connection, patience: Duration) -> bool {
    truncate(db, patience).unwrap_or_else(|error| {
        log_failure("the log of the database cannot be emptied", &error);
        false
    })
}

/// Brings all of the log into the database and cuts it to nothing; `false` when somebody else is at either.
fn truncate(db: &Connection, patience: Duration) -> rusqlite::Result<bool> {
    db.busy_timeout(patience)?;
    let busy: rusqlite::Result<bool> = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    db.busy_timeout(BUSY_TIMEOUT)?;
    Ok(!busy?)
}
