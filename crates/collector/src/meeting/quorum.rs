//! Whether enough people are there for a meeting to decide.

use crate::mechanism::meeting::Meeting;
use crate::store::Present;

/// How many have to be there, and how many are. Who takes part online is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quorum {
    /// How many have to be there.
    pub(crate) needed: u64,
    /// How many are.
    pub(crate) present: u64,
}

impl Quorum {
    /// As the definition asks; `None` where it asks for none. Where it asks for a share and for a number, both have to be
    /// reached.
    pub(crate) fn of(meeting: &Meeting, present: &Present) -> Option<Self> {
        let needed = needed(meeting.eligible.zip(meeting.quorum), meeting.at_least)?;
        Some(Self { needed, present: present.total() })
    }

    /// How many are missing.
    pub(crate) fn missing(self) -> u64 {
        self.needed.saturating_sub(self.present)
    }

    /// Whether it is reached.
    pub(crate) fn is_reached(self) -> bool {
        self.missing() == 0
    }
}

/// The share of all rounded up to whole people, or the number, whichever is more.
fn needed(share: Option<(u64, u64)>, at_least: Option<u64>) -> Option<u64> {
    let share = share.map(|(eligible, percent)| (eligible * percent).div_ceil(100));
    share.into_iter().chain(at_least).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_person_more_is_a_whole_one() {
        assert_eq!(needed(Some((96, 50)), None), Some(48));
        assert_eq!(needed(Some((97, 50)), None), Some(49));
        assert_eq!(needed(Some((3, 67)), None), Some(3));
        assert_eq!(needed(Some((1, 1)), None), Some(1));
        assert_eq!(needed(None, Some(20)), Some(20));
        assert_eq!(needed(Some((10, 50)), Some(20)), Some(20));
        assert_eq!(needed(None, None), None, "nobody asks for any");
    }

    #[test]
    fn what_is_missing_is_what_there_is_not_of_what_is_needed() {
        let quorum = |present| Quorum { needed: 48, present };
        assert_eq!((quorum(0).missing(), quorum(47).missing(), quorum(48).missing()), (48, 1, 0));
        assert!(quorum(60).is_reached() && !quorum(47).is_reached());
    }
}
