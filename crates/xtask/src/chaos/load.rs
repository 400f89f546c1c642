//! Citizens by the dozen: connections that post distinct responses until they are stopped or nobody answers.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use super::dice::Dice;
use super::ledger::{Asked, FEEDBACK, Ledger, response};
use super::wire::Wire;

/// So long a citizen waits who was refused or not answered.
const PAUSE: Duration = Duration::from_millis(50);

/// One response of so many is sent on two connections at the same time.
const TWICE: u64 = 8;

/// One of so many is sent again after it was acknowledged, as after a lost reply.
const AGAIN: u64 = 8;

/// What all connections of a run share.
pub(crate) struct Load {
    asked: Asked,
    seed: u64,
    version: String,
    next: AtomicU64,
    stopped: AtomicBool,
    again: Mutex<VecDeque<u64>>,
    /// How long a citizen waits for a reply.
    pub(crate) patience: Duration,
    /// From one new response of a connection to the next, on average.
    pub(crate) pace: Duration,
    /// When acknowledgements came, for who measures gaps.
    pub(crate) times: Mutex<Vec<Instant>>,
}

/// What a connection does when nobody answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Persistence {
    /// Leaves the response open and ends.
    Ends,
    /// Sends the same response again, to the next address, until it is acknowledged or the load is stopped.
    Persists,
}

impl Load {
    /// A load of responses to this version of the usual survey, with numbers that begin at 0.
    pub(crate) fn new(seed: u64, version: &str) -> Self {
        Self::of(FEEDBACK, seed, version)
    }

    /// The same of another survey. No two may have the same seed: an id belongs to one response.
    pub(crate) fn of(asked: Asked, seed: u64, version: &str) -> Self {
        Self {
            asked,
            seed,
            version: version.to_owned(),
            next: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            again: Mutex::default(),
            patience: Duration::from_secs(40),
            pace: Duration::ZERO,
            times: Mutex::default(),
        }
    }

    /// Posts from so many connections while `meanwhile` runs, and gives what they have written down.
    pub(crate) fn during<T>(
        &self,
        addresses: &[SocketAddr],
        connections: usize,
        persistence: Persistence,
        meanwhile: impl FnOnce() -> Result<T>,
    ) -> Result<(T, Ledger)> {
        self.stopped.store(false, Ordering::Relaxed);
        thread::scope(|scope| {
            let citizens: Vec<_> = (0..connections)
                .map(|index| scope.spawn(move || Citizen::new(self, addresses, index, persistence).run()))
                .collect();
            let done = meanwhile();
            self.stopped.store(true, Ordering::Relaxed);
            let mut ledger = Ledger::default();
            for citizen in citizens {
                ledger.add(citizen.join().map_err(|_| anyhow!("a connection of the test broke down"))?);
            }
            Ok((done?, ledger))
        })
    }

    /// Posts these again, once each, over one connection.
    pub(crate) fn repeat(&self, address: SocketAddr, numbers: &[u64], ledger: &mut Ledger) -> io::Result<()> {
        let mut wire = Wire::connect(address, self.patience)?;
        for number in numbers {
            let reply = wire.post(&self.path(), &self.response(*number))?;
            ledger.replied(*number, &reply);
        }
        Ok(())
    }

    /// Posts one more, and says whether it was acknowledged.
    pub(crate) fn try_one(&self, address: SocketAddr, ledger: &mut Ledger) -> io::Result<bool> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        ledger.sent(number);
        self.repeat(address, &[number], ledger)?;
        Ok(ledger.acknowledged.contains_key(&number))
    }

    /// Posts everything that is open until all of it is acknowledged; gives the time until the first was.
    pub(crate) fn settle(
        &self,
        address: SocketAddr,
        ledger: &mut Ledger,
        within: Duration,
    ) -> Result<Duration> {
        let began = Instant::now();
        let mut first = None;
        while let Some(number) = ledger.open.first().copied() {
            if began.elapsed() > within {
                let (open, refusals, wrong) = (ledger.open.len(), &ledger.refusals, ledger.wrong.last());
                return Err(anyhow!(
                    "{open} are not taken after {within:?}: refused {refusals:?}, {wrong:?}"
                ));
            }
            if self.repeat(address, &[number], ledger).is_err() || ledger.open.contains(&number) {
                thread::sleep(PAUSE);
            } else {
                first.get_or_insert_with(|| began.elapsed());
            }
        }
        Ok(first.unwrap_or_default())
    }

    fn response(&self, number: u64) -> String {
        response(self.asked, self.seed, number, &self.version)
    }

    /// Where responses are posted.
    fn path(&self) -> String {
        format!("/api/v1/surveys/{}/responses", self.asked.survey)
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// A response that was acknowledged to somebody before and is to be sent again.
    fn again(&self) -> Option<u64> {
        self.again.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// A response that nobody has sent.
    fn fresh(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}

/// One of the connections, and a second one for what is sent twice at once.
struct Citizen<'load> {
    load: &'load Load,
    addresses: &'load [SocketAddr],
    turn: usize,
    persistence: Persistence,
    wires: [Option<Wire>; 2],
    dice: Dice,
    ledger: Ledger,
}

impl<'load> Citizen<'load> {
    fn new(
        load: &'load Load,
        addresses: &'load [SocketAddr],
        index: usize,
        persistence: Persistence,
    ) -> Self {
        let dice = Dice::new(load.seed ^ load.next.load(Ordering::Relaxed), index as u64);
        Self {
            load,
            addresses,
            turn: index,
            persistence,
            wires: [None, None],
            dice,
            ledger: Ledger::default(),
        }
    }

    fn run(mut self) -> Ledger {
        // By a timetable: who was kept waiting makes up for it, or a slow moment would lower the rate for good.
        let mut due = Instant::now();
        while !self.load.is_stopped() {
            let again = self.load.again();
            let number = again.unwrap_or_else(|| self.load.fresh());
            if !self.bring(number) && self.persistence == Persistence::Ends {
                break;
            }
            if again.is_none() {
                due += self.load.pace;
                thread::sleep(due.saturating_duration_since(Instant::now()));
            }
        }
        self.ledger
    }

    /// Sends a response until it is acknowledged; `false` when nobody answered and this citizen does not persist.
    fn bring(&mut self, number: u64) -> bool {
        let known = self.ledger.acknowledged.contains_key(&number);
        loop {
            self.ledger.sent(number);
            match self.send(number) {
                Ok(true) => break,
                Ok(false) if self.load.is_stopped() => return true,
                Ok(false) => thread::sleep(PAUSE),
                Err(_) => {
                    self.wires = [None, None];
                    self.turn += 1;
                    if self.persistence == Persistence::Ends || self.load.is_stopped() {
                        return false;
                    }
                    thread::sleep(PAUSE);
                }
            }
        }
        if !known {
            self.load.times.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
            if self.dice.once_in(AGAIN) {
                self.load.again.lock().unwrap_or_else(PoisonError::into_inner).push_back(number);
            }
        }
        true
    }

    /// Sends it once, or on both connections before either is answered.
    fn send(&mut self, number: u64) -> io::Result<bool> {
        let (path, body) = (self.load.path(), self.load.response(number));
        let hands = if self.dice.once_in(TWICE) { 2 } else { 1 };
        for hand in 0..hands {
            self.wire(hand)?.write(&path, &body)?;
        }
        let mut replies: Vec<_> = (0..hands).map(|hand| self.wire(hand)?.read()).collect();
        // Which of two that travel together is the first is for the collector to say.
        replies.sort_by_key(|reply| Reverse(reply.as_ref().map_or(0, |reply| reply.status)));
        let mut acknowledged = false;
        let mut broken = None;
        for reply in replies {
            match reply {
                Ok(reply) => acknowledged |= self.ledger.replied(number, &reply),
                Err(error) => broken = Some(error),
            }
        }
        if acknowledged { Ok(true) } else { broken.map_or(Ok(false), Err) }
    }

    fn wire(&mut self, hand: usize) -> io::Result<&mut Wire> {
        let address = self.addresses[(self.turn + hand) % self.addresses.len()];
        let wire = match self.wires[hand].take() {
            Some(wire) => wire,
            None => Wire::connect(address, self.load.patience)?,
        };
        Ok(self.wires[hand].insert(wire))
    }
}
