//! Votes as they are counted: one row a voter, with what she voted on and nothing else.

use serde::{Deserialize, Serialize};

/// What somebody thinks of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// It is right.
    Agree,
    /// It is wrong.
    Disagree,
    /// Neither, or she cannot say. It is an answer: whoever has only seen a statement has given none.
    Pass,
}

impl Vote {
    /// The number that it counts as.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::Agree => 1.0,
            Self::Disagree => -1.0,
            Self::Pass => 0.0,
        }
    }
}

/// The votes of many voters on some statements, which go by their index.
#[derive(Clone, Debug, Default)]
pub struct Votes {
    statements: usize,
    /// Where the votes of each voter end.
    ends: Vec<usize>,
    cast: Vec<(u16, Vote)>,
}

impl Votes {
    /// No votes on so many statements, at most [`super::MOST_STATEMENTS`].
    #[must_use]
    pub fn on(statements: usize) -> Self {
        Self { statements: statements.min(super::MOST_STATEMENTS), ..Self::default() }
    }

    /// Adds a voter with her votes, one a statement. Votes on statements that there are not are passed over.
    pub fn add(&mut self, votes: impl IntoIterator<Item = (usize, Vote)>) {
        let statements = self.statements;
        let known = |(statement, vote): (usize, Vote)| {
            (statement < statements).then_some((u16::try_from(statement).ok()?, vote))
        };
        self.cast.extend(votes.into_iter().filter_map(known));
        self.ends.push(self.cast.len());
    }

    /// How many statements there are.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// How many voters there are.
    #[must_use]
    pub fn voters(&self) -> usize {
        self.ends.len()
    }

    /// The votes of each voter.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[(u16, Vote)]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.cast[start..*end])
    }

    /// Those who voted on so many statements at least.
    pub(super) fn of_those_with(&self, needed: usize) -> Self {
        let mut kept = Self::on(self.statements);
        for row in self.rows().filter(|row| row.len() >= needed.max(1)) {
            kept.cast.extend_from_slice(row);
            kept.ends.push(kept.cast.len());
        }
        kept
    }
}
