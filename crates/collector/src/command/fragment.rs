//! `qulaq fragment`: the form of a definition as browsers get it, for those who measure its size.

use super::{Out, read_file};
use crate::clock::Minute;
use crate::edition::Edition;
use crate::http::{Manner, first_view, opening};
use crate::publication;
use crate::times::Standing;
use anyhow::{Result, anyhow};
use clap::Args;
use qulaq::View;
use std::path::PathBuf;
use survey::Occasion;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The definition (JSON, format 1)
    file: PathBuf,
    /// The language, one of the survey's
    #[arg(long, value_name = "TAG")]
    lang: String,
}

pub(super) fn run(options: &Options, out: &mut Out) -> Result<()> {
    let faulty =
        || anyhow!("the definition cannot be published: see `qulaq check {}`", options.file.display());
    let publication = publication::read(&read_file(&options.file)?, Minute(0)).map_err(|_| faulty())?;
    let edition = Edition::read(publication.version, &publication.definition)?;
    let lang = edition.survey.language(&options.lang).to_owned();
    let begun = (edition.survey.defaults(), Occasion::default());
    let action = format!("https://qulaq.example/s/{}", publication.survey);
    let view = View {
        action,
        heading_level: 2,
        ..first_view(&edition, Standing::Open, (lang, Manner::default()), begun)
    };
    writeln!(out, "{}", opening(&edition, &view, ""))?;
    Ok(())
}
