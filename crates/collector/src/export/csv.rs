//! CSV for programs: RFC 4180, UTF-8 without a mark, codes and not labels, text exactly as it was typed.
//!
//! Nothing is put before a text that begins like a formula: a program that reads `-5` or `+7 701 …` must get that. A
//! table for Excel is another format.

use super::{Row, RowWriter};
use csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use std::io::{self, Write};
use survey::Missing;
use survey::columns::{Cell, ENVELOPE, Table};

pub(super) fn writer<'a>(table: &Table, sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(sink);
    let names = table.columns().iter().map(|column| column.name.as_str());
    writer.write_record(ENVELOPE.into_iter().chain(names)).map_err(io_error)?;
    Ok(Box::new(writer))
}

impl<W: Write> RowWriter for Writer<W> {
    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        write(self, row).map_err(io_error)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.flush()
    }
}

fn write<W: Write>(writer: &mut Writer<W>, row: &Row<'_>) -> csv::Result<()> {
    let response = row.response;
    let day = row.day.to_string();
    // What did not come on paper has no batch.
    let no_batch = Missing::NotApplicable.code().to_string();
    let batch = row.batch.as_ref().unwrap_or(&no_batch);
    let about =
        [&row.pseudonym, &day, &response.version, &response.lang, &response.channel, &row.assisted, batch];
    for field in about {
        writer.write_field(field)?;
    }
    for cell in &row.cells {
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
