//! One sheet: its rows as XML, handed on piece by piece (ECMA-376, part 1, 18.3).

use super::super::{Gaps, values};
use super::package::Package;
use std::fmt::Write as _;
use std::io;
use survey::columns::{Cell, Representation};

/// Characters of a cell, as Excel counts them: in UTF-16.
const CELL: usize = 32_767;

/// The first day that Excel counts right, 1900-03-01. Days before it are words.
const FIRST_DAY: i32 = -25_508;

/// Bytes of a piece.
const PIECE: usize = 256 * 1024;

/// How a cell is shown, by its place in the table of styles that `around` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain = 0,
    Header = 1,
    Day = 2,
    Month = 3,
    Time = 4,
}

/// A sheet while it is written.
pub(super) struct Sheet {
    /// What was not handed on yet.
    xml: String,
    /// How the cells of each column begin, up to their letters.
    heads: Vec<String>,
    /// Rows so far, and the number of the last one in digits.
    rows: usize,
    row: String,
    /// Bytes that were handed on.
    bytes: u64,
}

const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews>";
const FROZEN: &str = "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" \
    state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews>\
    <sheetFormatPr defaultRowHeight=\"15\"/><sheetData>";

impl Sheet {
    /// Begins the sheet of this number with its header, which stays in sight.
    pub(super) fn begin(package: &mut Package, number: usize, names: &[&str]) -> io::Result<Self> {
        package.begin(format!("xl/worksheets/sheet{}.xml", number + 1))?;
        // The first is the one that is shown when the workbook opens.
        let selected = if number == 0 { "tabSelected=\"1\" " } else { "" };
        let xml = format!("{OPENING}<sheetView {selected}{FROZEN}");
        let heads = (0..names.len()).map(|place| format!("<c r=\"{}", column_letters(place))).collect();
        let mut sheet = Self { xml, heads, rows: 0, row: String::new(), bytes: 0 };
        sheet.begin_row();
        names.iter().enumerate().for_each(|(place, name)| sheet.text(place, name, Style::Header));
        sheet.end_row(package)?;
        Ok(sheet)
    }

    /// Rows so far, with the header.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn begin_row(&mut self) {
        self.rows += 1;
        self.row.clear();
        // Writing to a string does not fail.
        let _ = write!(self.row, "{}", self.rows);
        for part in ["<row r=\"", &self.row, "\">"] {
            self.xml.push_str(part);
        }
    }

    pub(super) fn end_row(&mut self, package: &mut Package) -> io::Result<()> {
        self.xml.push_str("</row>");
        if self.xml.len() < PIECE {
            return Ok(());
        }
        let more = String::with_capacity(PIECE + PIECE / 8);
        let piece = std::mem::replace(&mut self.xml, more);
        self.bytes += piece.len() as u64;
        package.add(piece.into_bytes())
    }

    /// Ends the sheet; `after` follows its rows.
    pub(super) fn end(&mut self, package: &mut Package, after: &str) -> io::Result<()> {
        let mut xml = std::mem::take(&mut self.xml);
        for part in ["</sheetData>", after, "</worksheet>"] {
            xml.push_str(part);
        }
        package.add(xml.into_bytes())
    }

    /// Writes a cell as what its column holds.
    pub(super) fn cell(&mut self, place: usize, representation: Representation, cell: &Cell, gaps: Gaps) {
        match cell {
            Cell::Code(code) => self.whole(place, *code),
            Cell::Number(number) => self.value(place, Style::Plain, |xml| xml.push_str(&number.to_plain())),
            Cell::Missing(_) if gaps == Gaps::Empty => {}
            Cell::Missing(missing) => self.whole(place, missing.code()),
            Cell::Text(text) => match moment(text, representation) {
                Some((serial, style)) => self.value(place, style, |xml| _ = write!(xml, "{serial}")),
                None => self.text(place, text, Style::Plain),
            },
        }
    }

    /// Writes a whole number.
    pub(super) fn whole(&mut self, place: usize, whole: i64) {
        self.value(place, Style::Plain, |xml| match u8::try_from(whole) {
            // Nearly all codes have one digit.
            Ok(digit @ 0..=9) => xml.push(char::from(b'0' + digit)),
            _ => _ = write!(xml, "{whole}"),
        });
    }

    fn value(&mut self, place: usize, style: Style, value: impl FnOnce(&mut String)) {
        self.open(place, style);
        self.xml.push_str("><v>");
        value(&mut self.xml);
        self.xml.push_str("</v></c>");
    }

    /// Writes a text into the cell itself: a table of texts beside the sheets would have to be held in memory.
    pub(super) fn text(&mut self, place: usize, text: &str, style: Style) {
        let text = fitting(text);
        self.open(place, style);
        let outer = |character: Option<char>| character.is_some_and(char::is_whitespace);
        let spaces = outer(text.chars().next()) || outer(text.chars().next_back());
        self.xml.push_str(" t=\"inlineStr\"><is><t");
        self.xml.push_str(if spaces { " xml:space=\"preserve\">" } else { ">" });
        escape(text, &mut self.xml);
        self.xml.push_str("</t></is></c>");
    }

    fn open(&mut self, place: usize, style: Style) {
        for part in [&self.heads[place], &self.row, "\""] {
            self.xml.push_str(part);
        }
        if style != Style::Plain {
            let _ = write!(self.xml, " s=\"{}\"", style as u8);
        }
    }
}

/// A day, a month or a time as Excel counts them, and how it is shown.
fn moment(text: &str, representation: Representation) -> Option<(f64, Style)> {
    let day = || values::days(text).filter(|day| *day >= FIRST_DAY);
    let serial = |day: i32| f64::from(day + values::EXCEL_EPOCH);
    match representation {
        Representation::Day => Some((serial(day()?), Style::Day)),
        Representation::Month => Some((serial(day()?), Style::Month)),
        Representation::Time => Some((f64::from(values::seconds(text)?) / 86_400.0, Style::Time)),
        _ => None,
    }
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

/// Writes a text into XML. What XML does not allow stands as `_xHHHH_`, and a text that looks like that is escaped by its
/// own first character (ECMA-376, part 1, 22.9.2.19).
pub(super) fn escape(text: &str, xml: &mut String) {
    let mut written = 0;
    for (at, character) in text.char_indices() {
        let reference = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '_' if looks_escaped(&text.as_bytes()[at..]) => "_x005F_",
            // Tabs and ends of lines are as they are.
            '\0'..='\x08' | '\x0b'..='\x1f' | '\u{fffe}' | '\u{ffff}' => "",
            _ => continue,
        };
        xml.push_str(&text[written..at]);
        match reference {
            "" => _ = write!(xml, "_x{:04X}_", u32::from(character)),
            reference => xml.push_str(reference),
        }
        written = at + character.len_utf8();
    }
    xml.push_str(&text[written..]);
}

fn looks_escaped(bytes: &[u8]) -> bool {
    match bytes {
        [b'_', b'x', digits @ .., b'_'] if digits.len() == 4 => digits.iter().all(u8::is_ascii_hexdigit),
        _ => bytes.len() > 7 && looks_escaped(&bytes[..7]),
    }
}

/// The letters of a column, counted from 0: A, B, … Z, AA.
pub(super) fn column_letters(place: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = place + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut xml = String::new();
        escape(text, &mut xml);
        xml
    }

    #[test]
    fn columns_are_counted_by_letters() {
        let letters = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_text_comes_back_whatever_is_in_it() {
        assert_eq!(escaped("<Ә> & \"Ғ\"\t\n"), "&lt;Ә&gt; &amp; \"Ғ\"\t\n");
        assert_eq!(escaped("a\u{1}\r_x0041_ _x41_ _x"), "a_x0001__x000D__x005F_x0041_ _x41_ _x");
        assert_eq!(escaped("\u{fffe}ﬁ\u{ffff}"), "_xFFFE_ﬁ_xFFFF_");
    }

    #[test]
    fn a_text_is_cut_where_a_cell_ends() {
        assert_eq!(fitting(&"Қ".repeat(CELL + 1)), "Қ".repeat(CELL));
        assert_eq!(fitting(&"😀".repeat(CELL)), "😀".repeat(CELL / 2));
    }

    #[test]
    fn days_before_those_that_excel_counts_right_are_words() {
        assert_eq!(moment("1900-03-01", Representation::Day), Some((61.0, Style::Day)));
        assert_eq!(moment("1900-02-28", Representation::Day), None);
        assert_eq!(moment("06:00", Representation::Time), Some((0.25, Style::Time)));
    }
}
