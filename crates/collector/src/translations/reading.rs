//! Reads a table whatever a translator's program made of it: told by its content, because names lie.

use super::csv::MARK;
use super::sheet::{Cell, Sheet};
use anyhow::{Context, Result, bail};
use calamine::{Data, Ods, Range, Reader, Xls, Xlsb, Xlsx};
use csv::ReaderBuilder;
use std::io::Cursor;

/// How a ZIP archive begins, which .xlsx, .xlsb and .ods are.
const ZIP: &[u8] = b"PK\x03\x04";
/// How the container of the old .xls begins, in which also encrypted workbooks are kept.
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
const ADVICE: &str = "save the table as an Excel workbook (.xlsx) or as \"CSV UTF-8\"";

/// Reads a sheet.
///
/// # Errors
/// What is wrong with the file, and how to save it instead.
pub(crate) fn read(bytes: &[u8]) -> Result<Sheet> {
    let tables = if bytes.starts_with(ZIP) {
        archive(bytes)?
    } else if bytes.starts_with(OLD) {
        let locked = || {
            format!(
                "it is an old or an encrypted workbook that cannot be read: take its password away, or {ADVICE}"
            )
        };
        tables(&mut Xls::new(Cursor::new(bytes)).with_context(locked)?)
    } else {
        vec![comma_separated(bytes)?]
    };
    for table in &tables {
        if let Some(sheet) = Sheet::read(table)? {
            return Ok(sheet);
        }
    }
    bail!(
        "it has no heading \"key\": take the table that `qulaq translations export` wrote, keep its headings, and {ADVICE}"
    )
}

fn archive(bytes: &[u8]) -> Result<Vec<Vec<Vec<Cell>>>> {
    if let Ok(mut workbook) = Xlsx::new(Cursor::new(bytes)) {
        return Ok(tables(&mut workbook));
    }
    if let Ok(mut workbook) = Ods::new(Cursor::new(bytes)) {
        return Ok(tables(&mut workbook));
    }
    let unknown = || format!("it is no workbook that can be read: {ADVICE}");
    Ok(tables(&mut Xlsb::new(Cursor::new(bytes)).with_context(unknown)?))
}

/// The sheets that can be read.
fn tables<R: Reader<Cursor<T>>, T: AsRef<[u8]>>(workbook: &mut R) -> Vec<Vec<Vec<Cell>>> {
    let names = workbook.sheet_names();
    let table = |name: String| {
        let values = workbook.worksheet_range(&name).ok()?;
        // Not every kind of workbook tells its formulas.
        let formulas = workbook.worksheet_formula(&name).unwrap_or_default();
        Some(table(&values, &formulas))
    };
    names.into_iter().filter_map(table).collect()
}

/// A sheet from its first row and column on, whether or not something stands there.
fn table(values: &Range<Data>, formulas: &Range<String>) -> Vec<Vec<Cell>> {
    let Some((bottom, right)) = values.end() else { return Vec::new() };
    let at = |place: (u32, u32)| {
        let formula = formulas.get_value(place).is_some_and(|formula| !formula.is_empty());
        match values.get_value(place).map_or(Cell::Text(String::new()), cell) {
            // Its result is not in the file.
            Cell::Text(text) if text.is_empty() && formula => Cell::Lost("a formula"),
            cell => cell,
        }
    };
    (0..=bottom).map(|row| (0..=right).map(|column| at((row, column))).collect()).collect()
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Text(String::new()),
        Data::String(text) => Cell::Text(text.clone()),
        Data::Int(number) => Cell::Text(number.to_string()),
        Data::Float(number) => Cell::Text(number.to_string()),
        Data::Bool(_) => Cell::Lost("true or false"),
        Data::Error(_) => Cell::Lost("a formula that failed"),
        _ => Cell::Lost("a date"),
    }
}

fn comma_separated(bytes: &[u8]) -> Result<Vec<Vec<Cell>>> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        bail!(
            "it is not in UTF-8. Encodings such as Windows-1251 have no ә, ғ, қ, ң, ө, ұ, ү, һ, і, so those letters \
             are lost in this file already: open the one that you saved last as .xlsx, and {ADVICE}"
        );
    };
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("it is no CSV that can be read: {ADVICE}"))?;
        rows.push(record.iter().map(|field| Cell::Text(field.to_owned())).collect());
    }
    Ok(rows)
}

/// What stands between the cells: a semicolon where a comma is the decimal point.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().find(|line| line.to_lowercase().contains("key")).unwrap_or_default();
    let count = |delimiter: u8| heading.bytes().filter(|byte| *byte == delimiter).count();
    *b",;\t".iter().rev().max_by_key(|delimiter| count(**delimiter)).unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> String {
        format!("{:#}", read(bytes).unwrap_err())
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart_with_and_without_a_mark() {
        for delimiter in [",", ";", "\t"] {
            for mark in ["", MARK] {
                let text = format!("{mark}key|source: kk|ru\r\ntitle|\"Қ, ;\"|\"Да\n\"\"да\"\"\"\r\n");
                let sheet = read(text.replace('|', delimiter).as_bytes()).unwrap();
                assert_eq!(sheet.lines[0].source, "Қ, ;");
                assert_eq!(sheet.lines[0].cells, [Cell::Text("Да\n\"да\"".to_owned())]);
            }
        }
    }

    #[test]
    fn an_encoding_without_kazakh_letters_is_refused_with_advice() {
        let text = said(b"key;source: kk;ru\r\ntitle;?;\xc4\xe0\r\n");
        assert!(text.contains("Windows-1251") && text.contains("CSV UTF-8"), "{text}");
    }

    #[test]
    fn what_is_no_table_of_ours_is_refused_with_advice() {
        assert!(said(b"%PDF-1.7").contains("no heading \"key\""));
        assert!(said(b"").contains("no heading \"key\""));
        assert!(said(&[OLD, &[0; 600]].concat()).contains("encrypted"));
        assert!(said(b"PK\x03\x04nothing").contains("no workbook"));
    }
}
