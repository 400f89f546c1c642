//! The record of the last trials in browsers, `docs/accessibility/results.json`, as far as a statement tells of it:
//!
//! ```json
//! {"commit": "…", "date": "2026-11-23", "engines": ["Chromium 156"],
//!  "kinds": {"single": {"checks": 123, "violations": 0}}, "criteria": {"1.1.1": "pass"}}
//! ```

use serde::Deserialize;
use std::collections::BTreeMap;
use survey::calendar::Date;

/// What was tried. Of a record that cannot be read, nothing was.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// When.
    pub(super) date: Option<Date>,
    /// In which browsers.
    pub(super) engines: Vec<String>,
    kinds: BTreeMap<String, Trial>,
}

/// How it went with one kind of question.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) struct Trial {
    pub(super) checks: i64,
    pub(super) violations: i64,
}

#[derive(Deserialize)]
struct Record {
    date: Option<String>,
    #[serde(default)]
    engines: Vec<String>,
    #[serde(default)]
    kinds: BTreeMap<String, Trial>,
}

impl Results {
    /// Reads a record. One without a day, or without a browser, is none.
    pub(super) fn read(json: &str) -> Self {
        let Ok(Record { date, engines, kinds }) = serde_json::from_str(json) else { return Self::default() };
        // The time of day, if there is one, is nothing for a statement.
        let date = date.and_then(|date| Date::parse(date.get(..10)?));
        if date.is_none() || engines.is_empty() {
            return Self::default();
        }
        Self { date, engines, kinds }
    }

    /// The trial of a kind; `None` when nothing of it was tried.
    pub(super) fn of(&self, kind: &str) -> Option<&Trial> {
        self.kinds.get(kind).filter(|trial| trial.checks > 0)
    }
}
