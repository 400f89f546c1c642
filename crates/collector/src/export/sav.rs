//! SPSS system files: UTF-8, labels, measures, missing values declared by reason, sets of multiple answers. There is no
//! well-kept library that writes them, so this does, after the description that comes with GNU PSPP ("System File
//! Format"). Cases follow the dictionary as they come, in the compression that every reader of the format knows.

mod cases;
mod dictionary;
mod sets;
mod variable;

use super::{Layout, RowWriter};
use cases::Bytecode;
use std::io::{self, Write};
use survey::columns::Cell;
use variable::Variable;

/// Bytes gathered before they are written.
const PIECE: usize = 128 * 1024;

struct Rows<W: Write> {
    sink: W,
    variables: Vec<Variable>,
    cases: Bytecode,
}

pub(super) fn writer<'a>(layout: &Layout, mut sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    let variables = Variable::all(layout);
    sink.write_all(&dictionary::written(layout, &variables)?)?;
    Ok(Box::new(Rows { sink, variables, cases: Bytecode::default() }))
}

impl<W: Write> RowWriter for Rows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (variable, cell) in self.variables.iter().zip(cells) {
            variable.write(cell, &mut self.cases);
        }
        if self.cases.written.len() >= PIECE {
            self.sink.write_all(&self.cases.written)?;
            self.cases.written.clear();
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.cases.end();
        self.sink.write_all(&self.cases.written)?;
        self.sink.flush()?;
        Ok(0)
    }
}
