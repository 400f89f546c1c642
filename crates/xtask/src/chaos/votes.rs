//! Votes on one idea of a forum: each voter votes once, and what everybody reads of them is held against what voters were told.

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};

use super::ledger::{FORUM, id};
use super::wire::{Reply, Wire};

/// How long a voter waits for a reply, and before the next vote when asked for patience.
const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(50);

/// Where voters sit who say nothing else.
pub(crate) const SOMEWHERE: &str = "192.0.2.1";

/// What can be said of an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Agree,
    Disagree,
}

/// The votes of one run. A vote is known by its number, from which its voter is made; every second one agrees.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    acknowledged: BTreeSet<u64>,
    /// Those that nobody has answered: each may be kept or not.
    open: BTreeSet<u64>,
    wrong: Vec<String>,
}

/// Voters who go on until nobody answers or they are stopped.
pub(crate) struct Voters {
    seed: u64,
    statement: String,
    next: AtomicU64,
    stopped: AtomicBool,
}

impl Side {
    fn of(number: u64) -> Self {
        if number.is_multiple_of(2) { Self::Agree } else { Self::Disagree }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
        }
    }
}

/// The address that takes votes.
pub(crate) fn path() -> String {
    format!("/s/{}/votes?lang=en", FORUM.survey)
}

/// A vote as the form sends it.
pub(crate) fn form(voter: &str, statement: &str, side: Side) -> String {
    format!("voter={voter}&shown={statement}&vote-{statement}={}", side.name())
}

/// How many agree and how many do not, as everybody reads it; nothing while so few voted that it is hidden.
pub(crate) fn counted(wire: &mut Wire, statement: &str) -> Result<Option<[u64; 2]>> {
    let page = wire.get(&format!("/s/{}/ideas/{statement}?lang=en", FORUM.survey))?;
    ensure!(page.status == 200, "the page of the idea {statement}: {}", page.status);
    Ok(read(&page.body))
}

fn read(page: &str) -> Option<[u64; 2]> {
    let (_, line) = page.split_once("Agree: ")?;
    let (agree, rest) = line.split_once(", disagree: ")?;
    let (disagree, _) = rest.split_once(", pass: ")?;
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
    Some([number(agree)?, number(disagree)?])
}

impl Votes {
    fn replied(&mut self, number: u64, reply: &Reply) {
        if reply.status == 200 {
            self.open.remove(&number);
            self.acknowledged.insert(number);
        } else if !reply.is_honest_refusal() {
            self.wrong.push(format!("vote {number}: {} {}", reply.status, reply.body));
        }
    }

    /// Takes in what another hand has written down.
    pub(crate) fn add(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.open.extend(other.open);
        self.open.retain(|number| !self.acknowledged.contains(number));
        self.wrong.extend(other.wrong);
    }

    /// How many were acknowledged.
    pub(crate) fn len(&self) -> usize {
        self.acknowledged.len()
    }

    /// Compares it with what everybody reads: each vote that was acknowledged is counted once, each open one at most once.
    ///
    /// # Errors
    /// When a promise is broken, with the sums that show it.
    pub(crate) fn prove(&self, counted: Option<[u64; 2]>) -> Result<()> {
        ensure!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        let Some(counted) = counted else { return Ok(()) };
        for (side, sum) in [Side::Agree, Side::Disagree].into_iter().zip(counted) {
            let of =
                |numbers: &BTreeSet<u64>| numbers.iter().filter(|it| Side::of(**it) == side).count() as u64;
            let (least, more) = (of(&self.acknowledged), of(&self.open));
            ensure!(
                (least..=least + more).contains(&sum),
                "{side:?}: {sum} are counted, {least} were acknowledged and {more} are open"
            );
        }
        Ok(())
    }
}

impl Voters {
    pub(crate) fn new(seed: u64, statement: String) -> Self {
        Self { seed, statement, next: AtomicU64::new(0), stopped: AtomicBool::new(false) }
    }

    /// What they vote on.
    pub(crate) fn statement(&self) -> &str {
        &self.statement
    }

    /// So many vote while something happens; gives what they have written down.
    pub(crate) fn during<T>(
        &self,
        address: SocketAddr,
        count: usize,
        meanwhile: impl FnOnce() -> Result<T>,
    ) -> Result<(T, Votes)> {
        self.stopped.store(false, Ordering::Relaxed);
        thread::scope(|scope| {
            let voters: Vec<_> = (0..count).map(|_| scope.spawn(move || self.vote(address))).collect();
            let done = meanwhile();
            self.stopped.store(true, Ordering::Relaxed);
            let mut votes = Votes::default();
            for voter in voters {
                votes.add(voter.join().map_err(|_| anyhow!("a voter of the test broke down"))?);
            }
            Ok((done?, votes))
        })
    }

    /// Votes again, for everybody whom nobody has answered and for so many of those who have an answer.
    pub(crate) fn repeat(&self, address: SocketAddr, votes: &mut Votes, again: usize) -> Result<()> {
        let open = votes.open.iter().copied();
        let numbers: Vec<u64> = open.chain(votes.acknowledged.iter().rev().take(again).copied()).collect();
        let mut wire = Wire::connect(address, PATIENCE)?;
        for number in numbers {
            let reply = self.send(&mut wire, number).context("the restarted collector broke off")?;
            votes.replied(number, &reply);
        }
        Ok(())
    }

    fn vote(&self, address: SocketAddr) -> Votes {
        let mut votes = Votes::default();
        let Ok(mut wire) = Wire::connect(address, PATIENCE) else { return votes };
        while !self.stopped.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            votes.open.insert(number);
            match self.send(&mut wire, number) {
                Ok(reply) => votes.replied(number, &reply),
                Err(_) => break,
            }
            if votes.open.contains(&number) {
                thread::sleep(PAUSE);
            }
        }
        votes
    }

    fn send(&self, wire: &mut Wire, number: u64) -> io::Result<Reply> {
        let form = form(&id(self.seed, number), &self.statement, Side::of(number));
        wire.post_form(SOMEWHERE, &path(), &form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes() -> Votes {
        Votes { acknowledged: (0..40).collect(), open: (40..42).collect(), wrong: Vec::new() }
    }

    #[test]
    fn a_vote_that_is_lost_counted_twice_or_made_up_is_told() {
        for (counted, holds) in
            [([20, 20], true), ([21, 21], true), ([19, 20], false), ([22, 20], false), ([20, 22], false)]
        {
            assert_eq!(votes().prove(Some(counted)).is_ok(), holds, "{counted:?}");
        }
        assert!(votes().prove(None).is_ok(), "what is hidden says nothing");
        let wrong = Votes { wrong: vec!["vote 3: 500".to_owned()], ..votes() };
        assert!(wrong.prove(None).is_err());
    }

    #[test]
    fn sums_are_read_as_they_are_written_for_people() {
        let line = "<p>Votes: 2,469. Agree: 1,234, disagree: 1,235, pass: 0.</p>";
        assert_eq!(read(line), Some([1234, 1235]));
        assert_eq!(read("<p>Votes: 15. Agree: hidden, disagree: 12, pass: hidden.</p>"), None);
        assert_eq!(read("<p>The result is shown once at least 10 people have voted.</p>"), None);
    }
}
