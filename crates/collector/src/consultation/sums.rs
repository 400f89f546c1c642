//! How much was said about each paragraph, out of the sums that the store keeps up with every comment: nobody who looks has
//! a comment read for it.

use super::{AGREES, DISAGREES, ORGANISATION};
use crate::refusal::Refusal;
use crate::store::{MatterCount, Store};
use matter::{Shown, State};
use std::collections::HashMap;

/// How much was said in a consultation.
#[derive(Debug, Default)]
pub(crate) struct Sums(HashMap<String, Sum>);

/// How much was said about a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    /// How many agree and how many do not.
    pub(crate) agree: u64,
    /// See `agree`.
    pub(crate) disagree: u64,
    /// How many spoke for themselves, and how many for an organisation.
    pub(crate) persons: u64,
    /// See `persons`.
    pub(crate) organisations: u64,
    /// How many comments everybody may read.
    pub(crate) shown: u64,
}

impl Sums {
    /// As they are now.
    pub(crate) async fn of(store: &dyn Store, survey: &str) -> Result<Self, Refusal> {
        Ok(Self::of_counts(store.matter_counts(survey).await.map_err(Refusal::of_store)?))
    }

    fn of_counts(counts: Vec<MatterCount>) -> Self {
        let mut sums = Self::default();
        for count in counts.into_iter().filter(|count| count.state != State::Withdrawn) {
            let MatterCount { subject, shown, voice, count, .. } = count;
            let sum = sums.0.entry(subject.unwrap_or_default()).or_default();
            match voice.stance {
                Some(AGREES) => sum.agree += count,
                Some(DISAGREES) => sum.disagree += count,
                _ => {}
            }
            let speakers =
                if voice.speaker == Some(ORGANISATION) { &mut sum.organisations } else { &mut sum.persons };
            *speakers += count;
            sum.shown += if shown == Shown::Shown { count } else { 0 };
        }
        sums
    }

    /// What was said about a paragraph; about the whole draft where the anchor is empty.
    pub(crate) fn paragraph(&self, anchor: &str) -> Sum {
        self.0.get(anchor).copied().unwrap_or_default()
    }

    /// The anchors of everything that was spoken to; nothing for the whole draft.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Voice;

    #[test]
    fn what_was_taken_back_counts_for_nothing_and_everything_else_once() {
        let count = |state, shown, subject: Option<&str>, (stance, speaker), count| MatterCount {
            state,
            shown,
            subject: subject.map(str::to_owned),
            body: None,
            voice: Voice { stance, speaker },
            count,
        };
        let sums = Sums::of_counts(vec![
            count(State::Accepted, Shown::Shown, Some("p-a"), (Some(AGREES), Some(ORGANISATION)), 2),
            count(State::Received, Shown::Waiting, Some("p-a"), (Some(AGREES), None), 3),
            count(State::Received, Shown::Hidden, Some("p-a"), (Some(DISAGREES), Some(1)), 4),
            count(State::Withdrawn, Shown::Hidden, Some("p-a"), (None, None), 7),
            count(State::Received, Shown::Shown, None, (None, None), 5),
        ]);
        let expected = Sum { agree: 5, disagree: 4, persons: 7, organisations: 2, shown: 2 };
        assert_eq!(sums.paragraph("p-a"), expected);
        assert_eq!(sums.paragraph(""), Sum { persons: 5, shown: 5, ..Sum::default() });
        assert_eq!(sums.paragraph("p-b"), Sum::default());
    }
}
