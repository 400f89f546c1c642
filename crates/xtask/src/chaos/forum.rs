//! A forum in the rounds of `crash`: each idea that was acknowledged has opened one matter, which keeps its number, and each
//! vote that was is counted once.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};

use super::collector::Place;
use super::ledger::{FORUM, Ledger, word};
use super::load::{Load, Persistence};
use super::votes::{Voters, Votes, counted};
use super::wire::Wire;
use crate::format;

/// Connections that propose, and that vote.
const PROPOSERS: usize = 4;
const VOTERS: usize = 4;

/// Those who were answered and send again after each death.
const AGAIN: usize = 20;

/// Added to the seed, so that ideas and votes have ids of their own.
const IDEAS: u64 = 1;
const VOTES: u64 = 2;

/// A forum with one idea to vote on.
pub(crate) struct Forum {
    ideas: Load,
    voters: Voters,
    ledger: Ledger,
    votes: Votes,
}

impl Forum {
    /// Opens one, with an idea in it.
    pub(crate) fn open(seed: u64, place: &Place) -> Result<Self> {
        let version = place.publish_forum()?;
        let ideas = Load::of(FORUM, seed.wrapping_add(IDEAS), &version);
        let (collector, mut ledger) = (place.serve()?, Ledger::default());
        ensure!(ideas.try_one(collector.address, &mut ledger)?, "the first idea was not taken");
        let statement = ledger.matters.values().next().context("an idea has opened no matter")?.clone();
        let voters = Voters::new(seed.wrapping_add(VOTES), statement);
        Ok(Self { ideas, voters, ledger, votes: Votes::default() })
    }

    /// Citizens propose and vote while something happens, until nobody answers.
    pub(crate) fn during<T>(
        &mut self,
        address: SocketAddr,
        meanwhile: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let addresses = [address];
        let propose = || self.ideas.during(&addresses, PROPOSERS, Persistence::Ends, meanwhile);
        let ((done, ideas), votes) = self.voters.during(address, VOTERS, propose)?;
        self.ledger.add(ideas);
        self.votes.add(votes);
        Ok(done)
    }

    /// What is counted is held against what was acknowledged; then everybody comes back who was not answered, and some who
    /// were.
    pub(crate) fn come_back(&mut self, address: SocketAddr) -> Result<()> {
        self.votes
            .prove(counted(&mut Wire::connect(address, self.ideas.patience)?, self.voters.statement())?)?;
        self.voters.repeat(address, &mut self.votes, AGAIN)?;
        let again = self.ledger.acknowledged.keys().rev().take(AGAIN);
        let numbers: Vec<u64> = self.ledger.open.iter().chain(again).copied().collect();
        self.ideas.repeat(address, &numbers, &mut self.ledger).context("the restarted collector broke off")
    }

    /// Each acknowledged idea is kept once and has the matter that it was told; the matters are counted without a gap.
    pub(crate) fn prove(&self, place: &Place) -> Result<()> {
        let ideas = place.ideas()?;
        let words: Vec<String> = ideas.iter().map(|[word, _]| word.clone()).collect();
        self.ledger.prove(&words).context("ideas")?;
        follow(&self.ledger, &ideas).context("matters")
    }

    /// The last proof, for which everybody sends everything again, and what it came to.
    pub(crate) fn settle(mut self, place: &Place) -> Result<String> {
        let collector = place.serve()?;
        self.come_back(collector.address)?;
        let all: Vec<u64> = self.ledger.acknowledged.keys().copied().collect();
        self.ideas.repeat(collector.address, &all, &mut self.ledger)?;
        self.prove(place)?;
        let sums =
            counted(&mut Wire::connect(collector.address, self.ideas.patience)?, self.voters.statement())?;
        let counted = sums.context("so few voted that nothing is told of it")?.iter().sum::<u64>();
        ensure!(counted == self.votes.len() as u64, "{counted} votes of {} are counted", self.votes.len());
        self.votes.prove(sums)?;
        let [ideas, votes] = [all.len(), self.votes.len()].map(|count| format::bytes(count as u64));
        Ok(format!("{ideas} ideas, each with one matter under its number; {votes} votes, each counted once"))
    }
}

/// Holds the matters of kept ideas, in the order in which these are kept, against those that citizens were told.
fn follow(ledger: &Ledger, ideas: &[[String; 2]]) -> Result<()> {
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    for [idea, matter] in ideas {
        let mut parts = matter.split('-');
        let (Some(year), Some(serial)) = (parts.next(), parts.next().and_then(|it| it.parse::<u64>().ok()))
        else {
            bail!("{idea}: kept without a matter, but {matter:?}");
        };
        let before = last.insert(year, serial).unwrap_or_default();
        ensure!(serial == before + 1, "{idea}: the matter {matter} comes after number {before}");
    }
    let kept: BTreeMap<&str, &str> = ideas.iter().map(|[word, matter]| (&**word, &**matter)).collect();
    for number in ledger.acknowledged.keys() {
        let (word, told) = (word(*number), ledger.matters.get(number).map(String::as_str));
        ensure!(told.is_some(), "{word}: acknowledged without a matter");
        let kept = kept.get(&*word).copied();
        ensure!(kept == told, "{word}: its matter is {kept:?}, and was called {told:?}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(ideas: &[(u64, &str)]) -> String {
        let mut ledger = Ledger::default();
        ledger.acknowledged.insert(0, "R".to_owned());
        ledger.matters.insert(0, "2026-1-4".to_owned());
        let ideas: Vec<_> =
            ideas.iter().map(|(number, matter)| [word(*number), (*matter).to_owned()]).collect();
        follow(&ledger, &ideas).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_matter_that_is_missing_doubled_left_out_or_another_than_told_is_told() {
        assert_eq!(fault(&[(0, "2026-1-4"), (1, "2026-2-8"), (2, "2027-1-0")]), "");
        assert!(fault(&[(0, "2026-1-4"), (1, "")]).contains("kept without a matter"));
        assert!(fault(&[(0, "2026-1-4"), (1, "2026-1-4")]).contains("comes after number 1"));
        assert!(fault(&[(0, "2026-1-4"), (1, "2026-3-2")]).contains("comes after number 1"));
        assert!(fault(&[(1, "2026-1-4"), (0, "2026-2-8")]).contains("was called"));
    }
}
