//! The clock: the only place that reads the time of day. Everything else is handed a [`Clock`].

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Minutes since 1970-01-01T00:00Z. No finer time is kept beside an answer, so that nobody can match it with a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(pub i64);

impl Minute {
    /// The minute that a second since 1970 lies in.
    #[must_use]
    pub fn of_second(second: i64) -> Self {
        Self(second.div_euclid(60))
    }
}

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Minute + Send + Sync>;

/// The clock of the machine.
#[must_use]
pub fn system() -> Clock {
    Arc::new(|| Minute(minutes_now()))
}

/// A clock set before 1970 reads as 1970: a wrong time must not refuse an answer.
#[expect(clippy::disallowed_methods, reason = "this is the clock that the lint sends everybody to")]
fn minutes_now() -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds / 60).unwrap_or(i64::MAX)
}
