//! Writing a backup, beside a running server: rows go through as they come out of the store, and few are held.

use super::{Entry, FORMAT, MANIFEST, MEDIA, Manifest, TABLE_ENDING, row};
use crate::clock::Minute;
use crate::store::Store;
use crate::store::tables::{Rows, VERSION};
use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use tempfile::NamedTempFile;
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::spawn_blocking;
use zip::CompressionMethod::{self, Deflated, Stored};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Pieces of tables that wait for the disk.
const PIECES: usize = 4;

/// Bytes of a file that are read at a time.
const BUFFER: usize = 64 * 1024;

/// Writes a backup to a file that is not there yet, for its owner alone. It appears under its name when it is whole.
pub(crate) async fn write(store: &dyn Store, file: &Path, now: Minute) -> Result<Manifest> {
    let cannot_write = || format!("cannot write {}", file.display());
    ensure!(!file.exists(), "{} is there already: name a new file", file.display());
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unfinished = NamedTempFile::new_in(directory).with_context(cannot_write)?;
    let archive = Archive::new(unfinished.reopen().with_context(cannot_write)?);

    let (sender, rows) = mpsc::channel(PIECES);
    let writing = spawn_blocking(move || archive.with_tables(rows));
    let (dumped, written) = tokio::join!(store.dump(sender), writing);
    let (mut archive, media) = written?.with_context(cannot_write)?;
    dumped.context("the store cannot be read")?;
    for name in media {
        let content = store.content(&name).await?;
        let content =
            content.with_context(|| format!("the file {name} of a survey is missing: ask `qulaq doctor`"))?;
        archive =
            spawn_blocking(move || archive.with_file(&name, &content)).await?.with_context(cannot_write)?;
    }
    let manifest = spawn_blocking(move || archive.finish(now)).await?.with_context(cannot_write)?;
    unfinished.persist_noclobber(file).with_context(cannot_write)?;
    Ok(manifest)
}

/// The table whose column `content` names files. What the column of that name holds in another is somebody's words.
const WITH_FILES: &str = "media";

/// A backup while it is written.
struct Archive {
    zip: ZipWriter<BufWriter<File>>,
    entries: Vec<Entry>,
    /// Of the last entry.
    hash: Sha256,
}

impl Archive {
    fn new(file: File) -> Self {
        Self { zip: ZipWriter::new(BufWriter::new(file)), entries: Vec::new(), hash: Sha256::new() }
    }

    /// Writes all tables, and gives the names of the files of surveys that stand in them.
    fn with_tables(mut self, mut rows: Receiver<Rows>) -> Result<(Self, BTreeSet<String>)> {
        let (mut last, mut media) = (None, BTreeSet::new());
        while let Some(Rows { table, rows }) = rows.blocking_recv() {
            if last != Some(table.name) {
                last = Some(table.name);
                self.begin(format!("{}{TABLE_ENDING}", table.name), Some(0), Deflated)?;
            }
            let content = table.columns.iter().position(|column| column.name == "content");
            if let Some(place) = content.filter(|_| table.name == WITH_FILES) {
                media.extend(rows.iter().filter_map(|row| row.get(place)?.as_text().map(str::to_owned)));
            }
            for row in rows {
                self.line(&row::to_json(table, row).to_string())?;
            }
        }
        self.end();
        Ok((self, media))
    }

    /// Adds a file of a survey, which is compressed already.
    fn with_file(mut self, name: &str, content: &Path) -> Result<Self> {
        let mut content = File::open(content)?;
        self.begin(format!("{MEDIA}{name}"), None, Stored)?;
        let mut buffer = vec![0; BUFFER];
        loop {
            match content.read(&mut buffer)? {
                0 => break,
                count => self.bytes(&buffer[..count])?,
            }
        }
        self.end();
        Ok(self)
    }

    /// Says what there is, and brings all of it to the disk.
    fn finish(mut self, now: Minute) -> Result<Manifest> {
        let entries = std::mem::take(&mut self.entries);
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let manifest = Manifest { format: FORMAT, program, schema: VERSION, minute: now.0, entries };
        self.zip.start_file(MANIFEST, options(Deflated))?;
        serde_json::to_writer_pretty(&mut self.zip, &manifest)?;
        let file = self.zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(manifest)
    }

    fn begin(&mut self, name: String, rows: Option<u64>, method: CompressionMethod) -> Result<()> {
        self.end();
        self.zip.start_file(&*name, options(method))?;
        self.entries.push(Entry { name, bytes: 0, rows, sha256: String::new() });
        Ok(())
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        self.bytes(line.as_bytes())?;
        self.bytes(b"\n")?;
        if let Some(rows) = self.entries.last_mut().and_then(|entry| entry.rows.as_mut()) {
            *rows += 1;
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        if let Some(entry) = self.entries.last_mut() {
            entry.bytes += bytes.len() as u64;
        }
        self.zip.write_all(bytes)
    }

    /// Notes what was written since the last entry began.
    fn end(&mut self) {
        let hash = self.hash.finalize_reset();
        if let Some(entry) = self.entries.last_mut().filter(|entry| entry.sha256.is_empty()) {
            entry.sha256 = HEXLOWER.encode(&hash);
        }
    }
}

/// How an entry is laid out. It may be longer than four gigabytes.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).large_file(true).unix_permissions(0o600)
}
