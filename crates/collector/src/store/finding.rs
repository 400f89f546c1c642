//! What looking at a store has found.

use crate::clock::Minute;
use serde::Serialize;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: a short name that stays the same.
    pub check: &'static str,
    /// Whether anything must be done.
    pub verdict: Verdict,
    /// What was found.
    pub found: String,
    /// What to do, where anything is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// Whether anything must be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing.
    Good,
    /// Something, soon.
    Warning,
    /// Something, now: answers are in danger, or cannot be kept.
    Fault,
}

/// Minutes by which a response may lie ahead: a clock that was set back a little is nothing to worry about.
const AHEAD: i64 = 2;

impl Finding {
    /// The clock, by the minute of the last responses.
    pub(super) fn of_clock(latest: Option<Minute>, now: Minute) -> Self {
        let ahead = latest.map_or(0, |latest| latest.0 - now.0);
        if now.0 <= 0 {
            Self::fault("clock", "is not set", "set the clock of this machine, by NTP")
        } else if ahead > AHEAD {
            Self::warning(
                "clock",
                format!("a response was kept {ahead} minutes later than it is now"),
                "set the clock of this machine by NTP: opening and closing times go by it",
            )
        } else {
            Self::good("clock", "no response is from later than now")
        }
    }

    /// The files of surveys: those that are named and not there, and those that are there and not named.
    pub(super) fn of_media(missing: &[String], unused: &[String], kept_as: &str) -> Self {
        if !missing.is_empty() {
            let names = missing.join(", ");
            return Self::fault(
                "media",
                format!("{} files of surveys are missing: {names}", missing.len()),
                "publish the definitions that name them again, with the files beside them, or restore a backup",
            );
        }
        if unused.is_empty() {
            return Self::good("media", "every file of every survey is there");
        }
        Self::warning(
            "media",
            format!("no survey names {} of the files: {}", unused.len(), unused.join(", ")),
            format!("they do no harm; these {kept_as} may be deleted while nothing is being published"),
        )
    }

    /// All is well.
    pub fn good(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Good, found: found.into(), advice: None }
    }

    /// Something is to be done soon.
    pub fn warning(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Warning, found: found.into(), advice: Some(advice.into()) }
    }

    /// Something is to be done now.
    pub fn fault(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Fault, found: found.into(), advice: Some(advice.into()) }
    }
}
