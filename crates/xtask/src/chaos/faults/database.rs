//! What befalls a collector on PostgreSQL: its database goes away and comes back, takes no writes, has no room.

use std::process::Command;

use anyhow::{Context, Result};

use super::disk::SmallDisk;
use super::{Duty, Episode, Fault, Told};
use crate::chaos::Site;
use crate::chaos::postgres::{self, Cluster};
use crate::command;

pub(super) const FAULTS: &[Fault] = &[
    ("the database is stopped", stopped),
    ("the database is killed", killed),
    ("the database takes no writes", read_only),
    ("every connection is cut off", cut_off),
    ("the database has no room", full),
];

fn cluster<'site>(site: &'site Site<'_>) -> Result<&'site Cluster> {
    site.cluster().context("this fault is one of PostgreSQL")
}

fn stopped(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let (place, server) = (site.place()?, &cluster(site)?.primary);
    let collector = place.serve()?;
    Episode::new(seed, &place, &collector, Duty::Refuse).run(
        "pg_ctl stop",
        || server.stop(),
        || server.start(),
    )
}

fn killed(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let (place, server) = (site.place()?, &cluster(site)?.primary);
    let collector = place.serve()?;
    Episode::new(seed, &place, &collector, Duty::Refuse).run("kill -9", || server.kill(), || server.start())
}

fn read_only(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let (place, server) = (site.place()?, &cluster(site)?.primary);
    let collector = place.serve()?;
    let set = |value| server.set("default_transaction_read_only", value);
    Episode::new(seed, &place, &collector, Duty::Refuse).run(
        "default_transaction_read_only",
        || set("on"),
        || set("off"),
    )
}

fn cut_off(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let (place, server) = (site.place()?, &cluster(site)?.primary);
    let collector = place.serve()?;
    let cut = || {
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'qulaq'")
    };
    Episode::new(seed, &place, &collector, Duty::GoOn).run("pg_terminate_backend", cut, || Ok(()))
}

/// The tables are on a small disk, the log of the server is not. Without root, there is no such disk.
fn full(site: &Site<'_>, seed: u64) -> Result<Option<Told>> {
    let cluster = cluster(site)?;
    let mount = tempfile::tempdir()?;
    let Some(disk) = SmallDisk::mount(mount.path())? else { return Ok(None) };
    let tables = mount.path().join("tables");
    std::fs::create_dir(&tables)?;
    command::run(Command::new("chown").arg("-R").arg(postgres::SYSTEM_USER).arg(mount.path()))?;
    cluster.primary.sql(&format!("CREATE TABLESPACE small LOCATION '{}'", tables.display()))?;
    let place = site.place_on(cluster.database(Some("small"))?)?;
    let collector = place.serve()?;
    Episode::new(seed, &place, &collector, Duty::Refuse).run(
        "a disk of 32 MB, filled",
        || disk.fill(),
        || disk.clear(),
    )
}
