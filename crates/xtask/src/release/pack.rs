//! Archives that are the same bytes for the same content: in the order of names, of nobody, with one time for all.

use std::io::{Cursor, Write};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::compress;

/// A file in an archive.
#[derive(Clone)]
pub(super) struct Entry {
    path: String,
    content: Vec<u8>,
    mode: u32,
}

impl Entry {
    /// A file to be read.
    pub(super) fn file(path: &str, content: Vec<u8>) -> Self {
        Self { path: path.to_owned(), content, mode: 0o644 }
    }

    /// A file to be run.
    pub(super) fn program(path: &str, content: Vec<u8>) -> Self {
        Self { path: path.to_owned(), content, mode: 0o755 }
    }
}

/// A compressed tar archive with everything in one directory.
pub(super) fn tar_gz(directory: &str, entries: &[Entry], time: u64) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    for entry in sorted(entries) {
        let mut header = tar::Header::new_ustar();
        header.set_size(entry.content.len() as u64);
        header.set_mode(entry.mode);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(time);
        archive.append_data(&mut header, format!("{directory}/{}", entry.path), &entry.content[..])?;
    }
    compress::gzip(&archive.into_inner()?)
}

/// A ZIP archive. Its times have no zone, so that all are the first that the format has.
pub(super) fn zip(entries: &[Entry]) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in sorted(entries) {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(entry.mode);
        archive.start_file(entry.path.as_str(), options)?;
        archive.write_all(&entry.content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn sorted(entries: &[Entry]) -> Vec<&Entry> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|one, other| one.path.cmp(&other.path));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> [Entry; 2] {
        [
            Entry::program("qulaq", b"\x7fELF".to_vec()),
            Entry::file("deploy/qulaq.toml", b"log = \"info\"".to_vec()),
        ]
    }

    #[test]
    fn the_order_in_which_files_come_changes_no_byte() {
        let [one, other] = entries();
        let turned = [other, one];
        assert_eq!(tar_gz("q", &entries(), 7).unwrap(), tar_gz("q", &turned, 7).unwrap());
        assert_eq!(zip(&entries()).unwrap(), zip(&turned).unwrap());
    }

    #[test]
    fn a_tar_archive_has_the_time_of_the_commit_and_no_owner() {
        let packed = tar_gz("qulaq-1", &entries(), 1_790_000_000).unwrap();
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&packed[..]));
        let told = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            let header = entry.header();
            let path = entry.path().unwrap().display().to_string();
            (path, header.mode().unwrap(), header.mtime().unwrap(), header.uid().unwrap())
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told[0], ("qulaq-1/deploy/qulaq.toml".to_owned(), 0o644, 1_790_000_000, 0));
        assert_eq!(told[1], ("qulaq-1/qulaq".to_owned(), 0o755, 1_790_000_000, 0));
    }

    #[test]
    fn a_zip_archive_gives_back_what_went_in() {
        let packed = zip(&entries()).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut content = Vec::new();
        std::io::copy(&mut archive.by_name("deploy/qulaq.toml").unwrap(), &mut content).unwrap();
        assert_eq!(content, b"log = \"info\"");
    }
}
