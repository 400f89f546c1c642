//! `cargo xtask chaos crash`: `kill -9` at random moments, also in the middle of starting, and the proof after each: of a
//! survey, and of a forum beside it.

use std::net::SocketAddr;
use std::thread;

use anyhow::{Context, Result};

use super::Site;
use super::collector::Place;
use super::dice::Dice;
use super::forum::Forum;
use super::ledger::Ledger;
use super::load::{Load, Persistence};
use super::postgres::Cluster;
use crate::format;
use crate::steps::say;

/// Connections that post.
const CONNECTIONS: usize = 16;

/// The moment of death after the load began, in milliseconds.
const ALIVE: (u64, u64) = (5, 700);

/// One start of so many is killed before it serves.
const STILLBORN: u64 = 6;

/// In one round of so many, the database is killed a moment before the collector.
const DATABASE: u64 = 4;

/// What the rounds saw.
#[derive(Default)]
struct Seen {
    stillborn: u32,
    databases: u32,
    unsaid: usize,
}

/// Runs the rounds on one engine.
pub(crate) fn run(seed: u64, rounds: u32, site: &Site<'_>) -> Result<()> {
    let place = site.place()?;
    let (load, mut forum) = (Load::new(seed, &place.version), Forum::open(seed, &place)?);
    let (mut dice, mut ledger, mut seen) = (Dice::new(seed, 1), Ledger::default(), Seen::default());
    for number in 1..=rounds {
        let scene = Scene { place: &place, load: &load, cluster: site.cluster() };
        scene
            .round(&mut dice, (&mut ledger, &mut forum), &mut seen)
            .with_context(|| format!("round {number} with the seed {seed}\n{}", place.log()))?;
    }
    let collector = place.serve()?;
    let all: Vec<u64> = ledger.acknowledged.keys().copied().collect();
    load.repeat(collector.address, &all, &mut ledger)?;
    ledger.prove(&place.rows()?)?;
    drop(collector);
    let forum = forum.settle(&place)?;
    let databases = site.cluster().map(|_| format!(" ({} times of the database too)", seen.databases));
    say(&format!(
        "{site}, {rounds} times kill -9{}, and {} times while starting: {} acknowledged, each there once and acknowledged \
         again with its receipt; {} were kept and not acknowledged, {} neither; and {forum}",
        databases.unwrap_or_default(),
        seen.stillborn,
        format::bytes(ledger.acknowledged.len() as u64),
        seen.unsaid,
        ledger.open.len() - seen.unsaid,
    ));
    Ok(())
}

/// Where the rounds take place.
struct Scene<'run> {
    place: &'run Place,
    load: &'run Load,
    cluster: Option<&'run Cluster>,
}

impl Scene<'_> {
    /// Load, death, and what is there after it.
    fn round(
        &self,
        dice: &mut Dice,
        (ledger, forum): (&mut Ledger, &mut Forum),
        seen: &mut Seen,
    ) -> Result<()> {
        if dice.once_in(STILLBORN) {
            let mut starting = self.place.begin_to_serve()?;
            thread::sleep(dice.milliseconds(0, 40));
            starting.kill()?;
            starting.wait()?;
            seen.stillborn += 1;
        }
        let collector = self.place.serve()?;
        come_back(self.load, collector.address, ledger, dice)?;
        forum.come_back(collector.address)?;
        let moment = dice.milliseconds(ALIVE.0, ALIVE.1);
        let database = self.cluster.filter(|_| dice.once_in(DATABASE));
        let address = collector.address;
        let die = || {
            thread::sleep(moment);
            database.map_or(Ok(()), |cluster| cluster.primary.kill())?;
            collector.kill()
        };
        let live = || forum.during(address, die);
        let ((), sent) = self.load.during(&[address], CONNECTIONS, Persistence::Ends, live)?;
        ledger.add(sent);
        if let Some(cluster) = database {
            cluster.primary.start()?;
            seen.databases += 1;
        }
        let rows = self.place.rows()?;
        seen.unsaid = rows.len().saturating_sub(ledger.acknowledged.len());
        ledger.prove(&rows)?;
        forum.prove(self.place)
    }
}

/// Some of those who got no answer come back, and some who had one send once more.
fn come_back(load: &Load, address: SocketAddr, ledger: &mut Ledger, dice: &mut Dice) -> Result<()> {
    let open = ledger.open.iter().copied().filter(|_| dice.once_in(2)).collect::<Vec<_>>();
    let again = ledger.acknowledged.keys().rev().take(50).copied();
    let numbers: Vec<u64> = open.into_iter().chain(again).collect();
    load.repeat(address, &numbers, ledger).context("the restarted collector broke off")
}
