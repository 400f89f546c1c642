//! JSON Lines: an object a response, in the order of the columns. Numbers are numbers, words and moments are strings, and
//! what is missing is `{"missing": "not_asked"}`, its code, or `null`.

use super::{Gaps, Layout, RowWriter};
use std::io::{self, Write};
use survey::Missing;
use survey::columns::Cell;

struct Rows<W: Write> {
    sink: W,
    /// What stands before each cell: a brace or a comma, its name, a colon.
    keys: Vec<String>,
    gaps: Gaps,
    /// One line, written again and again.
    line: Vec<u8>,
}

pub(super) fn writer<'a>(layout: &Layout, sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    let key = |(place, name): (usize, &str)| format!("{}\"{name}\":", if place == 0 { '{' } else { ',' });
    let names = layout.columns.iter().map(|column| column.name.as_str());
    let keys = names.enumerate().map(key).collect();
    Ok(Box::new(Rows { sink, keys, gaps: layout.gaps, line: Vec::new() }))
}

impl<W: Write> RowWriter for Rows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.line.clear();
        for (key, cell) in self.keys.iter().zip(cells) {
            self.line.extend_from_slice(key.as_bytes());
            match cell {
                Cell::Code(code) => write!(self.line, "{code}")?,
                Cell::Number(number) => self.line.extend_from_slice(number.to_plain().as_bytes()),
                Cell::Text(text) => serde_json::to_writer(&mut self.line, text)?,
                Cell::Missing(missing) => gap(&mut self.line, *missing, self.gaps)?,
            }
        }
        self.line.extend_from_slice(b"}\n");
        self.sink.write_all(&self.line)
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.sink.flush()?;
        Ok(0)
    }
}

fn gap(line: &mut Vec<u8>, missing: Missing, gaps: Gaps) -> io::Result<()> {
    match gaps {
        Gaps::Codes => write!(line, "{}", missing.code()),
        Gaps::Empty => line.write_all(b"null"),
        Gaps::Apart => {
            line.write_all(b"{\"missing\":")?;
            serde_json::to_writer(&mut *line, &missing)?;
            line.write_all(b"}")
        }
    }
}
