//! A workbook: a sheet of typed cells with a frozen header and filters, and a sheet with the codebook.
//!
//! Rows become XML here and are compressed on a thread of their own (`package`): a library that does both for every kind
//! of workbook took three times as long. What stands in a sheet is `sheet`, what stands around the sheets `around`.

mod around;
mod codebook;
mod package;
mod sheet;

use super::{Layout, RowWriter};
use package::Package;
use sheet::{Sheet, column_letters};
use std::io::{self, Write};
use survey::columns::Cell;

/// Rows of a sheet besides its header; what is more goes to a further sheet.
const ROWS: usize = 1_048_575;

/// Bytes of the XML of a sheet, after which a further one begins: the sizes in a ZIP archive have 32 bits, and Excel does
/// not open those that have more.
const BYTES: u64 = 4_000_000_000;

/// Columns of a sheet.
const COLUMNS: usize = 16_384;

struct Rows<W: Write + Send> {
    sink: W,
    package: Package,
    layout: Layout,
    sheet: Sheet,
    /// The names of the sheets of data before this one, with the rows of each.
    full: Vec<(String, usize)>,
}

pub(super) fn writer<'a>(
    layout: &Layout,
    sink: impl Write + Send + 'a,
) -> io::Result<Box<dyn RowWriter + 'a>> {
    if layout.columns.len() > COLUMNS {
        return Err(io::Error::other(format!("a sheet has at most {COLUMNS} columns: choose some of them")));
    }
    let mut package = Package::new()?;
    let sheet = begin(&mut package, layout, 0)?;
    Ok(Box::new(Rows { sink, package, layout: layout.clone(), sheet, full: Vec::new() }))
}

impl<W: Write + Send> RowWriter for Rows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.sheet.rows() > ROWS || self.sheet.bytes() > BYTES {
            self.end_sheet()?;
            self.sheet = begin(&mut self.package, &self.layout, self.full.len())?;
        }
        self.sheet.begin_row();
        for (place, (column, cell)) in self.layout.columns.iter().zip(cells).enumerate() {
            self.sheet.cell(place, column.representation, cell, self.layout.gaps);
        }
        self.sheet.end_row(&mut self.package)
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.end_sheet()?;
        let Self { mut sink, mut package, layout, full, .. } = *self;
        codebook::write(&mut package, &layout, full.len())?;
        around::write(&mut package, &layout, &full)?;
        package.pour(&mut sink)?;
        sink.flush()?;
        Ok(0)
    }
}

impl<W: Write + Send> Rows<W> {
    fn end_sheet(&mut self) -> io::Result<()> {
        let last = column_letters(self.layout.columns.len().saturating_sub(1));
        let filter = format!("<autoFilter ref=\"A1:{last}{}\"/>", self.sheet.rows());
        self.full.push((name(self.full.len()), self.sheet.rows()));
        self.sheet.end(&mut self.package, &filter)
    }
}

fn name(number: usize) -> String {
    if number == 0 { "data".to_owned() } else { format!("data {}", number + 1) }
}

fn begin(package: &mut Package, layout: &Layout, number: usize) -> io::Result<Sheet> {
    let heads: Vec<&str> = layout.columns.iter().map(|column| column.name.as_str()).collect();
    Sheet::begin(package, number, &heads)
}
