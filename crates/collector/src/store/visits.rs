//! How many visits there were: sums by day, language and channel, and nothing of any one visit.

use super::StoreError;
use async_trait::async_trait;

/// What is counted of what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counted {
    /// The survey.
    pub survey: String,
    /// The day in Kazakhstan: `2026-11-23`.
    pub day: String,
    /// The language of the form.
    pub lang: String,
    /// The channel.
    pub channel: String,
    /// `opened`, `started`, `completed`, or the page that was come to: `page:2`.
    pub what: String,
}

/// What the collector asks of a store about visits.
#[async_trait]
pub trait Visits: Send + Sync {
    /// Adds to the sums, all or none; collectors on one store add up.
    async fn add_visits(&self, sums: Vec<(Counted, u64)>) -> Result<(), StoreError>;

    /// The sums of a survey, in order.
    async fn visits(&self, survey: &str) -> Result<Vec<(Counted, u64)>, StoreError>;
}
