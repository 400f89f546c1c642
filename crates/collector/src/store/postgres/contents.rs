//! The contents of media: in the database, where every collector finds them, and copied to a directory of this machine when
//! they are asked for.

use super::connect::Connections;
use super::failure::Failure;
use crate::digest::sha256_of;
use crate::store::StoreError;
use crate::store::contents::Contents;
use data_encoding::HEXLOWER;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::pin::pin;
use tempfile::{NamedTempFile, TempDir};
use tokio::sync::OnceCell;
use tokio::task::block_in_place;
use tokio_stream::StreamExt;

/// Bytes of a part. A video is read and written in such pieces, so that it is never in memory as a whole.
const PART: u64 = 256 * 1024;

/// Keeps a content, all or nothing of it. What is there stays.
pub(super) async fn keep(connections: &Connections, name: &str, file: &Path) -> Result<(), StoreError> {
    let mut content = File::open(file).map_err(StoreError::engine)?;
    let digest = block_on_disk(|| sha256_of(File::open(file)?)).map_err(StoreError::engine)?;
    if HEXLOWER.encode(&digest) != name {
        return Err(StoreError::engine(io::Error::other("a file of a survey is not what its name says")));
    }
    let mut client = connections.writing().await?;
    let transaction = client.transaction().await.map_err(Failure::from)?;
    let insert = "INSERT INTO contents (content, part, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let insert = transaction.prepare(insert).await.map_err(Failure::from)?;
    for part in 0_i64.. {
        let bytes = block_on_disk(|| read_part(&mut content)).map_err(StoreError::engine)?;
        // An empty file is one part without bytes.
        if bytes.is_empty() && part > 0 {
            break;
        }
        transaction.execute(&insert, &[&name, &part, &bytes]).await.map_err(Failure::from)?;
    }
    transaction.commit().await.map_err(Failure::from)?;
    Ok(())
}

fn read_part(content: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    content.take(PART).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Copies of contents on this machine; they go when the program ends.
#[derive(Debug, Default)]
pub(super) struct Cache {
    directory: OnceCell<(TempDir, Contents)>,
    /// Held while something is copied, so that a video that many ask for at once is fetched once.
    fetching: tokio::sync::Mutex<()>,
}

impl Cache {
    /// A file with the content of this name.
    pub(super) async fn content(
        &self,
        connections: &Connections,
        name: &str,
    ) -> Result<Option<PathBuf>, StoreError> {
        let (_, copies) = self.directory.get_or_try_init(async || directory()).await?;
        if let Some(copy) = copies.find(name) {
            return Ok(Some(copy));
        }
        let _alone = self.fetching.lock().await;
        if let Some(copy) = copies.find(name) {
            return Ok(Some(copy));
        }
        let Some(fetched) = fetch(connections, name).await? else { return Ok(None) };
        let copy = block_on_disk(|| copies.keep(name, fetched.reopen()?));
        copy.map(Some).map_err(StoreError::engine)
    }
}

fn directory() -> Result<(TempDir, Contents), StoreError> {
    let directory = tempfile::tempdir().map_err(StoreError::engine)?;
    let contents = Contents::in_directory(directory.path().to_owned());
    Ok((directory, contents))
}

async fn fetch(connections: &Connections, name: &str) -> Result<Option<NamedTempFile>, StoreError> {
    let client = connections.reading().await?;
    let parts = "SELECT bytes FROM contents WHERE content = $1 ORDER BY part";
    let parts = client.query_raw(parts, [name]).await.map_err(Failure::from)?;
    let (mut parts, mut file) = (pin!(parts), None);
    while let Some(part) = parts.next().await {
        let part = part.map_err(Failure::from)?;
        let bytes: &[u8] = part.try_get(0).map_err(Failure::from)?;
        let mut copy = file.take().map_or_else(NamedTempFile::new, Ok).map_err(StoreError::engine)?;
        block_on_disk(|| copy.write_all(bytes)).map_err(StoreError::engine)?;
        file = Some(copy);
    }
    Ok(file)
}

/// Lets others go on meanwhile, where there are threads for them.
fn block_on_disk<T>(doing: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => block_in_place(doing),
        _ => doing(),
    }
}
