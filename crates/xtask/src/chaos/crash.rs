//! `cargo xtask chaos crash`: `kill -9` at random moments, also in the middle of starting, and the proof after each.

use std::thread;

use anyhow::{Context, Result};

use super::collector::Place;
use super::dice::Dice;
use super::ledger::Ledger;
use super::load::{Load, Persistence};
use super::{Options, Site};
use crate::format;
use crate::steps::say;

/// Connections that post.
const CONNECTIONS: usize = 16;

/// The moment of death after the load began, in milliseconds.
const ALIVE: (u64, u64) = (5, 700);

/// One start of so many is killed before it serves.
const STILLBORN: u64 = 6;

/// What the rounds saw.
#[derive(Default)]
struct Seen {
    stillborn: u64,
    kept_unsaid: u64,
}

/// Runs the rounds on one engine.
pub(crate) fn run(options: &Options, rounds: u32, site: &Site<'_>) -> Result<()> {
    let place = site.place()?;
    let load = Load::new(options.seed, &place.version);
    let (mut dice, mut ledger, mut seen) = (Dice::new(options.seed, 1), Ledger::default(), Seen::default());
    for number in 1..=rounds {
        round(&place, &load, &mut dice, &mut ledger, &mut seen)
            .with_context(|| format!("round {number} with the seed {}\n{}", options.seed, place.log()))?;
    }
    let collector = place.serve()?;
    let all: Vec<u64> = ledger.acknowledged.keys().copied().collect();
    load.repeat(collector.address, &all, &mut ledger)?;
    ledger.prove(&place.rows()?)?;
    say(&format!(
        "{}, {rounds} times kill -9 (and {} times while starting): {} acknowledged, each there once and again \
         acknowledged with its receipt; {} open, {} of them were kept before they could be acknowledged",
        site.store,
        seen.stillborn,
        format::bytes(ledger.acknowledged.len() as u64),
        ledger.open.len(),
        seen.kept_unsaid,
    ));
    Ok(())
}

/// Load, death, and what is there after it.
fn round(place: &Place, load: &Load, dice: &mut Dice, ledger: &mut Ledger, seen: &mut Seen) -> Result<()> {
    if dice.once_in(STILLBORN) {
        let mut starting = place.begin_to_serve()?;
        thread::sleep(dice.milliseconds(0, 40));
        starting.kill()?;
        starting.wait()?;
        seen.stillborn += 1;
    }
    let collector = place.serve()?;
    come_back(load, collector.address, ledger, dice)?;
    let moment = dice.milliseconds(ALIVE.0, ALIVE.1);
    let address = [collector.address];
    let ((), sent) = load.during(&address, CONNECTIONS, Persistence::Ends, || {
        thread::sleep(moment);
        collector.kill()
    })?;
    ledger.add(sent);
    let rows = place.rows()?;
    seen.kept_unsaid = (rows.len() - ledger.acknowledged.len().min(rows.len())) as u64;
    ledger.prove(&rows)
}

/// Some of those who got no answer come back, and some who had one send once more.
fn come_back(load: &Load, address: std::net::SocketAddr, ledger: &mut Ledger, dice: &mut Dice) -> Result<()> {
    let open = ledger.open.iter().copied().filter(|_| dice.once_in(2)).collect::<Vec<_>>();
    let again = ledger.acknowledged.keys().rev().take(50).copied();
    let numbers: Vec<u64> = open.into_iter().chain(again).collect();
    load.repeat(address, &numbers, ledger).context("the restarted collector broke off")
}
