//! `qulaq close`: a survey takes no more responses.

use super::Out;
use super::data::Data;
use crate::store::Opening;
use anyhow::{Result, ensure};
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    ensure!(store.close(&options.id).await?, "no survey \"{}\" was published", options.id);
    writeln!(out, "closed: {}", options.id)?;
    Ok(())
}
