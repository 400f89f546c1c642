//! `qulaq privacy`: the data-protection sheet of a survey; with `--breach`, what of all surveys was there to be seen.

use super::data::Data;
use crate::clock;
use crate::day::Days;
use crate::privacy::sheet::{Sheet, breach, page};
use crate::store::Opening;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    #[arg(required_unless_present = "breach")]
    id: Option<String>,
    /// List all surveys with what they ask and how much there is of it, for whoever must tell of a breach
    #[arg(long, conflicts_with = "id")]
    breach: bool,
    /// How it is told
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    format: Format,
    /// The language of the page
    #[arg(long, value_name = "LANG", default_value = "kk", value_parser = ["kk", "ru", "en"])]
    lang: String,
    /// The file to write; standard output when it is left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for people
    Html,
    /// For programs
    Json,
}

pub(super) async fn run(options: Options) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let (settings, now, days) = (options.data.settings()?, (clock::system())(), Days::new()?);
    let ids = match &options.id {
        Some(id) => vec![id.clone()],
        None => store.surveys().await?.into_iter().map(|(id, _)| id).collect(),
    };
    let mut sheets = Vec::new();
    for id in ids {
        let sheet = Sheet::of(&*store, &id, &settings, now, &days).await?;
        sheets.push(sheet.with_context(|| format!("no survey \"{id}\" was published"))?);
    }
    let told = match (options.format, options.breach, sheets.first()) {
        (Format::Json, true, _) => serde_json::to_string_pretty(&sheets)? + "\n",
        (Format::Json, false, sheet) => serde_json::to_string_pretty(&sheet)? + "\n",
        (Format::Html, false, Some(sheet)) => page(sheet, &options.lang),
        (Format::Html, ..) => breach(&sheets, &options.lang),
    };
    match &options.output {
        Some(file) => fs::write(file, told).with_context(|| format!("cannot write {}", file.display())),
        None => Ok(io::stdout().write_all(told.as_bytes())?),
    }
}
