//! `cargo xtask chaos`: the proof that nothing acknowledged is lost, nothing is kept twice, and an attack shuts nobody out.
//!
//! Each part drives the built program from outside, as citizens do, breaks something for real while they send, and
//! compares what they were told with the rows of the export. What each part gave is in `docs/reliability.md`.

mod attack;
mod collector;
mod crash;
mod dice;
mod failover;
mod faults;
mod forum;
mod ledger;
mod load;
mod network;
mod postgres;
mod power;
mod soak;
mod votes;
mod wire;

use std::fmt;
use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use crate::places::Places;
use crate::tools;
pub(crate) use collector::Place;
pub(crate) use postgres::Cluster;

/// What to break.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
    /// The engine
    #[arg(long, value_enum, default_value_t = Store::Sqlite, global = true)]
    store: Store,
    /// Where randomness begins: the same number throws the same dice
    #[arg(long, default_value_t = SEED, global = true)]
    seed: u64,
}

#[derive(Subcommand)]
enum What {
    /// Kill the collector, and the database, with -9 under load, again and again
    Crash {
        /// So many times
        #[arg(long, default_value_t = 50)]
        rounds: u32,
    },
    /// Cut the power: open what the disk had at a moment of the load
    Power {
        /// So many times
        #[arg(long, default_value_t = 20)]
        rounds: u32,
    },
    /// Break disks, files, limits and databases under load, and mend them
    Faults,
    /// Send over a line that loses, cuts off, delays, repeats and reorders
    Network {
        /// So many responses of a raw client
        #[arg(long, default_value_t = 10_000)]
        submissions: u32,
        /// So many citizens in a browser
        #[arg(long, default_value_t = 100)]
        pages: u32,
    },
    /// Stay at 70 % of the peak and look at the memory
    Soak {
        /// So many minutes
        #[arg(long, default_value_t = 15)]
        minutes: u32,
    },
    /// Forge responses by the thousand from one machine while citizens answer, on each tier
    Attack {
        /// So many forged ones
        #[arg(long, default_value_t = 100_000)]
        forged: u64,
        /// So many of citizens
        #[arg(long, default_value_t = 500)]
        honest: u64,
    },
    /// Kill a PostgreSQL primary under load and let its synchronous standby take over
    Failover,
}

/// Which engine keeps the responses.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Store {
    /// A directory
    Sqlite,
    /// A server that is made for the run
    Postgres,
}

/// Where the dice begin unless somebody wants others.
const SEED: u64 = 20_260_101;

/// How often the collector is killed in `cargo xtask test`, on each engine.
const BRIEF: u32 = 5;

/// How many forge and answer there.
const SMALL: attack::Crowd = attack::Crowd { forged: 2000, honest: 20 };

/// Where a part is run: an engine, which is ready.
pub(crate) struct Site<'places> {
    places: &'places Places,
    cluster: Option<Cluster>,
}

impl<'places> Site<'places> {
    fn new(store: Store, places: &'places Places) -> Result<Self> {
        let cluster = match store {
            Store::Sqlite => None,
            Store::Postgres => {
                tools::postgres()?;
                Some(Cluster::start()?)
            }
        };
        Ok(Self { places, cluster })
    }

    /// The database servers, where there are any.
    pub(crate) fn cluster(&self) -> Option<&Cluster> {
        self.cluster.as_ref()
    }

    /// A fresh place for a collector on this engine.
    pub(crate) fn place(&self) -> Result<Place> {
        let database = self.cluster.as_ref().map(|cluster| cluster.database(None)).transpose()?;
        Place::new(self.places, database, Path::new("data"))
    }

    /// One for SQLite with the data in this directory, which may be one of another disk.
    pub(crate) fn place_with_data_in(&self, data: &Path) -> Result<Place> {
        Place::new(self.places, None, data)
    }

    /// One on the database with this address.
    pub(crate) fn place_on(&self, url: String) -> Result<Place> {
        Place::new(self.places, Some(url), Path::new("data"))
    }
}

impl fmt::Display for Site<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.cluster.is_some() { "PostgreSQL" } else { "SQLite" })
    }
}

/// Runs one part.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    let site = |store| Site::new(store, places);
    match options.what {
        What::Crash { rounds } => crash::run(options.seed, rounds, &site(options.store)?),
        What::Power { rounds } => power::run(options.seed, rounds, &site(Store::Sqlite)?),
        What::Faults => faults::run(options.seed, &site(options.store)?),
        What::Network { submissions, pages } => network::run(options.seed, submissions, pages, places),
        What::Soak { minutes } => soak::run(options.seed, minutes, &site(options.store)?),
        What::Attack { forged, honest } => {
            attack::run(options.seed, attack::Crowd { forged, honest }, &site(options.store)?)
        }
        What::Failover => failover::run(options.seed, &site(Store::Postgres)?),
    }
}

/// The step of `cargo xtask test`: a few deaths on each engine, every fault, a small attack, a few power cuts, and one
/// fail-over.
pub(crate) fn briefly(places: &Places) -> Result<()> {
    for store in [Store::Sqlite, Store::Postgres] {
        let site = Site::new(store, places)?;
        crash::run(SEED, BRIEF, &site)?;
        faults::run(SEED, &site)?;
        attack::run(SEED, SMALL, &site)?;
    }
    power::run(SEED, BRIEF, &Site::new(Store::Sqlite, places)?)?;
    failover::run(SEED, &Site::new(Store::Postgres, places)?)
}
