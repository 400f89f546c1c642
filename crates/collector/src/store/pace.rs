//! How fast a store writes, for whoever watches it.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use std::time::Duration;

/// Measures of a store's writing. A clone is the same measures.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Writes that wait, or are being written.
    pub queue: Gauge,
    /// Writes that found no room.
    pub refused: Counter,
    /// Writes in one transaction.
    pub writes: Histogram,
    /// Seconds that a transaction took, its commit included.
    pub seconds: Histogram,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            queue: Gauge::default(),
            refused: Counter::default(),
            writes: Histogram::new(exponential_buckets(1.0, 2.0, 12)),
            seconds: Histogram::new(exponential_buckets(0.0005, 2.0, 15)),
        }
    }
}

impl Pace {
    /// Measures a transaction of so many writes, whatever became of it.
    pub(super) fn observe(&self, writes: usize, took: Duration) {
        self.seconds.observe(took.as_secs_f64());
        self.writes.observe(writes as f64);
    }

    /// So many writes wait no longer. To be called before they are answered.
    pub(super) fn leave(&self, writes: usize) {
        self.queue.dec_by(i64::try_from(writes).unwrap_or(i64::MAX));
    }
}
