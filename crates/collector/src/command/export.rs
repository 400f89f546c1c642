//! `qulaq export`: the responses to a survey, in a file or on standard output.

use super::data::Data;
use super::user::write_down;
use crate::export::{Export, Format};
use crate::key::Key;
use crate::people::deed::Act;
use crate::random;
use crate::store::{Opening, Store};
use anyhow::{Context, Result};
use clap::Args;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// The format of the table
    #[arg(long)]
    format: Format,
    /// The file to write, readable by its owner alone; standard output when it is left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let id = options.id.clone();
    let key = Key::of_store(&*store, &random::system()).await?;
    let export = Export::of(&*store, key, &options.id).await?;
    let export = export.with_context(|| format!("no survey \"{}\" was published", options.id))?;
    write_down(&*store, Act::Downloaded, Some(id), options.format.ending().to_owned()).await?;
    let (format, output) = (options.format, options.output);
    let writing = tokio::task::spawn_blocking(move || match output {
        Some(file) => to_file(&export, &*store, format, &file),
        None => Ok(export.write(&*store, format, BufWriter::new(io::stdout()))?),
    });
    writing.await.context("the export broke off")?
}

/// The file appears under its name when it is whole.
fn to_file(export: &Export, store: &dyn Store, format: Format, file: &Path) -> Result<()> {
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot_write = || format!("cannot write {}", file.display());
    let mut unfinished = NamedTempFile::new_in(directory).with_context(cannot_write)?;
    export.write(store, format, BufWriter::new(&mut unfinished))?;
    unfinished.flush().with_context(cannot_write)?;
    unfinished.persist(file).with_context(cannot_write)?;
    Ok(())
}
