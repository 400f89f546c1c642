//! The files of every version that was ever served from a directory of data: `DIRECTORY/VERSION/…`.
//!
//! They are listed when the server starts. A request is answered only with what is on the list, so that no address leads
//! anywhere else on the disk.

use crate::encoded::Encoded;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Which files there are.
#[derive(Debug, Default)]
pub(super) struct Archive {
    directory: PathBuf,
    /// As they stand in addresses, which is as they stand below the directory.
    paths: HashSet<String>,
}

impl Archive {
    /// Lists the files of all versions in `directory` but the one that is in memory.
    pub(super) fn of(directory: &Path, current: &str) -> io::Result<Self> {
        let mut paths = HashSet::new();
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let Ok(version) = entry.file_name().into_string() else { continue };
            if version != current && !version.starts_with('.') && entry.file_type()?.is_dir() {
                list(&entry.path(), &version, &mut paths)?;
            }
        }
        Ok(Self { directory: directory.to_owned(), paths })
    }

    /// The directory, if the file with this path is below it.
    pub(super) fn directory_with(&self, path: &str) -> Option<&Path> {
        self.paths.contains(path).then_some(&*self.directory)
    }
}

/// Adds the files below `directory`, whose path in addresses is `path`. Links are not followed.
fn list(directory: &Path, path: &str, paths: &mut HashSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let (kind, path) = (entry.file_type()?, format!("{path}/{name}"));
        if kind.is_dir() {
            list(&entry.path(), &path, paths)?;
        } else if kind.is_file() && !is_copy(&name) {
            paths.insert(path);
        }
    }
    Ok(())
}

/// A compressed copy has no address of its own.
fn is_copy(name: &str) -> bool {
    [".br", ".gz"].iter().any(|ending| name.ends_with(ending))
}

/// Writes the files of a version that `directory` does not have yet, all or none: a server that is stopped half way, or
/// another one that does the same, leaves no half of a version.
pub(super) fn add(directory: &Path, version: &str, files: &HashMap<String, Encoded>) -> io::Result<()> {
    let place = directory.join(version);
    if place.exists() {
        return Ok(());
    }
    fs::create_dir_all(directory)?;
    let unfinished = tempfile::Builder::new().prefix(".unfinished-").tempdir_in(directory)?;
    for (path, file) in files {
        if let Some(name) = path.strip_prefix(&format!("{version}/")) {
            write(&unfinished.path().join("files").join(name), file)?;
        }
    }
    match fs::rename(unfinished.path().join("files"), &place) {
        Err(_) if place.exists() => Ok(()),
        renamed => renamed,
    }
}

fn write(place: &Path, file: &Encoded) -> io::Result<()> {
    if let Some(directory) = place.parent() {
        fs::create_dir_all(directory)?;
    }
    for (ending, bytes) in file.copies() {
        let mut name = place.as_os_str().to_owned();
        name.push(ending);
        let mut file = File::create(name)?;
        file.write_all(bytes)?;
        // The directory gets its name after this: what has the name is whole, also after a power cut.
        file.sync_all()?;
    }
    Ok(())
}
