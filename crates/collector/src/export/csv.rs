//! CSV for programs: RFC 4180, UTF-8 without a mark, codes and not labels, text exactly as it was typed.
//!
//! Nothing is put before a text that begins like a formula: a program that reads `-5` or `+7 701 …` must get that. A
//! table for Excel is another format.

use super::RowWriter;
use csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use std::io::{self, Write};
use survey::columns::{Cell, Column};

pub(super) fn writer<'a>(columns: &[Column], sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(sink);
    writer.write_record(columns.iter().map(|column| column.name.as_str())).map_err(io_error)?;
    Ok(Box::new(writer))
}

impl<W: Write> RowWriter for Writer<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        write(self, cells).map_err(io_error)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.flush()
    }
}

fn write<W: Write>(writer: &mut Writer<W>, cells: &[Cell]) -> csv::Result<()> {
    for cell in cells {
        match cell {
            Cell::Code(code) => writer.write_field(code.to_string())?,
            Cell::Number(number) => writer.write_field(number.to_plain())?,
            Cell::Text(text) => writer.write_field(text)?,
            Cell::Missing(missing) => writer.write_field(missing.code().to_string())?,
        }
    }
    writer.write_record(None::<&[u8]>)
}

/// The library's own conversion hides what kind of error it was, and a closed pipe is no failure.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
