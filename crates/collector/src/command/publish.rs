//! `qulaq publish`: a definition becomes the current version of its survey.

use super::data::Data;
use super::{Out, read_file};
use crate::advice::Report;
use crate::store::{Opening, Publication, Published, Store};
use crate::{clock, publication};
use anyhow::{Context, Result};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The definition (JSON, format 1)
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let publication = sound_publication(&options.file, out)?;
    let store = options.data.open(Opening::OrCreate)?;
    let (survey, version) = (publication.survey.clone(), publication.version.clone());
    let said = match store.publish(publication).await? {
        Published::New => "published",
        Published::Unchanged => "already published",
        Published::Restored => "published again",
    };
    writeln!(out, "{said}: {survey}, version {version}")?;
    Ok(())
}

fn sound_publication(file: &Path, out: &mut Out) -> Result<Publication> {
    let text = read_file(file)?;
    let report = Report::of(&text);
    for fault in &report.faults {
        writeln!(out, "{}:{fault}", file.display())?;
    }
    let sound = publication::read(&text, (clock::system())()).ok().filter(|_| report.faults.is_empty());
    sound.context("nothing was published: mend what is listed and publish again")
}
