//! `qulaq backup`: everything in one file, beside a running server.

use super::Out;
use super::data::Data;
use crate::clock::Minute;
use crate::day::Days;
use crate::store::Opening;
use crate::{backup, clock};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The file to write, which must not be there yet; it is readable by its owner alone
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let manifest = backup::write(&*store, &options.file, (clock::system())()).await?;
    writeln!(out, "backed up: {}, in {}", told(&manifest), options.file.display())?;
    if let Some(until) = manifest.keep_until {
        let until = Days::new()?.told(Minute(until))?;
        writeln!(out, "delete it by: {until}")?;
    }
    Ok(())
}

/// What is in a backup, in words.
pub(super) fn told(manifest: &backup::Manifest) -> String {
    let (surveys, responses, withdrawn) =
        (manifest.rows("surveys"), manifest.rows("responses"), manifest.rows("withdrawn"));
    format!(
        "surveys {surveys}, responses {}, files {}",
        responses.saturating_sub(withdrawn),
        manifest.media()
    )
}
