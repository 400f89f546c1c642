//! The sheet with the codebook: a row for each column of the data, and one for each of its codes.

use super::super::{Layout, labels};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use survey::columns::{Column, Measure};

const HEADER: [&str; 5] = ["name", "label", "measure", "code", "value"];

/// Adds the sheet behind the data.
pub(super) fn write(book: &mut Workbook, layout: &Layout, header: &Format) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("codebook")?;
    sheet.set_freeze_panes(1, 0)?;
    for (place, name) in (0..).zip(HEADER) {
        sheet.write_string_with_format(0, place, name, header)?;
    }
    let mut row = 1;
    for column in &layout.columns {
        sheet.write_string(row, 0, &column.name)?;
        sheet.write_string(row, 1, labels::column(column, &layout.lang))?;
        sheet.write_string(row, 2, measure(column))?;
        row += 1;
        for (code, label) in codes(column, &layout.lang) {
            sheet.write_string(row, 0, &column.name)?;
            sheet.write_number(row, 3, code as f64)?;
            sheet.write_string(row, 4, label)?;
            row += 1;
        }
    }
    Ok(())
}

fn codes(column: &Column, lang: &str) -> Vec<(i64, String)> {
    let reasons = labels::reasons(column, lang).into_iter().map(|(missing, label)| (missing.code(), label));
    labels::values(column, lang).into_iter().chain(reasons).collect()
}

fn measure(column: &Column) -> &'static str {
    match column.measure {
        Measure::Nominal => "nominal",
        Measure::Ordinal => "ordinal",
        Measure::Scale => "scale",
        Measure::Text => "text",
        Measure::Moment => "date or time",
    }
}
