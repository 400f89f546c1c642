//! Statements by groups: what each group is known by, what unites all, what divides them.

use super::votes::{Vote, Votes};
use serde::Serialize;

/// Statements that are named at most, of each sort.
pub const NAMED: usize = 3;
/// The value of a test of two proportions that a statement must pass: 5% on one side.
pub const TEST: f64 = 1.644_853_626_951_472_2;
/// Groups differ on a statement when the shares who agree are so far apart.
pub const APART: f64 = 0.3;

/// How some people voted on a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// It is right.
    pub agree: u64,
    /// It is wrong.
    pub disagree: u64,
    /// Neither.
    pub pass: u64,
}

/// A statement that a group is known by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Known {
    /// Its index.
    pub statement: usize,
    /// What the group says of it.
    pub side: Vote,
    /// The statistic of the test against all others.
    pub z: f64,
}

/// A statement that all groups are of one mind about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Uniting {
    /// Its index.
    pub statement: usize,
    /// What they say of it.
    pub side: Vote,
    /// The probability of saying so in the group in which it is lowest.
    pub least: f64,
}

impl Tally {
    /// All who voted.
    #[must_use]
    pub fn base(&self) -> u64 {
        self.agree + self.disagree + self.pass
    }

    /// Those who say this.
    #[must_use]
    pub fn on(&self, side: Vote) -> u64 {
        match side {
            Vote::Agree => self.agree,
            Vote::Disagree => self.disagree,
            Vote::Pass => self.pass,
        }
    }

    /// Counts one more.
    pub fn add(&mut self, vote: Vote) {
        match vote {
            Vote::Agree => self.agree += 1,
            Vote::Disagree => self.disagree += 1,
            Vote::Pass => self.pass += 1,
        }
    }

    fn and(self, other: &Self) -> Self {
        Self {
            agree: self.agree + other.agree,
            disagree: self.disagree + other.disagree,
            pass: self.pass + other.pass,
        }
    }

    /// The probability that somebody of them says this, as after one vote for it and one against it.
    #[must_use]
    pub fn probability(&self, side: Vote) -> f64 {
        (self.on(side) + 1) as f64 / (self.base() + 2) as f64
    }
}

/// How each group voted on each statement.
pub(super) fn tallies(votes: &Votes, groups: usize, of_voter: impl Fn(usize) -> usize) -> Vec<Vec<Tally>> {
    let mut tallies = vec![vec![Tally::default(); groups]; votes.statements()];
    for (voter, row) in votes.rows().enumerate() {
        let group = of_voter(voter);
        row.iter().for_each(|(statement, vote)| tallies[usize::from(*statement)][group].add(*vote));
    }
    tallies
}

const SIDES: [Vote; 2] = [Vote::Agree, Vote::Disagree];

/// The statements that each group is known by: most of it say so, and more of it than of all others by a test of two
/// proportions, the clearest first. Where there is one group, there are none.
pub(super) fn known_by(tallies: &[Vec<Tally>], groups: usize) -> Vec<Vec<Known>> {
    let of_group = |group: usize| {
        let sides = |(statement, tallies): (usize, &Vec<Tally>)| {
            let own = tallies[group];
            let others = tallies.iter().enumerate().filter(|(other, _)| *other != group);
            let others = others.fold(Tally::default(), |sum, (_, tally)| sum.and(tally));
            let known = |side: Vote| Known { statement, side, z: z(&own, &others, side) };
            let known = SIDES.into_iter().map(known);
            known.filter(|known| known.z > TEST && own.probability(known.side) > 0.5).collect::<Vec<_>>()
        };
        let mut known: Vec<Known> = tallies.iter().enumerate().flat_map(sides).collect();
        known.sort_by(|one, other| other.z.total_cmp(&one.z));
        known.truncate(NAMED);
        known
    };
    (0..groups).map(of_group).collect()
}

/// The test of two proportions: how far apart the shares are, in standard errors of their difference if they were one.
fn z(own: &Tally, others: &Tally, side: Vote) -> f64 {
    let (n, m) = (own.base() as f64, others.base() as f64);
    let (here, there) = (own.on(side) as f64, others.on(side) as f64);
    let pooled = (here + there) / (n + m);
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    if n == 0.0 || m == 0.0 || error == 0.0 { 0.0 } else { (here / n - there / m) / error }
}

/// The statements on which somebody of every group more likely says the same than not.
pub(super) fn uniting(tallies: &[Vec<Tally>]) -> Vec<Uniting> {
    let sides = |(statement, groups): (usize, &Vec<Tally>)| {
        let least =
            |side: Vote| groups.iter().map(|tally| tally.probability(side)).fold(f64::INFINITY, f64::min);
        SIDES.map(|side| Uniting { statement, side, least: least(side) })
    };
    let mut uniting: Vec<Uniting> = tallies.iter().enumerate().flat_map(sides).collect();
    uniting.retain(|uniting| uniting.least > 0.5 && uniting.least.is_finite());
    uniting.sort_by(|one, other| other.least.total_cmp(&one.least));
    uniting.truncate(NAMED);
    uniting
}

/// The statements on which groups are furthest apart.
pub(super) fn dividing(tallies: &[Vec<Tally>]) -> Vec<usize> {
    let apart = |groups: &Vec<Tally>| {
        let shares = groups.iter().map(|tally| tally.probability(Vote::Agree));
        let (least, most) =
            shares.fold((f64::INFINITY, 0.0_f64), |(least, most), share| (least.min(share), most.max(share)));
        most - least
    };
    let mut dividing: Vec<(f64, usize)> =
        tallies.iter().map(apart).enumerate().map(|(statement, apart)| (apart, statement)).collect();
    dividing.retain(|(apart, _)| *apart >= APART);
    dividing.sort_by(|one, other| other.0.total_cmp(&one.0));
    dividing.truncate(NAMED);
    dividing.into_iter().map(|(_, statement)| statement).collect()
}
