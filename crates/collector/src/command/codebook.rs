//! `qulaq codebook`: what the data of a survey mean, in a file or on standard output.

use super::data::Data;
use crate::codebook::{Codebook, Figures, Format};
use crate::export::{self, Export};
use crate::key::Key;
use crate::random;
use crate::store::{Opening, Store};
use anyhow::{Context, Result};
use clap::Args;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// The form of the codebook
    #[arg(long)]
    format: Format,
    /// The language of what is in one language alone; the survey's first when it is left out
    #[arg(long, default_value = "")]
    lang: String,
    /// Where the table stands, as seen from the file
    #[arg(long, value_name = "FILE")]
    table: Option<String>,
    /// Count how often each code stands in the table
    #[arg(long)]
    counts: bool,
    /// The file to write; standard output when it is left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let key = Key::of_store(&*store, &random::system()).await?;
    let export = Export::of(&*store, key, &options.id).await?;
    let export = export.with_context(|| format!("no survey \"{}\" was published", options.id))?;
    let codebook = Codebook::of(&*store, &export).await?;
    tokio::task::spawn_blocking(move || {
        let codebook = if options.counts { counted(codebook, &export, &*store)? } else { codebook };
        write(&codebook, &options)
    })
    .await
    .context("the codebook broke off")?
}

/// The same with what stands in the table now.
fn counted(codebook: Codebook, export: &Export, store: &dyn Store) -> Result<Codebook> {
    let mut table = tempfile::tempfile().context("cannot make a temporary file")?;
    export.write(store, export::Format::Csv, BufWriter::new(&mut table))?;
    table.rewind()?;
    let figures = Figures::of_csv(&codebook.variables, BufReader::new(table))?;
    Ok(codebook.with(figures))
}

fn write(codebook: &Codebook, options: &Options) -> Result<()> {
    let table = options.table.clone().unwrap_or_else(|| format!("{}.csv", options.id));
    let mut sink: Box<dyn Write> = match &options.output {
        Some(file) => {
            let created = File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
            Box::new(BufWriter::new(created))
        }
        None => Box::new(io::stdout().lock()),
    };
    codebook.write(options.format, &options.lang, &table, &mut *sink)?;
    Ok(sink.flush()?)
}
