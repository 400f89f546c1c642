//! How far an export has come, for whoever waits at a terminal, and that it shall stop.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};

const SHOWN: &str = "{wide_bar} {pos}/{len} rows, {eta} left";

/// A bar on standard error, if that is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    cancelled: AtomicBool,
}

impl Progress {
    /// Of so many rows at most: which of the responses are chosen is not known before they are read. A quiet one shows
    /// nothing, whatever standard error is.
    pub(super) fn of(rows: u64, quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(rows) };
        // The words are ours; without them the bar is one of the library's.
        if let Ok(style) = ProgressStyle::with_template(SHOWN) {
            bar.set_style(style);
        }
        Self { bar, cancelled: AtomicBool::new(false) }
    }

    /// So many rows are written. It is an error once the export was cancelled.
    pub(super) fn tell(&self, rows: u64) -> io::Result<()> {
        self.bar.set_position(rows);
        let cancelled = self.cancelled.load(Ordering::Relaxed);
        if cancelled { Err(io::Error::new(ErrorKind::Interrupted, "it was cancelled")) } else { Ok(()) }
    }

    /// Stops the export after the rows that are being written.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
