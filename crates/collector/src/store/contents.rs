//! A directory with contents, each in a file that is named by the hash of it: the pictures, sound and videos of surveys.

use crate::digest::sha256_of;
use data_encoding::HEXLOWER;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The directory. It need not be there before something is kept in it.
#[derive(Clone, Debug)]
pub(super) struct Contents(PathBuf);

impl Contents {
    pub(super) fn in_directory(directory: PathBuf) -> Self {
        Self(directory)
    }

    /// Where they are.
    pub(super) fn directory(&self) -> &Path {
        &self.0
    }

    /// The file with this content, if it is here.
    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        Some(self.0.join(name)).filter(|path| is_name(name) && path.is_file())
    }

    /// Keeps what can be read from `content`, unless it is here. It is on the disk afterwards, and appears under its name
    /// when all of it is there.
    pub(super) fn keep(&self, name: &str, mut content: impl io::Read) -> io::Result<PathBuf> {
        if let Some(found) = self.find(name) {
            return Ok(found);
        }
        private_directory(&self.0)?;
        let mut copy = NamedTempFile::new_in(&self.0)?;
        io::copy(&mut content, &mut copy)?;
        copy.as_file().sync_all()?;
        if HEXLOWER.encode(&sha256_of(File::open(copy.path())?)?) != name {
            return Err(io::Error::other("a file of a survey is not what its name says"));
        }
        let path = self.0.join(name);
        copy.persist(&path)?;
        #[cfg(unix)]
        File::open(&self.0)?.sync_all()?;
        Ok(path)
    }
}

/// Whether it can be the name of a content. Nothing else is asked for, so that no name leads out of the directory.
pub(super) fn is_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
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
