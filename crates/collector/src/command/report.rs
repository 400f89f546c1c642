//! `qulaq report`: what looks odd about the responses to a survey, and its totals without that.

use super::Out;
use super::data::Data;
use super::user::write_down;
use crate::day::Days;
use crate::edition::Edition;
use crate::people::deed::Act;
use crate::report;
use crate::store::Opening;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::fs;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language [default: the first of the survey]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for people
    #[default]
    Html,
    /// For programs
    Json,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let unknown = || format!("no survey \"{}\" was published", options.id);
    let record = store.survey(&options.id).await?.with_context(unknown)?;
    let definition = store.definition(&options.id, &record.version).await?.with_context(unknown)?;
    let edition = Edition::read(record.version, &definition)?;
    let report = report::report(&*store, &edition).await?;
    // It quotes what people wrote.
    write_down(&*store, Act::ReadTexts, Some(options.id.clone()), "report".to_owned()).await?;
    let results = report::results(&definition);
    let lang = edition.survey.language(options.lang.as_deref().unwrap_or_default());
    let text = match options.format {
        Format::Json => format!("{:#}\n", report.json(&edition, results.as_deref(), true)),
        Format::Html => {
            let days = Days::new()?;
            let inside = report::html(&report, &edition, results.as_deref(), (lang, &days, true));
            report::document(edition.survey.title.get(lang), lang, &inside)
        }
    };
    match options.output {
        Some(file) => fs::write(&file, text).with_context(|| format!("cannot write {}", file.display())),
        None => Ok(out.write_all(text.as_bytes())?),
    }
}
