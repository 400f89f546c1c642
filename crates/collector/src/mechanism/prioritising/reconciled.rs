//! A ballot reconciled: what was handed out against what came back, online and on paper.

use super::Prioritising;
use crate::figures::Figures;
use crate::invitation;
use crate::store::{Position, Store, StoreError};
use survey::Missing;

/// The channel of sheets of paper.
const PAPER: &str = "paper";

/// Everything that was handed out and came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reconciled {
    /// Codes that were issued.
    pub(crate) codes: u64,
    /// Codes of batches that were revoked, which nobody had used.
    pub(crate) revoked: u64,
    /// Codes that were used.
    pub(crate) used: u64,
    /// Votes that came with a code and are counted.
    pub(crate) online: u64,
    /// Votes that were taken back.
    pub(crate) withdrawn: u64,
    /// Batch by batch.
    pub(crate) paper: Vec<OnPaper>,
    /// Sheets whose ballot breaks its rules: they are kept, and counted for nothing.
    pub(crate) spoiled: u64,
}

/// One batch of paper ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OnPaper {
    /// What it is called.
    pub(crate) batch: String,
    /// Handed out, and come back unused; nothing where nobody has counted.
    pub(crate) counted: Option<(u64, u64)>,
    /// Sheets that are counted.
    pub(crate) kept: u64,
    /// Sheets that are keyed in and not settled.
    pub(crate) waiting: u64,
}

impl OnPaper {
    /// Ballots that are neither unused nor keyed in, or, below zero, sheets that nobody was given; nothing where nobody has
    /// counted.
    pub(crate) fn missing(&self) -> Option<i64> {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let (issued, unused) = self.counted?;
        Some(whole(issued).saturating_sub(whole(unused)).saturating_sub(whole(self.kept + self.waiting)))
    }
}

impl Reconciled {
    /// As it stands.
    pub(crate) async fn at(
        store: &dyn Store,
        (survey, ballot): (&str, &Prioritising),
        figures: &Figures,
    ) -> Result<Self, StoreError> {
        let batches = store.invitations(survey).await?;
        let withdrawn = store.count_withdrawn(survey, Position(i64::MAX)).await?;
        let outcome = invitation::outcome(&batches, 0);
        let by_channel = figures.by_word("response_channel").into_iter().flatten();
        let online =
            by_channel.filter(|(channel, _)| channel.as_str() != PAPER).map(|(_, count)| count).sum();
        Ok(Self {
            codes: batches.iter().map(|batch| batch.issued).sum(),
            revoked: outcome.not_eligible,
            used: outcome.complete,
            online,
            withdrawn,
            paper: on_paper(store, survey).await?,
            spoiled: spoiled(figures, &ballot.question),
        })
    }

    /// Votes on paper that are kept, the spoiled ones among them.
    pub(crate) fn on_paper(&self) -> u64 {
        self.paper.iter().map(|batch| batch.kept).sum()
    }

    /// Ballots that were handed out, as far as anybody has counted.
    pub(crate) fn issued_on_paper(&self) -> u64 {
        self.paper.iter().filter_map(|batch| batch.counted).map(|(issued, _)| issued).sum()
    }

    /// Whether nothing is missing: each used code is a vote or was taken back, and each ballot came back.
    pub(crate) fn adds_up(&self) -> bool {
        // A vote on paper may be taken back too, so that there can be fewer online than codes used, by so many at most.
        let lost = self.used.checked_sub(self.online);
        lost.is_some_and(|lost| lost <= self.withdrawn)
            && self.paper.iter().all(|batch| batch.missing() == Some(0))
    }
}

/// Batches that were counted, keyed in, or both, by name.
async fn on_paper(store: &dyn Store, survey: &str) -> Result<Vec<OnPaper>, StoreError> {
    let counts = store.ballots(survey).await?;
    let mut names: Vec<String> = store.batches(survey).await?.into_iter().map(|batch| batch.name).collect();
    names.extend(counts.iter().map(|count| count.batch.clone()));
    names.sort_unstable();
    names.dedup();
    let mut paper = Vec::with_capacity(names.len());
    for batch in names {
        let sheets = store.sheets(survey, &batch).await?;
        let kept = sheets.iter().filter(|sheet| sheet.settled.is_some()).count() as u64;
        let counted = counts.iter().find(|count| count.batch == batch);
        let counted = counted.map(|count| (u64::from(count.issued), u64::from(count.unused)));
        let waiting = sheets.len() as u64 - kept;
        paper.push(OnPaper { batch, counted, kept, waiting });
    }
    Ok(paper)
}

/// Responses whose ballot cannot be counted.
fn spoiled(figures: &Figures, question: &str) -> u64 {
    let place = figures.columns().iter().position(|column| column.question == question);
    let tally = place.and_then(|place| figures.tally().columns.get(place));
    tally.and_then(|column| column.missing.get(&Missing::Invalid)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ballot_adds_up_when_nothing_that_was_handed_out_is_missing() {
        let paper = |counted, kept, waiting| OnPaper { batch: "A".to_owned(), counted, kept, waiting };
        assert_eq!(paper(None, 3, 0).missing(), None);
        assert_eq!(paper(Some((10, 4)), 5, 1).missing(), Some(0));
        assert_eq!(paper(Some((10, 4)), 5, 0).missing(), Some(1));
        assert_eq!(paper(Some((10, 4)), 8, 0).missing(), Some(-2));
        let whole = Reconciled { used: 7, online: 6, withdrawn: 1, ..Reconciled::default() };
        assert!(whole.adds_up());
        assert!(!Reconciled { withdrawn: 0, ..whole.clone() }.adds_up());
        assert!(!Reconciled { online: 8, ..whole.clone() }.adds_up());
        assert!(!Reconciled { paper: vec![paper(Some((10, 4)), 5, 0)], ..whole }.adds_up());
    }
}
