//! CSV for programs: RFC 4180, UTF-8 without a mark, codes and not labels unless they are asked for, text exactly as it
//! was typed. The table for Excel (`excel`) is written by the same hand in another style.
//!
//! Nothing is put before a text that begins like a formula: a program that reads `-5` or `+7 701 …` must get that.

use super::{Gaps, Layout, RowWriter};
use csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use std::fmt::Write as _;
use std::io::{self, Write};
use survey::columns::Cell;

/// In what a table for Excel differs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) delimiter: u8,
    pub(super) decimal_mark: char,
    /// Whether a text must have a mark put before it.
    pub(super) guards: fn(&str) -> bool,
}

const PLAIN: Style = Style { delimiter: b',', decimal_mark: '.', guards: |_| false };

/// A table that is being written.
struct Rows<W: Write> {
    writer: Writer<W>,
    style: Style,
    gaps: Gaps,
    /// One field, written again and again.
    field: String,
    guarded: u64,
}

pub(super) fn writer<'a>(layout: &Layout, sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    styled(layout, sink, PLAIN)
}

/// The same in another style.
pub(super) fn styled<'a>(
    layout: &Layout,
    sink: impl Write + 'a,
    style: Style,
) -> io::Result<Box<dyn RowWriter + 'a>> {
    let mut builder = WriterBuilder::new();
    let mut writer = builder.terminator(Terminator::CRLF).delimiter(style.delimiter).from_writer(sink);
    writer.write_record(layout.columns.iter().map(|column| column.name.as_str())).map_err(io_error)?;
    Ok(Box::new(Rows { writer, style, gaps: layout.gaps, field: String::new(), guarded: 0 }))
}

impl<W: Write> RowWriter for Rows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        cells.iter().try_for_each(|cell| self.cell(cell)).map_err(io_error)?;
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.writer.flush()?;
        Ok(self.guarded)
    }
}

impl<W: Write> Rows<W> {
    fn cell(&mut self, cell: &Cell) -> csv::Result<()> {
        match cell {
            Cell::Code(code) => self.whole(*code),
            Cell::Number(number) => {
                let plain = number.to_plain();
                let mark = self.style.decimal_mark;
                if mark == '.' {
                    self.writer.write_field(plain)
                } else {
                    self.writer.write_field(plain.replace('.', mark.encode_utf8(&mut [0; 4])))
                }
            }
            Cell::Text(text) if (self.style.guards)(text) => {
                self.guarded += 1;
                self.field.clear();
                self.field.push('\'');
                self.field.push_str(text);
                self.writer.write_field(&self.field)
            }
            Cell::Text(text) => self.writer.write_field(text),
            Cell::Missing(_) if self.gaps == Gaps::Empty => self.writer.write_field(""),
            Cell::Missing(missing) => self.whole(missing.code()),
        }
    }

    fn whole(&mut self, whole: i64) -> csv::Result<()> {
        self.field.clear();
        // Writing to a string does not fail.
        let _ = write!(self.field, "{whole}");
        self.writer.write_field(&self.field)
    }
}

/// The library's own conversion hides what kind of error it was, and a closed pipe is no failure.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
