//! Where the files of a definition are read from.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::PathBuf;

/// A file that was opened.
pub struct Opened {
    /// Its bytes.
    pub length: u64,
    /// What is in it.
    pub content: Box<dyn Read>,
}

/// Opens files by the paths that a definition names.
pub trait Files {
    /// Opens one.
    ///
    /// # Errors
    /// Why not, as the end of a sentence: "is not in …".
    fn open(&self, path: &str) -> Result<Opened, String>;
}

/// The files in the directory of a definition and below.
#[derive(Clone, Debug)]
pub struct Beside(
    /// The directory.
    pub PathBuf,
);

impl Files for Beside {
    fn open(&self, path: &str) -> Result<Opened, String> {
        let here = if self.0.as_os_str().is_empty() { PathBuf::from(".") } else { self.0.clone() };
        let place = here.join(path);
        let cannot = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => format!("is not in {}. Put it there", here.display()),
            _ => format!("cannot be read: {error}"),
        };
        // A link may lead anywhere; what it leads to must be in the directory too.
        let (root, real) = (here.canonicalize().map_err(cannot)?, place.canonicalize().map_err(cannot)?);
        if !real.starts_with(&root) {
            return Err(format!("leads out of {}. Put the file itself there", here.display()));
        }
        if !fs::metadata(&real).map_err(cannot)?.is_file() {
            return Err("is no file".to_owned());
        }
        let file = File::open(&real).map_err(cannot)?;
        let length = file.metadata().map_err(cannot)?.len();
        Ok(Opened { length, content: Box::new(file) })
    }
}
