//! Reading a backup: first all of it is looked at, then it is taken over.

use super::{Entry, FORMAT, MANIFEST, MEDIA, Manifest, TABLE_ENDING, row};
use crate::store::Store;
use crate::store::tables::{Rows, TABLES, Table, VERSION};
use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use tempfile::NamedTempFile;
use tokio::sync::mpsc::{self, Sender};
use tokio::task::spawn_blocking;
use zip::ZipArchive;

/// Rows of a table that are taken over at a time, and bytes after which it is fewer.
const PIECE: usize = 500;
const PIECE_BYTES: usize = 1 << 20;

/// Pieces that wait for the store.
const PIECES: usize = 4;

/// What a file says of itself, if it is a backup. The rest of it is not looked at.
pub(crate) fn manifest(file: &Path) -> Option<Manifest> {
    let mut zip = ZipArchive::new(BufReader::new(File::open(file).ok()?)).ok()?;
    serde_json::from_reader(zip.by_name(MANIFEST).ok()?).ok()
}

/// A backup of which every byte is as it was written.
pub(crate) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    manifest: Arc<Manifest>,
}

impl Archive {
    /// Opens a backup and looks at all of it. It blocks.
    ///
    /// # Errors
    /// When it is none, is for a newer program, or is not whole.
    pub(crate) fn open(file: &Path) -> Result<Self> {
        let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
        let no_backup = || format!("{} is no backup of Qulaq, or not all of one", file.display());
        let mut zip = ZipArchive::new(BufReader::new(opened)).with_context(no_backup)?;
        let manifest: Manifest = serde_json::from_reader(zip.by_name(MANIFEST).with_context(no_backup)?)
            .with_context(no_backup)?;
        ensure!(
            manifest.format == FORMAT && manifest.schema <= VERSION,
            "{} was made by qulaq {}, which is newer: restore it with that one",
            file.display(),
            manifest.program
        );
        for entry in &manifest.entries {
            let as_written = verify(&mut zip, entry)?;
            ensure!(
                as_written,
                "{} in {} is not as it was written: take another backup",
                entry.name,
                file.display()
            );
            ensure!(is_known(&entry.name), "{} in {} is for another program", entry.name, file.display());
        }
        Ok(Self { zip, manifest: Arc::new(manifest) })
    }

    /// Brings all of it into a store that has nothing.
    ///
    /// # Errors
    /// When there is anything in the store already; it then stays as it was.
    pub(crate) async fn restore(mut self, store: &dyn Store) -> Result<Arc<Manifest>> {
        let refused =
            "there are surveys or secrets in the store already, and nothing was restored: name an empty one";
        ensure!(is_empty(store).await?, refused);
        let manifest = Arc::clone(&self.manifest);
        // First the files, so that there is no moment in which a survey names one that is not there.
        for entry in &manifest.entries {
            let Some(name) = entry.name.strip_prefix(MEDIA) else { continue };
            let file = self.unpack(&entry.name)?;
            store
                .keep_content(name, file.path())
                .await
                .with_context(|| format!("cannot keep {}", entry.name))?;
        }
        let (sender, rows) = mpsc::channel(PIECES);
        let reading = spawn_blocking(move || self.send_tables(&sender));
        let (loaded, read) = tokio::join!(store.load(rows), reading);
        read?.context("the backup cannot be read, and no row was restored")?;
        ensure!(loaded.context("the store took none of it")?, refused);
        Ok(manifest)
    }

    fn unpack(&mut self, name: &str) -> Result<NamedTempFile> {
        let mut file = NamedTempFile::new()?;
        io::copy(&mut self.zip.by_name(name)?, &mut file)?;
        Ok(file)
    }

    fn send_tables(&mut self, to: &Sender<Option<Rows>>) -> Result<()> {
        for table in TABLES {
            let name = format!("{}{TABLE_ENDING}", table.name);
            // A table that an older program did not have has no rows.
            if self.zip.index_for_name(&name).is_some() {
                let lines = BufReader::new(self.zip.by_name(&name)?);
                send_lines(table, lines, to).with_context(|| format!("{name} is damaged"))?;
            }
        }
        // Whoever has gone has said why.
        drop(to.blocking_send(None));
        Ok(())
    }
}

fn send_lines(table: &'static Table, lines: impl BufRead, to: &Sender<Option<Rows>>) -> Result<()> {
    let (mut rows, mut bytes) = (Vec::new(), 0);
    for (number, line) in (1..).zip(lines.lines()) {
        let line = line?;
        rows.push(row::from_json(table, &line).with_context(|| format!("line {number}"))?);
        bytes += line.len();
        if rows.len() >= PIECE || bytes >= PIECE_BYTES {
            bytes = 0;
            if to.blocking_send(Some(Rows { table, rows: std::mem::take(&mut rows) })).is_err() {
                return Ok(());
            }
        }
    }
    drop(to.blocking_send(Some(Rows { table, rows })));
    Ok(())
}

/// Whether an entry is as the manifest says.
fn verify(zip: &mut ZipArchive<BufReader<File>>, entry: &Entry) -> Result<bool> {
    let Ok(mut content) = zip.by_name(&entry.name) else { return Ok(false) };
    let (mut hash, mut bytes, mut lines) = (Sha256::new(), 0, 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        // A damaged entry can also fail to be unpacked.
        let Ok(count) = content.read(&mut buffer) else { return Ok(false) };
        if count == 0 {
            break;
        }
        hash.update(&buffer[..count]);
        bytes += count as u64;
        lines += buffer[..count].iter().filter(|byte| **byte == b'\n').count() as u64;
    }
    let rows = entry.rows.is_none_or(|rows| rows == lines);
    Ok(rows && bytes == entry.bytes && HEXLOWER.encode(&hash.finalize()) == entry.sha256)
}

/// A table that is not known would be lost.
fn is_known(name: &str) -> bool {
    name.starts_with(MEDIA)
        || name.strip_suffix(TABLE_ENDING).is_some_and(|table| Table::named(table).is_some())
}

/// Whether a store has nothing, of which it need not tell much.
async fn is_empty(store: &dyn Store) -> Result<bool> {
    let (sender, mut rows) = mpsc::channel::<Rows>(1);
    let looking = async move {
        while let Some(piece) = rows.recv().await {
            if !piece.rows.is_empty() {
                return false;
            }
        }
        true
    };
    let (dumped, empty) = tokio::join!(store.dump(sender), looking);
    dumped.context("the store cannot be read")?;
    Ok(empty)
}
