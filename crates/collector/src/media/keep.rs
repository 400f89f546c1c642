//! The files of a publication on their way into the store.

use super::Files;
use crate::store::{Medium, Store};
use anyhow::{Context, Result, anyhow};
use std::io;
use tempfile::NamedTempFile;

/// Brings the files of a publication into the store, those that are not there yet. It comes before publishing, so that
/// there is no moment in which a page names one that is not there.
///
/// # Errors
/// When a file cannot be read, or was changed since it was looked at.
pub async fn keep(store: &dyn Store, media: &[Medium], files: &dyn Files) -> Result<()> {
    for medium in media {
        let cannot_keep = || format!("cannot keep {}", medium.path);
        if store.content(&medium.content).await.with_context(cannot_keep)?.is_none() {
            let copy = copy(medium, files).with_context(cannot_keep)?;
            store.keep_content(&medium.content, copy.path()).await.with_context(cannot_keep)?;
        }
    }
    Ok(())
}

/// A copy for the store, which looks at it again: the author may be writing to the file meanwhile.
fn copy(medium: &Medium, files: &dyn Files) -> Result<NamedTempFile> {
    let mut opened = files.open(&medium.path).map_err(|why| anyhow!("it {why}"))?;
    let mut copy = NamedTempFile::new()?;
    io::copy(&mut opened.content, &mut copy)?;
    Ok(copy)
}
