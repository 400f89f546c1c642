//! What officials decide about a comment, as it stands in the history of its matter.

use crate::clock::Minute;
use crate::store::MatterEvent;
use matter::State;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The word by which the history of a matter knows a decision.
pub(crate) const DECIDED: &str = "decision";

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The draft becomes as the comment asks.
    Accepted,
    /// It does in part.
    Partly,
    /// It does not.
    Rejected,
}

/// A decision about a comment, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) verdict: Verdict,
    /// Why, by language.
    pub(crate) reason: BTreeMap<String, String>,
    /// The anchor of the paragraph that is another for it, where that is not the one that the comment is about.
    pub(crate) changed: Option<String>,
    /// How many comments that say the same were decided with it, itself among them.
    pub(crate) alike: usize,
    /// The number of the comment that stands for all of them.
    pub(crate) first: String,
}

impl Verdict {
    /// Every verdict.
    pub(crate) const ALL: [Self; 3] = [Self::Accepted, Self::Partly, Self::Rejected];

    /// How it is written, and the end of the key of its words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "partly",
            Self::Rejected => "rejected",
        }
    }

    /// The verdict that is written like this.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// The state of a comment about which it was decided so.
    pub(crate) fn state(self) -> State {
        match self {
            Self::Accepted => State::Accepted,
            Self::Partly => State::Partly,
            Self::Rejected => State::Rejected,
        }
    }

    /// Whether citizens must be told why.
    pub(crate) fn needs_reason(self) -> bool {
        self != Self::Accepted
    }
}

impl Decision {
    /// As it is written into the history.
    pub(crate) fn said(&self) -> String {
        let Self { verdict, reason, changed, alike, first } = self;
        json!({
            "decision": verdict.name(),
            "reason": reason,
            "changed": changed,
            "alike": alike,
            "first": first,
        })
        .to_string()
    }

    /// The last decision of a history, and when it was made.
    pub(crate) fn last_of(events: &[MatterEvent]) -> Option<(Self, Minute)> {
        let event = events.iter().rev().find(|event| event.what == DECIDED)?;
        Some((Self::read(&event.said)?, event.minute))
    }

    fn read(said: &str) -> Option<Self> {
        let said: Value = serde_json::from_str(said).ok()?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let reason = said["reason"].as_object().into_iter().flatten();
        Some(Self {
            verdict: Verdict::named(said["decision"].as_str()?)?,
            reason: reason.filter_map(|(lang, words)| Some((lang.clone(), text(words)?))).collect(),
            changed: text(&said["changed"]),
            alike: said["alike"].as_u64().and_then(|alike| usize::try_from(alike).ok()).unwrap_or(1),
            first: text(&said["first"]).unwrap_or_default(),
        })
    }

    /// Why, in a language, or else in the first that there is.
    pub(crate) fn reason_in(&self, lang: &str) -> &str {
        self.reason.get(lang).or_else(|| self.reason.values().next()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_comes_back_out_of_the_history_as_it_went_in() {
        let decision = Decision {
            verdict: Verdict::Partly,
            reason: [("kk".to_owned(), "Себебі \"бар\"".to_owned())].into(),
            changed: Some("p-aaaaaa".to_owned()),
            alike: 12,
            first: "2026-17-4".to_owned(),
        };
        assert_eq!(Decision::read(&decision.said()), Some(decision.clone()));
        assert_eq!(decision.reason_in("ru"), "Себебі \"бар\"", "rather in another language than not at all");
        assert_eq!(Decision::read("{\"text\": \"\"}"), None, "what was overwritten is no decision");
    }
}
