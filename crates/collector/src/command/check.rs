//! `qulaq check`: everything that is wrong with definitions, all at once.

use super::{Out, read_file};
use anyhow::{Result, ensure};
use clap::Args;
use std::path::{Path, PathBuf};
use survey::Survey;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Definitions (JSON, format 1)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(options: &Options, out: &mut Out) -> Result<()> {
    let mut faulty = 0;
    for file in &options.files {
        faulty += usize::from(!check(file, out)?);
    }
    ensure!(faulty == 0, "{faulty} of {} definitions cannot be published as they are", options.files.len());
    Ok(())
}

/// Whether the definition is sound.
fn check(file: &Path, out: &mut Out) -> Result<bool> {
    let name = file.display();
    match Survey::read(&read_file(file)?) {
        Ok(survey) => writeln!(out, "{name}: sound ({})", survey.id).map(|()| true).map_err(Into::into),
        Err(faults) => {
            for fault in faults {
                writeln!(out, "{name}: {fault}")?;
            }
            Ok(false)
        }
    }
}
