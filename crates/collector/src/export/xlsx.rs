//! A workbook: a sheet of typed cells with a frozen header and filters, and a sheet with the codebook. Rows go to a
//! temporary file as they come.

mod codebook;

use super::{Gaps, Layout, RowWriter, values};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};
use survey::columns::{Cell, Representation};

/// Rows of a sheet besides its header; what is more goes to a further sheet.
const ROWS: u32 = 1_048_575;

/// Columns of a sheet.
const COLUMNS: usize = 16_384;

/// Characters of a cell, as Excel counts them: in UTF-16.
const CELL: usize = 32_767;

/// The first day that Excel counts right, 1900-03-01. Days before it are words.
const FIRST_DAY: i32 = -25_508;

struct Rows<W: Write + Send> {
    sink: W,
    book: Workbook,
    layout: Layout,
    formats: Formats,
    /// The sheet that is being written, and its next row.
    sheet: usize,
    row: u32,
}

/// How cells are shown.
struct Formats {
    header: Format,
    day: Format,
    month: Format,
    time: Format,
}

pub(super) fn writer<'a>(
    layout: &Layout,
    sink: impl Write + Send + 'a,
) -> io::Result<Box<dyn RowWriter + 'a>> {
    if layout.columns.len() > COLUMNS {
        return Err(io::Error::other(format!("a sheet has at most {COLUMNS} columns: choose some of them")));
    }
    let mut book = Workbook::new();
    // The day on which it is made would make other bytes of the same data.
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io_error)?;
    book.set_properties(&DocProperties::new().set_title(&layout.title).set_creation_datetime(&day));
    let format = |shown: &str| Format::new().set_num_format(shown);
    let formats = Formats {
        header: Format::new().set_bold(),
        day: format("yyyy-mm-dd"),
        month: format("yyyy-mm"),
        time: format("hh:mm"),
    };
    let mut rows = Rows { sink, book, layout: layout.clone(), formats, sheet: 0, row: 0 };
    rows.begin_sheet(0).map_err(io_error)?;
    Ok(Box::new(rows))
}

impl<W: Write + Send> RowWriter for Rows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.row > ROWS {
            self.end_sheet().map_err(io_error)?;
            self.begin_sheet(self.sheet + 1).map_err(io_error)?;
        }
        let sheet = self.book.worksheet_from_index(self.sheet).map_err(io_error)?;
        for ((place, column), cell) in (0_u16..).zip(&self.layout.columns).zip(cells) {
            let at = (self.row, place);
            write(sheet, at, column.representation, cell, self.layout.gaps, &self.formats)
                .map_err(io_error)?;
        }
        self.row += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.end_sheet().map_err(io_error)?;
        codebook::write(&mut self.book, &self.layout, &self.formats.header).map_err(io_error)?;
        self.book.save_to_writer(&mut self.sink).map_err(io_error)?;
        self.sink.flush()?;
        Ok(0)
    }
}

impl<W: Write + Send> Rows<W> {
    fn begin_sheet(&mut self, number: usize) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(if number == 0 { "data".to_owned() } else { format!("data {}", number + 1) })?;
        sheet.set_freeze_panes(1, 0)?;
        for (place, column) in (0_u16..).zip(&self.layout.columns) {
            sheet.write_string_with_format(0, place, &column.name, &self.formats.header)?;
        }
        (self.sheet, self.row) = (number, 1);
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let last = u16::try_from(self.layout.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        sheet.autofilter(0, 0, self.row - 1, last).map(drop)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    representation: Representation,
    cell: &Cell,
    gaps: Gaps,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Code(code) => sheet.write_number(row, place, *code as f64)?,
        Cell::Number(number) => sheet.write_number(row, place, values::float(*number))?,
        Cell::Missing(_) if gaps == Gaps::Empty => return Ok(()),
        Cell::Missing(missing) => sheet.write_number(row, place, missing.code() as f64)?,
        Cell::Text(text) => {
            let day = |text| values::days(text).filter(|day| *day >= FIRST_DAY);
            let moment = match representation {
                Representation::Day => {
                    day(text).map(|day| (f64::from(day + values::EXCEL_EPOCH), &formats.day))
                }
                Representation::Month => {
                    day(text).map(|day| (f64::from(day + values::EXCEL_EPOCH), &formats.month))
                }
                Representation::Time => {
                    values::seconds(text).map(|seconds| (f64::from(seconds) / 86_400.0, &formats.time))
                }
                _ => None,
            };
            match moment {
                Some((serial, format)) => sheet.write_number_with_format(row, place, serial, format)?,
                None => sheet.write_string(row, place, fitting(text))?,
            }
        }
    };
    Ok(())
}

/// As much of a text as a cell holds.
fn fitting(text: &str) -> &str {
    // No character takes fewer bytes than units of UTF-16.
    if text.len() <= CELL {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    end.map_or(text, |(end, _)| &text[..end])
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}
