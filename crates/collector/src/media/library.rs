//! The directory where the files of all surveys are kept, each under the hash of its content.

use super::{Files, digest};
use crate::store::Medium;
use anyhow::{Context, Result, anyhow, ensure};
use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Below the directory of the data.
const DIRECTORY: &str = "media";

/// The files of all surveys.
#[derive(Clone, Debug)]
pub(crate) struct Library(PathBuf);

impl Library {
    /// The library of a directory with data. It need not be there before something is added.
    pub(crate) fn of(data: &Path) -> Self {
        Self(data.join(DIRECTORY))
    }

    /// Where the content with this name is.
    pub(crate) fn file(&self, content: &str) -> PathBuf {
        self.0.join(content)
    }

    /// Copies the files of a publication, those that are not there yet. They are on the disk afterwards.
    pub(crate) fn add(&self, media: &[Medium], files: &dyn Files) -> Result<()> {
        let missing: Vec<&Medium> =
            media.iter().filter(|medium| !self.file(&medium.content).exists()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        private_directory(&self.0).with_context(|| format!("cannot make {}", self.0.display()))?;
        for medium in missing {
            self.copy(medium, files).with_context(|| format!("cannot keep {}", medium.path))?;
        }
        #[cfg(unix)]
        File::open(&self.0)?.sync_all()?;
        Ok(())
    }

    /// The file appears under its name when all of it is there.
    fn copy(&self, medium: &Medium, files: &dyn Files) -> Result<()> {
        let mut opened = files.open(&medium.path).map_err(|why| anyhow!("it {why}"))?;
        let mut copy = NamedTempFile::new_in(&self.0)?;
        io::copy(&mut opened.content, &mut copy)?;
        copy.as_file().sync_all()?;
        let content = digest(File::open(copy.path())?, u64::MAX)?.hash;
        ensure!(content == medium.content, "it changed while it was read");
        copy.persist(self.file(&medium.content))?;
        Ok(())
    }
}

fn private_directory(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(directory) {
        Err(_) if fs::metadata(directory).is_ok_and(|there| there.is_dir()) => Ok(()),
        made => made,
    }
}
