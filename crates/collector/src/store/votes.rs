//! Votes on what others said: one a voter and statement, which she may change, and the sums of each statement.
//!
//! A statement is a matter, and a voter is sixteen bytes that lead to nobody. Sums are kept up in the transaction that
//! keeps a vote, so that a statement with a hundred thousand votes is as quick as one with ten.

use super::StoreError;
use crate::clock::Minute;
use async_trait::async_trait;
use matter::MatterNumber;
use std::collections::BTreeMap;

/// What a voter is known by, within one survey.
pub type Voter = [u8; 16];

/// What somebody said of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Said {
    /// It is right.
    Agree,
    /// It is wrong.
    Disagree,
    /// Neither, or she cannot say.
    Pass,
    /// Nothing: it was shown to her, and she went on.
    Seen,
}

/// A vote as it comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewVote {
    /// The statement.
    pub statement: MatterNumber,
    /// What was said of it.
    pub said: Said,
    /// The place at which it was shown to this voter, counted from one over all that she was shown.
    pub place: u32,
}

/// Votes of one voter that come in together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The survey.
    pub survey: String,
    /// Who votes.
    pub voter: Voter,
    /// When.
    pub minute: Minute,
    /// What looks odd about it: names with spaces between.
    pub flags: String,
    /// The votes, each on another statement.
    pub votes: Vec<NewVote>,
}

/// A vote that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteRecord {
    /// Who voted.
    pub voter: Voter,
    /// On what.
    pub statement: MatterNumber,
    /// What she says of it now.
    pub said: Said,
    /// The place at which it was first shown to her.
    pub place: u32,
    /// When she said so last.
    pub minute: Minute,
    /// What looked odd about it.
    pub flags: String,
}

/// The sums of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoteTally {
    /// The statement.
    pub statement: MatterNumber,
    /// Voters who agree.
    pub agree: u64,
    /// Voters who disagree.
    pub disagree: u64,
    /// Voters who pass.
    pub pass: u64,
    /// Voters who were shown it and said nothing.
    pub seen: u64,
}

/// How many votes there are in a survey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoteCount {
    /// Votes, without what was only seen.
    pub votes: u64,
    /// How often anything about them changed.
    pub changes: u64,
}

/// What is asked of a store about votes.
#[async_trait]
pub trait Votes: Send + Sync {
    /// Keeps votes, all or none. A voter has one vote on a statement: a later one takes the place of the earlier, but that
    /// she has only seen it takes the place of nothing. Statements that there are not are passed over.
    async fn cast(&self, ballot: Ballot) -> Result<(), StoreError>;

    /// What a voter said so far, by statement.
    async fn votes_of(&self, survey: &str, voter: Voter) -> Result<Vec<VoteRecord>, StoreError>;

    /// The next votes on a survey's statements by voter and statement, at most `limit`, after the last one read.
    async fn votes(
        &self,
        survey: &str,
        after: Option<(Voter, MatterNumber)>,
        limit: usize,
    ) -> Result<Vec<VoteRecord>, StoreError>;

    /// The sums of these statements; none of one that nobody was shown.
    async fn tallies(&self, survey: &str, statements: &[MatterNumber]) -> Result<Vec<VoteTally>, StoreError>;

    /// The statements of a survey that everybody sees and that say nothing that another says, those with the fewest votes
    /// first, at most `limit`. With `waiting`, also those of which nobody has decided whether they are seen.
    async fn least_voted(
        &self,
        survey: &str,
        waiting: bool,
        limit: usize,
    ) -> Result<Vec<VoteTally>, StoreError>;

    /// The same, those that most voters agree with first, after so many of them.
    async fn most_agreed(
        &self,
        survey: &str,
        waiting: bool,
        (skip, limit): (usize, usize),
    ) -> Result<Vec<VoteTally>, StoreError>;

    /// How many votes there are in a survey.
    async fn count_votes(&self, survey: &str) -> Result<VoteCount, StoreError>;
}

impl Said {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Agree, Self::Disagree, Self::Pass, Self::Seen];

    /// How it is written in forms and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Pass => "pass",
            Self::Seen => "seen",
        }
    }

    /// The one that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.name() == name)
    }

    /// The number that it is kept as; none for what was only seen.
    pub(super) fn code(self) -> Option<i64> {
        match self {
            Self::Agree => Some(1),
            Self::Disagree => Some(-1),
            Self::Pass => Some(0),
            Self::Seen => None,
        }
    }

    pub(super) fn of_code(code: Option<i64>) -> Self {
        match code {
            Some(1) => Self::Agree,
            Some(-1) => Self::Disagree,
            Some(_) => Self::Pass,
            None => Self::Seen,
        }
    }

    /// What becomes of the four sums of a statement when a voter says this after that: agree, disagree, pass, seen.
    /// `None` where nothing changes.
    pub(super) fn after(self, before: Option<Self>) -> Option<[i64; 4]> {
        if before == Some(self) || (before.is_some() && self == Self::Seen) {
            return None;
        }
        let at = |said: Self| Self::ALL.into_iter().map(move |of| i64::from(of == said));
        let mut change = [0; 4];
        change.iter_mut().zip(at(self)).for_each(|(sum, more)| *sum += more);
        if let Some(before) = before {
            change.iter_mut().zip(at(before)).for_each(|(sum, less)| *sum -= less);
        }
        Some(change)
    }
}

impl VoteTally {
    /// Voters who said something.
    #[must_use]
    pub fn votes(&self) -> u64 {
        self.agree + self.disagree + self.pass
    }

    /// Of the columns year, serial, agree, disagree, pass and seen.
    pub(super) fn of_columns([year, serial, agree, disagree, pass, seen]: [i64; 6]) -> Option<Self> {
        let sum = |sum: i64| u64::try_from(sum).unwrap_or_default();
        Some(Self {
            statement: number(year, serial)?,
            agree: sum(agree),
            disagree: sum(disagree),
            pass: sum(pass),
            seen: sum(seen),
        })
    }
}

/// A number out of its columns; `None` for what no version of this program has written.
pub(super) fn number(year: i64, serial: i64) -> Option<MatterNumber> {
    MatterNumber::new(year.try_into().ok()?, serial.try_into().ok()?)
}

/// What becomes of the sums when these votes are gone, in the order in which sums are always touched.
pub(super) fn taken_out(
    votes: impl IntoIterator<Item = (MatterNumber, Said)>,
) -> BTreeMap<MatterNumber, [i64; 4]> {
    let mut changes: BTreeMap<MatterNumber, [i64; 4]> = BTreeMap::new();
    for (statement, said) in votes {
        let less = changes.entry(statement).or_default();
        less.iter_mut().zip(said.after(None).unwrap_or_default()).for_each(|(sum, vote)| *sum -= vote);
    }
    changes
}

/// The votes in one order everywhere, so that no two collectors wait for each other, and one of each statement.
pub(super) fn in_order(mut votes: Vec<NewVote>) -> Vec<NewVote> {
    votes.sort_by_key(|vote| vote.statement);
    votes.dedup_by_key(|vote| vote.statement);
    votes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_mind_moves_one_vote_and_a_second_look_moves_none() {
        assert_eq!(Said::Agree.after(None), Some([1, 0, 0, 0]));
        assert_eq!(Said::Disagree.after(Some(Said::Agree)), Some([-1, 1, 0, 0]));
        assert_eq!(Said::Pass.after(Some(Said::Seen)), Some([0, 0, 1, -1]));
        assert_eq!(Said::Seen.after(Some(Said::Pass)), None);
        assert_eq!(Said::Agree.after(Some(Said::Agree)), None);
    }

    #[test]
    fn what_was_said_is_read_as_it_is_written_and_kept() {
        for said in Said::ALL {
            assert_eq!((Said::named(said.name()), Said::of_code(said.code())), (Some(said), said));
        }
        assert_eq!(Said::named("maybe"), None);
    }
}
