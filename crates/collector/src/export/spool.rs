//! A file without a name, for formats that say first what is known last. It is gone when the export is.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

/// Bytes gathered before they are written.
const BUFFER: usize = 256 * 1024;

/// What is written now and read at the end.
pub(super) struct Spool(BufWriter<File>);

impl Spool {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(BufWriter::with_capacity(BUFFER, tempfile::tempfile()?)))
    }

    /// Copies all of it to where it goes.
    pub(super) fn pour(self, sink: &mut impl Write) -> io::Result<()> {
        let mut file = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        io::copy(&mut file, sink).map(drop)
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
