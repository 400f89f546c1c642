//! What is known of a job, and how it lies on the disk: `ID.json` beside the file `ID`, both for the owner alone.

use serde::{Deserialize, Serialize};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Others come first.
    Waiting,
    /// It is being made.
    Running,
    /// Its file can be fetched.
    Done,
    /// It could not be made, or the collector was stopped meanwhile.
    Failed,
    /// Somebody stopped it.
    Cancelled,
    /// A response in it was taken back.
    Outdated,
}

impl State {
    /// Whether there is a file, or will be one.
    pub(super) fn is_live(self) -> bool {
        matches!(self, Self::Waiting | Self::Running | Self::Done)
    }
}

/// What is known of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Its name, 32 hexadecimal digits, and that of its file.
    pub(crate) id: String,
    /// The survey.
    pub(crate) survey: String,
    /// Who asked for it.
    pub(crate) who: String,
    /// What was asked for, as an address names it.
    pub(crate) wanted: String,
    /// The minute in which it was asked for.
    pub(crate) asked: i64,
    /// How it stands.
    pub(crate) state: State,
    /// The minute in which it ended.
    pub(crate) ended: Option<i64>,
    /// Rows that it will have at most, counted as often as they are read.
    pub(crate) of: u64,
    /// Bytes of its file.
    pub(crate) bytes: u64,
    /// The SHA-256 of these, in hexadecimal.
    pub(crate) sha256: String,
    /// The position up to which it holds responses.
    pub(super) last: i64,
    /// How many of the responses up to there had been taken back when it began.
    pub(super) withdrawn: u64,
}

/// Where it lies.
pub(super) fn path(directory: &Path, id: &str) -> PathBuf {
    directory.join(format!("{id}.json"))
}

/// Writes it down, in the place of what was written before.
pub(super) fn save(directory: &Path, record: &Record) -> io::Result<()> {
    private_directory(directory)?;
    let unfinished = directory.join(format!("{}.new", record.id));
    let mut file = private_file(&unfinished)?;
    serde_json::to_writer(&mut file, record)?;
    file.flush()?;
    fs::rename(unfinished, path(directory, &record.id))
}

/// Everything in a directory, in the order in which it was asked for. Files that belong to nothing that is ready go.
pub(super) fn load(directory: &Path) -> io::Result<Vec<Record>> {
    let found = match fs::read_dir(directory) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        found => found?,
    };
    let files: Vec<PathBuf> = found.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    let mut records: Vec<Record> = files.iter().filter_map(|file| read(file)).collect();
    for record in &mut records {
        if record.state.is_live() && record.state != State::Done {
            (record.state, record.ended) = (State::Failed, Some(record.asked));
        }
    }
    let ready = |file: &Path| {
        let is_of = |record: &&Record| {
            (record.state == State::Done && file == directory.join(&record.id))
                || file == path(directory, &record.id)
        };
        records.iter().any(|record| is_of(&record))
    };
    files.iter().filter(|file| !ready(file)).for_each(|file| remove(file));
    records.sort_by_key(|record| record.asked);
    Ok(records)
}

fn read(file: &Path) -> Option<Record> {
    let record: Record = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    // What names itself otherwise is none of ours.
    (file.file_stem()?.to_str()? == record.id && file.extension()? == "json").then_some(record)
}

/// Deletes a file, if it is there.
pub(super) fn remove(file: &Path) {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            crate::refusal::log_failure("a download in the background cannot be deleted", &error);
        }
        _ => {}
    }
}

/// A file that nobody but the owner may read.
pub(super) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn private_directory(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory)
}
