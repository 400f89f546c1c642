//! The table as a workbook: what a translator writes is white and open, all else is grey and locked without a password.
//! Every cell is marked as text, so that nothing typed becomes a formula or a date.

use super::catalogue::{Catalogue, Row, State};
use super::sheet::{Column, guard_apostrophe};
use anyhow::{Context, Result};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet};

/// The number format "text".
const AS_TEXT: &str = "@";
const GREY: &str = "#EDEDED";
const RED: &str = "#F8CBAD";
const YELLOW: &str = "#FFE699";
/// Right to left, as spreadsheets number it.
const LEFTWARD: u8 = 2;

pub(super) fn write(catalogue: &Catalogue, languages: &[String]) -> Result<Vec<u8>> {
    let columns = Column::all(catalogue.source(), languages);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("translations")?;
    lay_out(sheet, &columns, catalogue.rows.len())?;
    for (index, row) in catalogue.rows.iter().enumerate() {
        let line = u32::try_from(index + 1).context("there are more texts than a workbook has rows")?;
        write_row(sheet, line, &columns, catalogue, row)
            .with_context(|| format!("{} does not fit into a workbook: export .csv", row.entry.key))?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Headings that stay in sight, widths, and the lock, under which the table can still be filtered and widened.
fn lay_out(sheet: &mut Worksheet, columns: &[Column<'_>], rows: usize) -> Result<()> {
    let heading = common().set_bold().set_background_color(GREY).set_border(FormatBorder::Thin);
    for (index, column) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(0, index, column.heading(), &heading)?;
        sheet.set_column_width(index, width(column))?;
        // Also the cells below the last text, which somebody may use for remarks.
        sheet.set_column_format(index, &common().set_unlocked())?;
    }
    let last = (u32::try_from(rows)?, u16::try_from(columns.len() - 1)?);
    sheet.set_freeze_panes(1, 1)?.autofilter(0, 0, last.0, last.1)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    line: u32,
    columns: &[Column<'_>],
    catalogue: &Catalogue,
    row: &Row,
) -> Result<()> {
    for (index, column) in (0_u16..).zip(columns) {
        let cell = guard_apostrophe(&column.cell(catalogue, row));
        sheet.write_string_with_format(line, index, cell, &format(column, catalogue, row))?;
    }
    Ok(())
}

fn format(column: &Column<'_>, catalogue: &Catalogue, row: &Row) -> Format {
    let colour = |tag: &str| match catalogue.state(row, tag) {
        State::Missing => Some(RED),
        State::Stale => Some(YELLOW),
        State::Same | State::Done => None,
    };
    let open = |tag: &str| {
        let open = common().set_unlocked();
        colour(tag).map_or(open.clone(), |colour| open.set_background_color(colour))
    };
    match column {
        Column::Key | Column::Place | Column::What => common().set_background_color(GREY),
        Column::Source(tag) => directed(common().set_background_color(GREY), tag),
        Column::Text(tag) => directed(open(tag), tag),
        Column::State(tag) => open(tag),
        Column::Note => common().set_unlocked(),
    }
}

fn common() -> Format {
    Format::new().set_num_format(AS_TEXT).set_text_wrap().set_align(FormatAlign::Top)
}

fn directed(format: Format, tag: &str) -> Format {
    if is_leftward(tag) {
        format.set_reading_direction(LEFTWARD).set_align(FormatAlign::Right)
    } else {
        format
    }
}

/// Whether a language is written from right to left.
fn is_leftward(tag: &str) -> bool {
    let (base, script) = tag.split_once('-').unwrap_or((tag, ""));
    match script {
        "arab" | "hebr" => true,
        "latn" | "cyrl" => false,
        _ => ["ar", "fa", "he", "ps", "ug", "ur", "yi"].contains(&base),
    }
}

/// In characters.
fn width(column: &Column<'_>) -> f64 {
    match column {
        Column::Key | Column::Place => 28.0,
        Column::What => 24.0,
        Column::Source(_) | Column::Text(_) => 50.0,
        Column::State(_) => 14.0,
        Column::Note => 30.0,
    }
}
