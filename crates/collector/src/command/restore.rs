//! `qulaq restore`: what a backup holds, into a store that has nothing.

use super::Out;
use super::backup::told;
use super::data::Data;
use super::expire;
use crate::backup::Archive;
use crate::store::Opening;
use crate::{clock, retention};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use tokio::task::spawn_blocking;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The backup; it may be of another engine
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let file = options.file;
    // Before anything is made: a file that is no backup leaves no store behind.
    let archive = spawn_blocking(move || Archive::open(&file)).await??;
    let store = options.data.open(Opening::OrCreate).await?;
    let manifest = archive.restore(&*store).await?;
    writeln!(out, "restored: {}", told(&manifest))?;
    // A backup brings back what was deleted since, and nobody may read it before it is deleted again.
    let erasures = retention::round(&*store, (clock::system())()).await?;
    expire::tell(&erasures, out)
}
