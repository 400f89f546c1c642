//! The official file of the statistics bureau: columns te, ab, cd, ef, hij, k, name_kaz, name_rus, in any order, below
//! whatever stands above them.

use super::level::{Names, placed};
use super::spelling;
use super::table::{Sheet, sheets};
use crate::store::Place;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What a file says.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The places, by code.
    pub(crate) places: Vec<Place>,
    /// Rows below the names of the columns that are not empty.
    pub(crate) rows: usize,
    /// Rows that are not taken: their line and why.
    pub(crate) refused: Vec<(usize, String)>,
    /// Rows that repeat another.
    pub(crate) repeated: usize,
    /// Names whose spaces or Latin letters among Cyrillic ones were mended.
    pub(crate) respelt: usize,
    /// Places without a name in one of the languages: they got that of the other.
    pub(crate) unnamed: usize,
}

/// Where the columns are.
struct Columns {
    te: usize,
    parts: [Option<usize>; 4],
    kk: usize,
    ru: usize,
}

/// How a code is divided: by what, and how many there are of a part.
const PARTS: [(&str, i64, i64); 4] =
    [("ab", 10_000_000, 100), ("cd", 100_000, 100), ("ef", 1_000, 100), ("hij", 1, 1_000)];

/// Lines in which the names of the columns are looked for.
const HEAD: usize = 30;

/// Reads a file: a workbook (.xlsx, .xls) or text (.csv).
pub(crate) fn read(bytes: &[u8]) -> Result<Reading> {
    let sheets = sheets(bytes)?;
    let found = sheets.iter().find_map(|sheet| Some((sheet, columns(sheet)?)));
    let (sheet, (head, columns)) = found
        .context("no row names the columns te, name_kaz and name_rus: give the official file as it is")?;
    let mut reading = Reading::default();
    let mut named: BTreeMap<i64, Names> = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for (index, row) in sheet.iter().enumerate().skip(head + 1) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        reading.rows += 1;
        match columns.place(row, &mut reading) {
            Ok((code, names)) => {
                lines.entry(code).or_insert(index + 1);
                reading.add(&mut named, code, names, index + 1);
            }
            Err(reason) => reading.refused.push((index + 1, reason)),
        }
    }
    let (places, lost) = placed(named);
    for code in lost {
        let reason =
            format!("{code} lies in the region {}, which is not in the file", code - code % PARTS[0].1);
        reading.refused.push((lines.get(&code).copied().unwrap_or_default(), reason));
    }
    reading.refused.sort();
    Ok(Reading { places, ..reading })
}

/// The row that names the columns, and where they are.
fn columns(sheet: &Sheet) -> Option<(usize, Columns)> {
    sheet.iter().take(HEAD).enumerate().find_map(|(line, row)| {
        let headings: Vec<String> = row.iter().map(|cell| spelling::heading(cell)).collect();
        let column = |name: &str| headings.iter().position(|heading| heading == name);
        let columns = Columns {
            te: column("te")?,
            parts: PARTS.map(|(name, ..)| column(name)),
            kk: column("name_kaz")?,
            ru: column("name_rus")?,
        };
        Some((line, columns))
    })
}

impl Columns {
    /// Code and names of a row, or why it is not taken.
    fn place(&self, row: &[String], reading: &mut Reading) -> Result<(i64, Names), String> {
        let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
        let code = code(cell(self.te))?;
        for ((name, unit, count), column) in PARTS.iter().zip(self.parts) {
            let given = column.map(cell).filter(|given| !given.is_empty());
            let part = code / unit % count;
            if given.is_some_and(|given| given.parse() != Ok(part)) {
                return Err(format!(
                    "the code {code} has {part} as its {name}, and the column has something else"
                ));
            }
        }
        let mut names = [cell(self.kk), cell(self.ru)].map(spelling::name);
        let changed = names.iter().zip([self.kk, self.ru]).filter(|(name, column)| *name != cell(*column));
        reading.respelt += changed.count();
        if names.iter().any(String::is_empty) {
            let there = names.iter().find(|name| !name.is_empty()).cloned();
            let there = there.ok_or_else(|| format!("the place {code} has no name"))?;
            names = [there.clone(), there];
            reading.unnamed += 1;
        }
        let [kk, ru] = names;
        Ok((code, (kk, ru)))
    }
}

/// Nine digits, the first of which is no zero.
fn code(written: &str) -> Result<i64, String> {
    let digits: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let sound =
        digits.len() == 9 && digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0');
    let code = digits.parse().ok().filter(|_| sound);
    code.ok_or_else(|| "the code in te is not one of nine digits".to_owned())
}

impl Reading {
    fn add(&mut self, named: &mut BTreeMap<i64, Names>, code: i64, names: Names, line: usize) {
        match named.entry(code) {
            Entry::Vacant(place) => _ = place.insert(names),
            Entry::Occupied(place) if *place.get() == names => self.repeated += 1,
            Entry::Occupied(_) => {
                self.refused.push((line, format!("the code {code} stands above with another name")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Reading {
        read(text.as_bytes()).unwrap()
    }

    #[test]
    fn rows_are_taken_or_refused_with_their_line_and_reason() {
        let reading = read_text(
            "КАТО;;;;;;;\n\nТе;ab;cd;ef;hij;k;name_kaz;name_rus\n\
             610000000;61;0;0;0;0;Түркістан облысы;Туркестанская область\n\
             610000000;61;00;00;000;0;Түркістан облысы;Туркестанская область\n\
             610000000;61;0;0;0;0;Басқа;Другая\n\
             611000000;61;11;0;0;0;А;А\n\
             51520000;51;52;0;0;0;А;А\n\
             515200000;51;52;0;0;0;А;А\n\
             613600000;61;36;0;0;0;Отыр\u{61}р ауданы;\n\
             613900000;;;;;;;\n;;;;;;;\n",
        );
        assert_eq!((reading.rows, reading.repeated, reading.respelt, reading.unnamed), (8, 1, 1, 1));
        let names: Vec<(&str, &str)> =
            reading.places.iter().map(|place| (place.kk.as_str(), place.ru.as_str())).collect();
        let otyrar = ("Отырар ауданы", "Отырар ауданы");
        assert_eq!(names, [("Түркістан облысы", "Туркестанская область"), otyrar]);
        let lines: Vec<usize> = reading.refused.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [6, 7, 8, 9, 11], "{:?}", reading.refused);
        assert!(reading.refused[3].1.contains("510000000, which is not in the file"));
    }

    #[test]
    fn what_is_not_the_file_says_so() {
        for bytes in [b"a,b\n1,2\n".as_slice(), b"\xff\xfe\x00", b"PK\x03\x04nothing", b""] {
            assert!(read(bytes).is_err());
        }
    }
}
