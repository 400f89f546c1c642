//! CSV for programs: RFC 4180, UTF-8 without a mark, codes and not labels, text exactly as it was typed.
//!
//! Nothing is put before a text that begins like a formula: a program that reads `-5` or `+7 701 …` must get that. A
//! table for Excel is another format.

use super::{Row, RowWriter};
use csv::{Terminator, Writer, WriterBuilder};
use std::io::{self, Write};
use survey::columns::{Cell, ENVELOPE, Table};

pub(super) fn writer<'a>(table: &Table, sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(sink);
    let names = table.columns().iter().map(|column| column.name.as_str());
    writer.write_record(ENVELOPE.into_iter().chain(names))?;
    Ok(Box::new(writer))
}

impl<W: Write> RowWriter for Writer<W> {
    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let response = row.response;
        let day = row.day.to_string();
        for field in [&response.id, &day, &response.version, &response.lang, &response.channel] {
            self.write_field(field)?;
        }
        for cell in &row.cells {
            write_cell(self, cell)?;
        }
        Ok(self.write_record(None::<&[u8]>)?)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.flush()
    }
}

fn write_cell<W: Write>(writer: &mut Writer<W>, cell: &Cell) -> csv::Result<()> {
    match cell {
        Cell::Code(code) => writer.write_field(code.to_string()),
        Cell::Text(text) => writer.write_field(text),
        Cell::Missing(missing) => writer.write_field(missing.code().to_string()),
    }
}
