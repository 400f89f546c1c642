//! The archive while it is written: one entry after the other, each with its length and its SHA-256.

use super::manifest::{Entry, Manifest};
use crate::codebook::Codebook;
use crate::export::{Export, Written};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// An archive that goes to a sink that cannot be wound back.
pub(super) struct Archive<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    entries: Vec<Entry>,
    /// Of the last entry.
    hash: Sha256,
}

impl<W: Write> Archive<W> {
    pub(super) fn new(sink: W) -> Self {
        Self { zip: ZipWriter::new_stream(sink), entries: Vec::new(), hash: Sha256::new() }
    }

    /// Begins an entry; what is written from now on is in it.
    pub(super) fn begin(&mut self, name: String) -> io::Result<()> {
        self.end();
        self.zip.start_file(&*name, options())?;
        self.entries.push(Entry { name, bytes: 0, sha256: String::new(), rows: None, guarded: None });
        Ok(())
    }

    /// Says of the last entry what was written into it.
    pub(super) fn note(&mut self, written: Written) {
        if let Some(entry) = self.entries.last_mut() {
            entry.rows = Some(written.rows);
            entry.guarded = Some(written.guarded).filter(|guarded| *guarded > 0);
        }
    }

    /// Adds the manifest, which lists the entries, and ends the archive.
    pub(super) fn finish(mut self, codebook: &Codebook, export: &Export) -> io::Result<()> {
        self.end();
        let Self { mut zip, entries, .. } = self;
        zip.start_file("manifest.json", options())?;
        serde_json::to_writer_pretty(&mut zip, &Manifest::of(codebook, export, &entries))?;
        zip.write_all(b"\n")?;
        zip.finish()?.into_inner().flush()
    }

    /// Notes what was written since the last entry began.
    fn end(&mut self) {
        let hash = self.hash.finalize_reset();
        if let Some(entry) = self.entries.last_mut().filter(|entry| entry.sha256.is_empty()) {
            entry.sha256 = HEXLOWER.encode(&hash);
        }
    }
}

impl<W: Write> Write for Archive<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.zip.write(bytes)?;
        self.hash.update(&bytes[..written]);
        if let Some(entry) = self.entries.last_mut() {
            entry.bytes += written as u64;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// How an entry is laid out: never with the time at which it was made. It may be longer than four gigabytes.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .large_file(true)
        .unix_permissions(0o644)
}
