//! The archive that a workbook is: its parts, one after the other, compressed on a thread of their own into a temporary
//! file without a name, because the archive says at its beginning how long what follows will be.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Pieces that may wait to be compressed.
const AHEAD: usize = 4;

/// Bytes gathered before they are written.
const BUFFER: usize = 256 * 1024;

/// The fastest. Of the XML of a sheet, nearly all of which repeats itself, more effort takes away little.
const LEVEL: i64 = 1;

/// What the thread is handed.
enum Piece {
    /// The name of the part that begins.
    Begin(String),
    /// More of it.
    Bytes(Vec<u8>),
}

/// An archive while it is written.
pub(super) struct Package {
    pieces: SyncSender<Piece>,
    thread: Option<JoinHandle<io::Result<File>>>,
}

impl Package {
    pub(super) fn new() -> io::Result<Self> {
        let file = tempfile::tempfile()?;
        let (pieces, received) = sync_channel(AHEAD);
        let thread = thread::Builder::new().name("workbook".to_owned()).spawn(|| compress(file, received))?;
        Ok(Self { pieces, thread: Some(thread) })
    }

    /// Begins a part; what comes from now on is in it.
    pub(super) fn begin(&mut self, name: String) -> io::Result<()> {
        self.send(Piece::Begin(name))
    }

    /// Adds to the part.
    pub(super) fn add(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.send(Piece::Bytes(bytes))
    }

    /// A whole part.
    pub(super) fn part(&mut self, name: &str, content: String) -> io::Result<()> {
        self.begin(name.to_owned())?;
        self.add(content.into_bytes())
    }

    /// Ends the archive and copies it to where it goes.
    pub(super) fn pour(self, sink: &mut impl Write) -> io::Result<()> {
        let Self { pieces, thread } = self;
        drop(pieces);
        let mut file = thread.map_or_else(|| Err(gone()), ended)?;
        file.rewind()?;
        io::copy(&mut file, sink).map(drop)
    }

    fn send(&mut self, piece: Piece) -> io::Result<()> {
        if self.pieces.send(piece).is_ok() {
            return Ok(());
        }
        // The thread takes nothing any more because it has failed; it says why once.
        let reason = self.thread.take().map_or_else(|| Err(gone()), ended);
        Err(reason.err().unwrap_or_else(gone))
    }
}

fn ended(thread: JoinHandle<io::Result<File>>) -> io::Result<File> {
    thread.join().unwrap_or_else(|_| Err(gone()))
}

fn gone() -> io::Error {
    io::Error::other("the thread that compresses a workbook is gone")
}

fn compress(file: File, pieces: Receiver<Piece>) -> io::Result<File> {
    // Never with the time at which it was made: that would make other bytes of the same data.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(BufWriter::with_capacity(BUFFER, file));
    for piece in pieces {
        match piece {
            Piece::Begin(name) => archive.start_file(name, options)?,
            Piece::Bytes(bytes) => archive.write_all(&bytes)?,
        }
    }
    archive.finish()?.into_inner().map_err(io::IntoInnerError::into_error)
}
