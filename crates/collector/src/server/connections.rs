//! How many connections there may be, by what the system allows, and counts of them.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Connections at the same time, unless the settings say otherwise. An idle one takes some ten kilobytes.
pub const MOST: usize = 8192;

/// Files that the program needs besides connections: the database, its readers, media, the widget.
const OTHER_FILES: u64 = 256;

/// A limit on connections, and counts that others may read.
#[derive(Clone, Debug)]
pub struct Connections {
    /// How many there may be at the same time.
    pub(super) most: usize,
    /// How many there are.
    pub open: Gauge,
    /// How many were closed while they did nothing, because others needed the room.
    pub made_room: Counter,
    /// How many found no room.
    pub turned_away: Counter,
}

impl Connections {
    /// At most so many at the same time.
    #[must_use]
    pub fn at_most(most: usize) -> Self {
        Self { most, open: Gauge::default(), made_room: Counter::default(), turned_away: Counter::default() }
    }

    /// As many as are wished for, or fewer when the system does not let the program have so many files. The limit that
    /// the system would raise on request is raised.
    #[must_use]
    pub fn allowed(wished: usize) -> Self {
        let files = files_after_raising();
        let room = files.saturating_sub(OTHER_FILES).max(files / 2);
        let most = usize::try_from(room).unwrap_or(usize::MAX).min(wished).max(1);
        if most < wished {
            tracing::warn!(most, wished, "fewer connections than wished for: the limit of open files is low");
        }
        Self::at_most(most)
    }
}

impl Default for Connections {
    fn default() -> Self {
        Self::at_most(MOST)
    }
}

/// How many files the program may have open, after asking for as many as it may ask for.
fn files_after_raising() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    // A system that refuses leaves the limit as it was.
    setrlimit(Resource::Nofile, raised).unwrap_or_default();
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_connections_as_wished_for_or_as_there_is_room_for() {
        assert_eq!(Connections::allowed(3).most, 3);
        let most = u64::try_from(Connections::allowed(usize::MAX).most).unwrap();
        assert!(most < getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX));
    }
}
