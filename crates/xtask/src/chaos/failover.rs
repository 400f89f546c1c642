//! `cargo xtask chaos failover`: a primary with a synchronous standby, two collectors, load; the primary is killed and the
//! standby takes over.

use std::net::SocketAddr;
use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Site;
use super::collector::Place;
use super::ledger::Ledger;
use super::load::{Load, Persistence};
use super::postgres::{self, Server};
use crate::format;
use crate::steps::say;

/// Connections that post, half of them to each collector.
const CONNECTIONS: usize = 16;

/// How long a citizen waits before she asks the other collector.
const PATIENCE: Duration = Duration::from_secs(3);

/// How soon everything must be taken after the fail-over.
const RECOVERY: Duration = Duration::from_secs(60);

/// Runs it and says how long nobody was acknowledged.
pub(crate) fn run(seed: u64, site: &Site<'_>) -> Result<()> {
    let cluster = site.cluster().context("a fail-over needs PostgreSQL")?;
    let database = cluster.database_named(None)?;
    let standby = cluster.add_synchronous_standby()?;
    let place = site.place_on(postgres::url(&[&cluster.primary, &standby], &database))?;
    let collectors = [place.serve()?, place.serve()?];
    let addresses = collectors.each_ref().map(|collector| collector.address);
    let mut load = Load::new(seed, &place.version);
    load.patience = PATIENCE;
    let mut ledger = Ledger::default();
    without_standby(&standby, &load, &addresses, &mut ledger)?;
    let (killed, promoted) = fail_over(&cluster.primary, &standby, &load, &addresses, &mut ledger)?;
    for address in addresses {
        load.settle(address, &mut ledger, RECOVERY)?;
    }
    prove(&place, &load, &addresses, &mut ledger)?;
    say(&format!(
        "{} acknowledged, each there once on the new primary; {} refusals that asked for patience; promoting took \
         {} ms; nobody was acknowledged for {} ms",
        format::bytes(ledger.acknowledged.len() as u64),
        ledger.refusals.values().sum::<u64>(),
        promoted.as_millis(),
        gap(&load, killed)?.as_millis(),
    ));
    Ok(())
}

/// While the standby is away, nothing may be acknowledged: only one machine has it.
fn without_standby(
    standby: &Server,
    load: &Load,
    addresses: &[SocketAddr],
    ledger: &mut Ledger,
) -> Result<()> {
    post_for(Duration::from_secs(1), load, addresses, ledger)?;
    standby.kill()?;
    // What the standby had taken before it died may still be acknowledged.
    post_for(Duration::from_millis(500), load, addresses, ledger)?;
    let before = ledger.acknowledged.len();
    post_for(Duration::from_secs(2), load, addresses, ledger)?;
    if ledger.acknowledged.len() > before {
        bail!("{} were acknowledged that only one machine had", ledger.acknowledged.len() - before);
    }
    standby.start()?;
    load.settle(addresses[0], ledger, RECOVERY)?;
    say(&format!(
        "without the standby, {} waited and none was acknowledged",
        ledger.refusals.values().sum::<u64>()
    ));
    Ok(())
}

/// Gives the moment of the primary's death, and how long promoting took.
fn fail_over(
    primary: &Server,
    standby: &Server,
    load: &Load,
    addresses: &[SocketAddr],
    ledger: &mut Ledger,
) -> Result<(Instant, Duration)> {
    let (times, sent) = load.during(addresses, CONNECTIONS, Persistence::Persists, || {
        thread::sleep(Duration::from_secs(2));
        let killed = Instant::now();
        primary.kill()?;
        standby.promote()?;
        let promoted = killed.elapsed();
        thread::sleep(Duration::from_secs(8));
        Ok((killed, promoted))
    })?;
    ledger.add(sent);
    // A standby of the new primary is not part of this: it would have to be made first.
    Ok(times)
}

fn post_for(time: Duration, load: &Load, addresses: &[SocketAddr], ledger: &mut Ledger) -> Result<()> {
    let wait = || {
        thread::sleep(time);
        Ok(())
    };
    ledger.add(load.during(addresses, CONNECTIONS, Persistence::Persists, wait)?.1);
    Ok(())
}

/// Every acknowledged response is there once, and both collectors acknowledge it again with its receipt.
fn prove(place: &Place, load: &Load, addresses: &[SocketAddr], ledger: &mut Ledger) -> Result<()> {
    let all: Vec<u64> = ledger.acknowledged.keys().copied().collect();
    for address in addresses {
        load.repeat(*address, &all, ledger)?;
    }
    ledger.prove(&place.rows()?)
}

/// The longest time without an acknowledgement that ended after a moment.
fn gap(load: &Load, moment: Instant) -> Result<Duration> {
    let mut times = load.times.lock().unwrap_or_else(PoisonError::into_inner).clone();
    times.sort();
    let gaps = times.windows(2).filter(|pair| pair[1] > moment).map(|pair| pair[1] - pair[0]);
    match gaps.max() {
        Some(gap) => Ok(gap),
        None => bail!("nobody was acknowledged after the fail-over"),
    }
}
