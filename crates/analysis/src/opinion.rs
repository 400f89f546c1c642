//! What unites and what divides people who voted on statements: groups of voters who vote alike, the statements that
//! each group is known by, and those that all groups agree on.
//!
//! The method is that of Polis (C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, "Polis: Scaling deliberation by
//! mapping high dimensional opinion spaces", Recerca 26(2), 2021): what somebody did not vote on counts as the mean of the
//! statement ([`components`]), the votes are laid out on the two directions in which people differ most, who has voted on
//! little is brought out from the middle, and groups are made there by *k*-means ([`groups`]), as many as the silhouette
//! prefers. Which statements a group is known by is a test of two proportions ([`statements`]).
//!
//! Two things are stricter here. A number of groups with one below the threshold is not considered at all, so that no group
//! is small; and of fewer voters than three times the threshold nothing is said. Chance has no part in it: the same votes
//! give the same groups.

pub mod components;
pub mod groups;
pub mod statements;
mod votes;

use components::Components;
use groups::Groups;
use serde::Serialize;
use statements::{Known, Tally, Uniting};
pub use votes::{Vote, Votes};

/// Statements at most, of which those are taken that most people voted on: the time grows with their cube.
pub const MOST_STATEMENTS: usize = 200;
/// Whoever voted on fewer statements belongs to no group, unless there are no more.
pub const LEAST_VOTES: usize = 7;
/// Nothing is said of fewer voters than so many times the threshold.
pub const TIMES: usize = 3;

/// What the votes say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opinion {
    /// Voters who voted on enough: those that everything here is about.
    pub voters: usize,
    /// The two directions in which they differ most.
    pub components: Components,
    /// Where each of them stands; for tests and files, never for everybody.
    pub points: Vec<[f64; 2]>,
    /// The groups that they make, the largest first; none where they make none of the size that may be shown.
    pub groups: Option<Groups>,
    /// Of each statement, how each group voted on it; of all together where there are no groups.
    pub tallies: Vec<Vec<Tally>>,
    /// The statements that each group is known by.
    pub known_by: Vec<Vec<Known>>,
    /// The statements that all groups are of one mind about, the most united first.
    pub uniting: Vec<Uniting>,
    /// The statements that groups differ on most, by their index, the most divided first.
    pub dividing: Vec<usize>,
}

/// Works it out. `None` where fewer than [`TIMES`] times `least` voters voted on enough, or there are no two statements.
#[must_use]
pub fn opinion(votes: &Votes, least: usize) -> Option<Opinion> {
    let needed = LEAST_VOTES.min(votes.statements());
    let votes = votes.of_those_with(needed);
    if votes.voters() < TIMES * least.max(1) || votes.statements() < 2 {
        return None;
    }
    let components = Components::of(&votes);
    let points = components.place(&votes);
    let groups = Groups::of(&points, least);
    let of_voter = |voter: usize| groups.as_ref().map_or(0, |groups| groups.of_voter[voter]);
    let count = groups.as_ref().map_or(1, |groups| groups.sizes.len());
    let tallies = statements::tallies(&votes, count, of_voter);
    Some(Opinion {
        voters: votes.voters(),
        known_by: statements::known_by(&tallies, count),
        uniting: statements::uniting(&tallies),
        dividing: statements::dividing(&tallies),
        components,
        points,
        groups,
        tallies,
    })
}
