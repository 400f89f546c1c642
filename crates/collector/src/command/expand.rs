//! `qulaq expand`: a definition with the places of the classifier written out.

use super::data::Data;
use super::{Out, read_file};
use crate::places;
use crate::publication;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use survey::Fault;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The definition (JSON, format 1)
    file: PathBuf,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let classifier = options.data.classifier().await?;
    let expanded = publication::parse(&read_file(&options.file)?).and_then(|mut definition| {
        places::expand(&mut definition, &classifier)?;
        Ok(definition)
    });
    let definition = match expanded {
        Ok(definition) => format!("{definition:#}\n"),
        Err(faults) => return told(&faults, &options, out),
    };
    match &options.output {
        Some(file) => fs::write(file, definition).with_context(|| format!("cannot write {}", file.display())),
        None => Ok(out.write_all(definition.as_bytes())?),
    }
}

fn told(faults: &[Fault], options: &Options, out: &mut Out) -> Result<()> {
    for fault in faults {
        writeln!(out, "{}: {fault}", options.file.display())?;
    }
    bail!("nothing was written");
}
