//! The widget's package: what browsers load from `/widget/`, out of this program or out of a directory.

mod archive;

use crate::content_type;
use crate::encoded::Encoded;
use archive::Archive;
use axum::body::Bytes;
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files of the widget, in memory, and where those of other versions are.
#[derive(Debug)]
pub struct Package {
    version: String,
    files: HashMap<String, Encoded>,
    integrity: HashMap<String, String>,
    archive: Archive,
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The program was built before the widget was.
    #[error(
        "this program was built without the widget: build it with `cargo xtask build`, or name a package with --widget"
    )]
    Missing,
    /// A file cannot be read.
    #[error("cannot read the widget's file {path}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A list of files that is not one.
    #[error("the widget's manifest.json cannot be read: build the widget again")]
    Manifest(#[source] serde_json::Error),
    /// A file that is listed but not there.
    #[error("the widget's package lacks {0}: build the widget again")]
    Incomplete(String),
    /// The directory for the files of every version cannot be read or written.
    #[error("cannot keep the widget's files in {path}")]
    Archive {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

const MANIFEST: &str = "manifest.json";

#[derive(RustEmbed)]
#[folder = "../../dist/widget"]
#[allow_missing = true]
struct Embedded;

#[derive(Deserialize)]
struct Manifest {
    version: String,
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    integrity: String,
}

impl Package {
    /// The package inside this program. A debug build reads it from the source tree when it starts.
    ///
    /// # Errors
    /// When the program was built without it, or the package is damaged.
    pub fn embedded() -> Result<Self, PackageError> {
        Self::read(&|path| Ok(Embedded::get(path).map(|file| file.data)))
    }

    /// The package in a directory.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn in_directory(directory: &Path) -> Result<Self, PackageError> {
        Self::read(&|path| below(directory, path))
    }

    /// Keeps the files of this version in `directory`, beside those of the versions before it, and serves them all from
    /// now on: what a page has pinned does not go away at an upgrade.
    ///
    /// # Errors
    /// When the directory cannot be read or written.
    pub fn keeping_versions(self, directory: &Path) -> Result<Self, PackageError> {
        let fault = |source| PackageError::Archive { path: directory.to_owned(), source };
        archive::add(directory, &self.version, &self.files).map_err(fault)?;
        let archive = Archive::of(directory, &self.version).map_err(fault)?;
        Ok(Self { archive, ..self })
    }

    /// The part of addresses that changes with the content.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// The file with this path below the version.
    pub(crate) fn versioned(&self, name: &str) -> Result<&Encoded, PackageError> {
        let path = format!("{}/{name}", self.version);
        self.file(&path).ok_or(PackageError::Incomplete(path))
    }

    /// What a browser compares the file with this path below the version to (W3C Subresource Integrity).
    pub(crate) fn integrity(&self, name: &str) -> Result<&str, PackageError> {
        let path = format!("{}/{name}", self.version);
        self.integrity.get(&path).map(String::as_str).ok_or(PackageError::Incomplete(path))
    }

    /// Where the file with this path is when it belongs to another version than this one: below a directory.
    pub(crate) fn of_other_version(&self, path: &str) -> Option<&Path> {
        self.archive.directory_with(path)
    }

    /// The file with this path within the package.
    pub(crate) fn file(&self, path: &str) -> Option<&Encoded> {
        self.files.get(path)
    }

    fn read(get: &Get<'_>) -> Result<Self, PackageError> {
        let manifest = get(MANIFEST)?.ok_or(PackageError::Missing)?;
        let manifest: Manifest = serde_json::from_slice(&manifest).map_err(PackageError::Manifest)?;
        let files = manifest.files.iter().map(|entry| {
            let encoded = read_encoded(get, &entry.path)?;
            Ok((entry.path.clone(), encoded))
        });
        Ok(Self {
            files: files.collect::<Result<_, _>>()?,
            version: manifest.version,
            integrity: manifest.files.into_iter().map(|entry| (entry.path, entry.integrity)).collect(),
            archive: Archive::default(),
        })
    }
}

/// The file with this path below a directory, with its compressed copies.
pub(crate) fn read_file(directory: &Path, path: &str) -> Result<Encoded, PackageError> {
    read_encoded(&|path| below(directory, path), path)
}

/// Gives the content of a file of the package; `None` when it is not there.
type Get<'a> = dyn Fn(&str) -> Result<Option<Cow<'static, [u8]>>, PackageError> + 'a;

fn read_encoded(get: &Get<'_>, path: &str) -> Result<Encoded, PackageError> {
    let plain = get(path)?.ok_or_else(|| PackageError::Incomplete(path.to_owned()))?;
    let copy = |ending: &str| Ok(get(&format!("{path}.{ending}"))?.map(into_bytes));
    Ok(Encoded::with_copies(content_type::of(path), into_bytes(plain), copy("br")?, copy("gz")?))
}

fn below(directory: &Path, path: &str) -> Result<Option<Cow<'static, [u8]>>, PackageError> {
    let path = directory.join(path);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(Cow::Owned(bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(PackageError::Unreadable { path, source }),
    }
}

fn into_bytes(content: Cow<'static, [u8]>) -> Bytes {
    match content {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}
