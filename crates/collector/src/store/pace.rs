//! How fast a store writes, for whoever watches it.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};

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
