//! `qulaq expire`: deletes what is over, as a running collector does every hour.

use super::Out;
use super::data::Data;
use crate::clock::{self, Minute};
use crate::retention::{self, DAY};
use crate::store::{Erasure, Opening, Store};
use anyhow::Result;
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Say what would be deleted, and delete nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let now = (clock::system())();
    if options.dry_run {
        return tell_overdue(&*store, now, out).await;
    }
    tell(&retention::round(&*store, now).await?, out)
}

/// What was deleted, a line a thing.
pub(super) fn tell(erasures: &[Erasure], out: &mut Out) -> Result<()> {
    for Erasure { survey, what, number, .. } in erasures {
        writeln!(out, "deleted: {survey}, {} {number}", what.name())?;
    }
    if erasures.is_empty() {
        writeln!(out, "nothing is over")?;
    }
    Ok(())
}

async fn tell_overdue(store: &dyn Store, now: Minute, out: &mut Out) -> Result<()> {
    let overdue = retention::overdue(store, now).await?;
    for (bound, over) in &overdue {
        let retention::Bound { survey, version, what, days } = bound;
        writeln!(out, "over: {survey}, version {version}, {} {over}, kept for {days} days", what.name())?;
    }
    if overdue.is_empty() {
        writeln!(out, "nothing is over")?;
    }
    match retention::until(store, now).await? {
        Some(next) if overdue.is_empty() => {
            writeln!(out, "next: in {} days", (next.0 - now.0).div_euclid(DAY))?;
        }
        _ => {}
    }
    Ok(())
}
