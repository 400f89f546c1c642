//! `cargo xtask chaos soak`: minutes at 70 % of the peak, and how much memory the collector has meanwhile. By hand: it
//! takes too long to be a test.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::Site;
use super::collector::Collector;
use super::ledger::Ledger;
use super::load::{Load, Persistence};
use crate::format;
use crate::steps::say;

/// Connections that post: so many that one commit is shared by several.
const CONNECTIONS: u32 = 64;

/// How long the peak is looked for.
const PEAK: Duration = Duration::from_secs(10);

/// The part of the peak, in percent.
const SHARE: u32 = 70;

/// Between two looks at the memory.
const STEP: Duration = Duration::from_secs(10);

/// Finds the peak, stays below it for so many minutes, and prints the memory in each part of that time.
pub(crate) fn run(seed: u64, minutes: u32, site: &Site<'_>) -> Result<()> {
    let place = site.place()?;
    let collector = place.serve()?;
    let mut load = Load::new(seed, &place.version);
    let peak = rate(&load, &collector, PEAK, || Ok(()))?;
    let time = Duration::from_secs(60) * minutes;
    // Each connection rests as long as keeps all of them together at that rate.
    let each = Duration::from_secs(1) * CONNECTIONS * 100 / SHARE / (peak.0 as u32).max(1);
    load.pace = each;
    let mut memory = Vec::new();
    let (soaked, after) = rate(&load, &collector, time, || {
        memory.push(resident(collector.pid())?);
        Ok(())
    })?;
    say(&format!(
        "{site}, {minutes} minutes: {} a second at the peak, {} a second after it, each kept once",
        format::bytes(peak.0 as u64),
        format::bytes(soaked as u64),
    ));
    let part = memory.len().div_ceil(5).max(1);
    let mut rows = vec![["minutes", "least MB", "most MB"].map(str::to_owned).to_vec()];
    for (index, part_of) in memory.chunks(part).enumerate() {
        let from = index * part * STEP.as_secs() as usize / 60;
        let megabytes = |kilobytes: Option<&u64>| format!("{:.1}", *kilobytes.unwrap_or(&0) as f64 / 1024.0);
        rows.push(vec![
            format!("from {from}"),
            megabytes(part_of.iter().min()),
            megabytes(part_of.iter().max()),
        ]);
    }
    print!("{}", format::table(&rows));
    let mut all = peak.1;
    all.add(after);
    all.prove(&place.rows()?)
}

/// Acknowledgements a second over a time, looking in at each step.
fn rate(
    load: &Load,
    collector: &Collector,
    time: Duration,
    mut look: impl FnMut() -> Result<()>,
) -> Result<(f64, Ledger)> {
    let began = Instant::now();
    let ((), ledger) = load.during(&[collector.address], CONNECTIONS as usize, Persistence::Ends, || {
        while began.elapsed() < time {
            thread::sleep(STEP.min(time));
            look()?;
        }
        Ok(())
    })?;
    Ok((ledger.acknowledged.len() as f64 / began.elapsed().as_secs_f64(), ledger))
}

/// Kilobytes of a process that are in memory.
fn resident(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let value = line.and_then(|line| line.split_whitespace().next());
    value.and_then(|value| value.parse().ok()).context("no memory of a process")
}
