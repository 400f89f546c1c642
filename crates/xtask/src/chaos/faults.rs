//! `cargo xtask chaos faults`: what befalls disks, files, limits and databases, each for real, under load.
//!
//! Each fault is one function that says how it begins and ends; `Episode` is what happens around it.

mod database;
pub(super) mod disk;

use std::fs;
use std::net::TcpStream;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Site;
use super::collector::{Collector, Place};
use super::ledger::Ledger;
use super::load::{Load, Persistence};
use super::wire::Wire;
use crate::format;
use crate::steps::say;
use disk::{Disk, Mood, SmallDisk};

/// Connections that post.
const CONNECTIONS: usize = 8;

/// How long the load runs before, in and after a fault.
const AROUND: Duration = Duration::from_millis(300);
const WITHIN: Duration = Duration::from_millis(1500);

/// How long a citizen waits for a reply here.
const PATIENCE: Duration = Duration::from_secs(2);

/// How soon everything must be taken after a fault is over.
const RECOVERY: Duration = Duration::from_secs(30);

/// What a collector must do in a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Duty {
    /// Refuse honestly, and say that it is not ready.
    Refuse,
    /// Go on, however slowly.
    GoOn,
}

/// A fault by its name; `None` where it cannot be made on this machine.
type Fault = (&'static str, fn(&Site<'_>, u64) -> Result<Option<Told>>);

/// Those of a directory.
const FAULTS: &[Fault] = &[
    ("the disk is full", full),
    ("the files cannot be written", read_only),
    ("the disk fails to write", failing),
    ("the disk is slow", slow),
    ("the directory is moved away", moved),
    ("no file descriptors are left", descriptors),
];

/// What a fault did.
struct Told {
    /// How it was made.
    how: &'static str,
    ledger: Ledger,
    acknowledged_within: usize,
    recovery: Duration,
}

/// Runs every fault of an engine and prints what each did.
pub(crate) fn run(seed: u64, site: &Site<'_>) -> Result<()> {
    let faults = if site.cluster().is_some() { database::FAULTS } else { FAULTS };
    let mut rows = vec![
        ["fault", "refused with", "taken meanwhile", "over after", "kept once", "made by"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let mut broken = Ok(());
    for (name, fault) in faults {
        say(name);
        match fault(site, seed) {
            Ok(Some(told)) => rows.push(told.row(name)),
            Ok(None) => say("left out: it needs a disk of its own, which this user may not mount"),
            Err(error) => {
                broken = Err(error.context(format!("when {name}")));
                break;
            }
        }
    }
    print!("{}", format::table(&rows));
    broken
}

impl Told {
    fn row(&self, name: &str) -> Vec<String> {
        let refused = self.ledger.refusals.iter().map(|(status, count)| format!("{status} × {count}"));
        let refused = refused.collect::<Vec<_>>().join(", ");
        let recovery = format!("{} ms", self.recovery.as_millis());
        let figures = [self.acknowledged_within, self.ledger.acknowledged.len()]
            .map(|count| format::bytes(count as u64));
        let [within, all] = figures;
        vec![name.to_owned(), refused, within, recovery, all, self.how.to_owned()]
    }
}

fn full(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let mount = tempfile::tempdir()?;
    if let Some(disk) = SmallDisk::mount(mount.path())? {
        let place = site.place_with_data_in(&mount.path().join("data"))?;
        let collector = place.serve()?;
        return Episode::new(seed, &place, &collector, Duty::Refuse).run(
            "a disk of 32 MB, filled",
            || disk.fill(),
            || disk.clear(),
        );
    }
    let place = site.place()?;
    let collector = place.serve_under(Some(disk::with_short_files()))?;
    let pid = collector.pid();
    Episode::new(seed, &place, &collector, Duty::Refuse).run(
        "a limit on the length of files",
        || disk::limit_files(pid, "4096"),
        || disk::limit_files(pid, "unlimited"),
    )
}

fn read_only(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let place = site.place()?;
    let disk = Disk::build(place.path())?;
    let collector = place.serve_under(Some(disk.under()))?;
    let data = place.data();
    let episode = Episode::new(seed, &place, &collector, Duty::Refuse);
    if disk::set_immutable(data, true) && disk::set_immutable(data, false) {
        let set = |immutable| match disk::set_immutable(data, immutable) {
            true => Ok(()),
            false => bail!("chattr failed"),
        };
        return episode.run("immutable files", || set(true), || set(false));
    }
    episode.run("EROFS for each write", || disk.be(Mood::ReadOnly), || disk.be(Mood::Well))
}

fn failing(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    with_disk(site, seed, Duty::Refuse, "EIO for each sync", Mood::Failing)
}

fn slow(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    with_disk(site, seed, Duty::GoOn, "200 ms more for each sync", Mood::Slow)
}

fn with_disk(site: &Site<'_>, seed: u64, duty: Duty, how: &'static str, mood: Mood) -> Result<Option<Told>> {
    let place = site.place()?;
    let disk = Disk::build(place.path())?;
    let collector = place.serve_under(Some(disk.under()))?;
    Episode::new(seed, &place, &collector, duty).run(how, || disk.be(mood), || disk.be(Mood::Well))
}

fn moved(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let place = site.place()?;
    let collector = place.serve()?;
    let away = place.path().join("away");
    Episode::new(seed, &place, &collector, Duty::Refuse).run(
        "rename, and back",
        || Ok(fs::rename(place.data(), &away)?),
        || Ok(fs::rename(&away, place.data())?),
    )
}

/// Connections that say nothing would take every descriptor; they are let go of for whoever has something to say.
fn descriptors(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    const LIMIT: &str = "64";
    let place = site.place()?;
    let mut limited = Command::new("prlimit");
    limited.arg(format!("--nofile={LIMIT}"));
    let collector = place.serve_under(Some(limited))?;
    let mut idle = Vec::new();
    let hogged = std::cell::RefCell::new(&mut idle);
    Episode::new(seed, &place, &collector, Duty::GoOn).run(
        "64 in all, and 100 idle connections",
        || {
            for _ in 0..100 {
                hogged.borrow_mut().push(TcpStream::connect(collector.address)?);
            }
            Ok(())
        },
        || {
            hogged.borrow_mut().clear();
            Ok(())
        },
    )
}

/// One fault, from the load before it to the proof after it.
struct Episode<'place> {
    place: &'place Place,
    collector: &'place Collector,
    duty: Duty,
    load: Load,
}

impl<'place> Episode<'place> {
    fn new(seed: u64, place: &'place Place, collector: &'place Collector, duty: Duty) -> Self {
        let mut load = Load::new(seed, &place.version);
        load.patience = PATIENCE;
        Self { place, collector, duty, load }
    }

    fn run(
        self,
        how: &'static str,
        begin: impl FnOnce() -> Result<()>,
        end: impl FnOnce() -> Result<()>,
    ) -> Result<Option<Told>> {
        let mut ledger = self.post_for(AROUND)?;
        let before = ledger.acknowledged.len();
        begin().context("it cannot be begun")?;
        let broken = self.post_for(WITHIN).and_then(|within| {
            ledger.add(within);
            self.watch(&mut ledger)
        });
        end().context("it cannot be ended")?;
        broken?;
        self.judge(&ledger, before)?;
        let acknowledged_within = ledger.acknowledged.len() - before;
        let recovery = self.load.settle(self.collector.address, &mut ledger, RECOVERY);
        let recovery = recovery.with_context(|| self.place.log())?;
        ledger.add(self.post_for(AROUND)?);
        self.load.settle(self.collector.address, &mut ledger, RECOVERY)?;
        ledger.prove(&self.place.rows()?).with_context(|| self.place.log())?;
        Ok(Some(Told { how, ledger, acknowledged_within, recovery }))
    }

    fn post_for(&self, time: Duration) -> Result<Ledger> {
        let wait = || {
            thread::sleep(time);
            Ok(())
        };
        Ok(self.load.during(&[self.collector.address], CONNECTIONS, Persistence::Persists, wait)?.1)
    }

    /// What watches over a collector is told the truth as well. Somewhere on a full disk there may be room for one more.
    fn watch(&self, ledger: &mut Ledger) -> Result<()> {
        let taken = self.load.try_one(self.collector.address, ledger)?;
        let mut wire = Wire::connect(self.collector.address, RECOVERY)?;
        let (alive, ready) = (wire.get("/healthz")?, wire.get("/readyz")?);
        let honest =
            if taken { ready.status == 200 || ready.is_honest_refusal() } else { ready.is_honest_refusal() };
        if alive.status != 200 || !honest {
            bail!(
                "/healthz gave {}, /readyz {}, and a response was taken: {taken}",
                alive.status,
                ready.status
            );
        }
        Ok(())
    }

    fn judge(&self, ledger: &Ledger, before: usize) -> Result<()> {
        let acknowledged = ledger.acknowledged.len() > before;
        match self.duty {
            Duty::Refuse if ledger.refusals.is_empty() => bail!("nothing was refused: the fault was none"),
            Duty::GoOn if !acknowledged => bail!("nothing was kept any more"),
            _ => Ok(()),
        }
    }
}
