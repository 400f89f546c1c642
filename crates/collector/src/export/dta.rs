//! Stata files, release 118: UTF-8, labels, extended missing values `.a` to `.h` for the reasons from -1 to -8. The number of
//! rows and of bytes stands at the beginning, so that the data wait in temporary files until all of them are known.

mod frame;
mod variable;

use super::spool::Spool;
use super::{Layout, RowWriter, values};
use frame::Sizes;
use std::io::{self, Write};
use survey::columns::Cell;
use variable::{Storage, Variable};

struct Rows<W: Write> {
    sink: W,
    title: String,
    variables: Vec<Variable>,
    data: Spool,
    /// Long texts, each by its variable and row.
    texts: Spool,
    sizes: Sizes,
    /// For each variable the last long text and its row: one that is said again is not kept again.
    last: Vec<(String, u64)>,
    /// One row, written again and again.
    row: Vec<u8>,
}

pub(super) fn writer<'a>(layout: &Layout, sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    let variables = Variable::all(layout);
    let last = vec![(String::new(), 0); variables.len()];
    let (data, texts) = (Spool::new()?, Spool::new()?);
    let (title, sizes, row) = (layout.title.clone(), Sizes::default(), Vec::new());
    Ok(Box::new(Rows { sink, title, variables, data, texts, sizes, last, row }))
}

impl<W: Write> RowWriter for Rows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.sizes.rows += 1;
        self.row.clear();
        for (index, cell) in cells.iter().enumerate() {
            match self.variables[index].storage {
                Storage::Long => self.long_text(index, &variable::text(cell))?,
                _ => self.variables[index].write(cell, &mut self.row),
            }
        }
        self.sizes.data += self.row.len() as u64;
        self.data.write_all(&self.row)
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        let parts = frame::around(&self.title, &self.variables, self.sizes)?;
        self.sink.write_all(&parts.before)?;
        self.data.pour(&mut self.sink)?;
        self.sink.write_all(&parts.between)?;
        self.texts.pour(&mut self.sink)?;
        self.sink.write_all(&parts.after)?;
        self.sink.flush()?;
        Ok(0)
    }
}

impl<W: Write> Rows<W> {
    /// In the row stands where the text is: two bytes of the variable, six of the row, both from 1. Nothing is nowhere.
    fn long_text(&mut self, index: usize, text: &str) -> io::Result<()> {
        let text = values::cut(text, variable::LONGEST);
        if text.is_empty() {
            self.row.extend_from_slice(&[0; 8]);
            return Ok(());
        }
        let variable = index as u64 + 1;
        if self.last[index].0 != text {
            self.last[index] = (text.to_owned(), self.sizes.rows);
            self.keep(variable, text)?;
        }
        let place = variable | self.last[index].1 << 16;
        self.row.extend_from_slice(&place.to_le_bytes());
        Ok(())
    }

    fn keep(&mut self, variable: u64, text: &str) -> io::Result<()> {
        // 130: words, with a zero behind them.
        const WORDS: u8 = 130;
        let length = u32::try_from(text.len() + 1).map_err(io::Error::other)?;
        let mut block = b"GSO".to_vec();
        block.extend_from_slice(&u32::try_from(variable).map_err(io::Error::other)?.to_le_bytes());
        block.extend_from_slice(&self.sizes.rows.to_le_bytes());
        block.push(WORDS);
        block.extend_from_slice(&length.to_le_bytes());
        block.extend_from_slice(text.as_bytes());
        block.push(0);
        self.sizes.texts += block.len() as u64;
        self.texts.write_all(&block)
    }
}
