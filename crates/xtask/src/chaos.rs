//! `cargo xtask chaos`: the proof that nothing acknowledged is lost and nothing is kept twice.
//!
//! Each part drives the built program from outside, as citizens do, breaks something for real while they send, and
//! compares what they were told with the rows of the export. What each part gave is in `docs/reliability.md`.

mod collector;
mod crash;
mod dice;
mod faults;
mod ledger;
mod load;
mod wire;

use std::fmt;
use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use crate::places::Places;
use collector::Place;

/// What to break.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
    /// The engine
    #[arg(long, value_enum, default_value_t = Store::Sqlite, global = true)]
    store: Store,
    /// Where randomness begins: the same number throws the same dice
    #[arg(long, default_value_t = 20_260_101, global = true)]
    seed: u64,
}

#[derive(Subcommand)]
enum What {
    /// Kill the collector with -9 under load, again and again
    Crash {
        /// So many times
        #[arg(long, default_value_t = 50)]
        rounds: u32,
    },
    /// Break disks, files and limits under load, and mend them
    Faults,
}

/// Which engine keeps the responses.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Store {
    /// A directory
    Sqlite,
}

/// Where a part is run: an engine, which is ready.
pub(crate) struct Site<'places> {
    places: &'places Places,
    store: Store,
}

impl Site<'_> {
    /// A fresh place for a collector on this engine.
    pub(crate) fn place(&self) -> Result<Place> {
        self.place_with_data_in(Path::new("data"))
    }

    /// The same with the data in this directory, which may be one of another disk.
    pub(crate) fn place_with_data_in(&self, data: &Path) -> Result<Place> {
        Place::new(self.places, None, data)
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
        })
    }
}

/// Runs one part.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    let site = Site { places, store: options.store };
    match options.what {
        What::Crash { rounds } => crash::run(options, rounds, &site),
        What::Faults => faults::run(options, &site),
    }
}
