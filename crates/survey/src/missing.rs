//! Why a value is not there. Missing is never one thing: the reasons stay apart in every export.

use serde::Serialize;

/// A reason for a missing value, with the code that stands for it in every column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// −1: the question was not in the version that was answered.
    NotAsked,
    /// −2: routed past, because a condition did not hold.
    NotApplicable,
    /// −3: the citizen left before it.
    NotReached,
    /// −4: seen and left blank.
    Blank,
    /// −5: "I do not know".
    DoNotKnow,
    /// −6: "I prefer not to say".
    PreferNotToSay,
    /// −7: technically invalid.
    Invalid,
    /// −8: masked for privacy: what was typed here was deleted when its time was over.
    Masked,
}

impl Missing {
    /// Every reason, from −1 to −8.
    pub const ALL: [Self; 8] = [
        Self::NotAsked,
        Self::NotApplicable,
        Self::NotReached,
        Self::Blank,
        Self::DoNotKnow,
        Self::PreferNotToSay,
        Self::Invalid,
        Self::Masked,
    ];

    /// Codes below zero that an author may give to an option; the other reasons are for the collector to say.
    pub const FOR_OPTIONS: [i64; 3] = [-2, -5, -6];

    /// The code in columns, −1 to −8.
    #[must_use]
    pub fn code(self) -> i64 {
        -(self as i64) - 1
    }

    /// The reason that `code` stands for.
    #[must_use]
    pub fn of_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|missing| missing.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_run_from_minus_one_to_minus_eight_and_back() {
        let codes: Vec<i64> = Missing::ALL.iter().map(|missing| missing.code()).collect();
        assert_eq!(codes, [-1, -2, -3, -4, -5, -6, -7, -8]);
        assert_eq!(Missing::of_code(-5), Some(Missing::DoNotKnow));
        assert_eq!(Missing::of_code(96), None);
    }
}
