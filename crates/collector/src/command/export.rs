//! `qulaq export`: the responses to a survey, in a file or on standard output.

mod progress;

use super::data::Data;
use super::user::write_down;
use crate::download::{self, Download};
use crate::export::{Export, Gaps, Options, Values, name_of};
use crate::key::Key;
use crate::people::deed::Act;
use crate::random;
use crate::store::{Opening, Store};
use anyhow::{Context, Result};
use clap::Args;
use progress::Progress;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The id of the survey
    id: String,
    /// The format of the table, or the package of everything
    #[arg(long)]
    format: download::Wanted,
    /// The file to write, readable by its owner alone; standard output when it is left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show no bar on a terminal
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    data: Data,
}

/// What of the table is wanted: the options of an address.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which table")]
struct Wanted {
    /// Codes, or the labels that they stand for
    #[arg(long, default_value = "codes")]
    values: Values,
    /// The language of labels; the first of the survey when it is left out
    #[arg(long)]
    lang: Option<String>,
    /// Columns, or questions for all of their columns, separated by commas
    #[arg(long, value_name = "NAMES")]
    columns: Option<String>,
    /// Only what came after this response, or after the position that an export told
    #[arg(long, value_name = "RESPONSE")]
    since: Option<String>,
    /// The first day of arrival, such as 2026-11-23
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day of arrival
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// The language that was answered in
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    /// The channel that was answered by
    #[arg(long)]
    channel: Option<String>,
    /// A condition over the answers, in the language of surveys: "overall <= 2 and region == 10"
    #[arg(long = "where", value_name = "CONDITION")]
    condition: Option<String>,
    /// What stands for a missing value; as the format does it when it is left out
    #[arg(long)]
    missing: Option<Gaps>,
    /// What was answered by those who did not finish, instead of the responses
    #[arg(long)]
    partials: bool,
    /// The codes that people gave to texts as columns of 0 and 1
    #[arg(long)]
    codes: bool,
    /// The version that was answered, or the beginning of its name
    #[arg(long)]
    version: Option<String>,
    /// Only responses without any flag of quality ("none"), or with this one
    #[arg(long, value_name = "FLAG")]
    flags: Option<String>,
    /// With what was noticed about each response in columns of their own
    #[arg(long)]
    quality: bool,
    /// The weighting by which each response has its weight in a column
    #[arg(long, value_name = "NAME")]
    weighting: Option<String>,
    /// With the flags of the guard as columns: guard_trap, guard_fast, guard_burst, guard_network, guard_work
    #[arg(long)]
    guard: bool,
    /// With the matter that each response opened: matter_number, matter_state, matter_body, matter_registered, matter_due,
    /// matter_closed
    #[arg(long)]
    matters: bool,
}

impl Wanted {
    fn options(self) -> Result<Options> {
        let texts = [
            ("values", Some(name_of(&self.values))),
            ("lang", self.lang),
            ("columns", self.columns),
            ("since", self.since),
            ("from", self.from),
            ("to", self.to),
            ("language", self.language),
            ("channel", self.channel),
            ("where", self.condition),
            ("missing", self.missing.as_ref().map(name_of)),
            ("partials", self.partials.then(|| "only".to_owned())),
            ("codes", self.codes.then(|| "columns".to_owned())),
            ("version", self.version),
            ("flags", self.flags),
            ("quality", self.quality.then(|| "columns".to_owned())),
            ("weighting", self.weighting),
            ("guard", self.guard.then(|| "columns".to_owned())),
            ("matters", self.matters.then(|| "columns".to_owned())),
        ];
        let get = |name: &str| texts.iter().find(|(key, _)| *key == name).and_then(|(_, text)| text.clone());
        Ok(Options::read(get)?)
    }
}

pub(super) async fn run(arguments: Arguments) -> Result<()> {
    let store = arguments.data.open(Opening::Existing).await?;
    let key = Key::of_store(&*store, &random::system()).await?;
    let export = Export::of(&*store, key, &arguments.id).await?;
    let export = export.with_context(|| format!("no survey \"{}\" was published", arguments.id))?;
    let export = export.choose(&*store, arguments.wanted.options()?).await?;
    let details = name_of(&arguments.format);
    write_down(&*store, Act::Downloaded, Some(arguments.id), details).await?;
    let (format, output) = (arguments.format, arguments.output);
    let progress = Arc::new(Progress::of(export.extent().responses * format.passes(), arguments.quiet));
    let download = Download::of(&*store, export, format).await?;
    let watched = Arc::clone(&progress);
    let mut writing = tokio::task::spawn_blocking(move || match output {
        Some(file) => to_file(download, &*store, &file, &watched),
        None => {
            let sink = BufWriter::new(io::stdout());
            Ok(download.write(&*store, sink, &|rows| watched.tell(rows))?)
        }
    });
    let interrupted = tokio::select! {
        written = &mut writing => return written.context("the export broke off")?,
        interrupted = tokio::signal::ctrl_c() => interrupted,
    };
    interrupted.context("cannot wait for Ctrl-C")?;
    // What was written so far goes with the file that it is in, which has no name yet.
    progress.cancel();
    writing.await.context("the export broke off")?
}

/// The file appears under its name when it is whole.
fn to_file(download: Download, store: &dyn Store, file: &Path, progress: &Progress) -> Result<()> {
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot_write = || format!("cannot write {}", file.display());
    let mut unfinished = NamedTempFile::new_in(directory).with_context(cannot_write)?;
    let sink = BufWriter::new(&mut unfinished);
    download.write(store, sink, &|rows| progress.tell(rows))?;
    unfinished.flush().with_context(cannot_write)?;
    unfinished.persist(file).with_context(cannot_write)?;
    Ok(())
}
