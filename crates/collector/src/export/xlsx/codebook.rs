//! The sheet with the codebook: a row for each column of the data, and one for each of its codes.

use super::super::{Layout, labels};
use super::package::Package;
use super::sheet::{Sheet, Style};
use std::io;
use survey::columns::{Column, Measure};

const HEADER: [&str; 5] = ["name", "label", "measure", "code", "value"];

/// Adds the sheet behind those of the data, of which there are so many.
pub(super) fn write(package: &mut Package, layout: &Layout, sheets: usize) -> io::Result<()> {
    let mut sheet = Sheet::begin(package, sheets, &HEADER)?;
    for column in &layout.columns {
        let texts = [&column.name, &labels::column(column, &layout.lang), measure(column)];
        sheet.begin_row();
        texts.iter().enumerate().for_each(|(place, text)| sheet.text(place, text, Style::Plain));
        sheet.end_row(package)?;
        for (code, label) in codes(column, &layout.lang) {
            sheet.begin_row();
            sheet.text(0, &column.name, Style::Plain);
            sheet.whole(3, code);
            sheet.text(4, &label, Style::Plain);
            sheet.end_row(package)?;
        }
    }
    sheet.end(package, "")
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
