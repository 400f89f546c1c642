//! A variable of Stata: what it is called, how it is kept, and how a cell becomes bytes.

use super::super::{Layout, labels, names, values};
use std::borrow::Cow;
use survey::Missing;
use survey::columns::{Cell, Column, Part, Representation};

/// Characters of a name, and of the label of a variable.
pub(super) const NAME: usize = 32;
pub(super) const LABEL: usize = 80;

/// Bytes of words that stand in the row itself. Stata allows 2,045; each takes its room in every row, also when it is empty.
const SHORT: usize = 128;

/// Bytes of long words that its readers take without asking.
pub(super) const LONGEST: usize = 1_000_000;

/// Bytes of a character in UTF-8 at most.
const CHARACTER: usize = 4;

/// Days, and months, from 1960-01-01, where Stata begins to count, to 1970-01-01.
const EPOCH: i32 = 3653;
const EPOCH_MONTHS: i32 = 120;

/// The value that is missing for no reason; those of `.a` to `.h` follow.
pub(super) const MISSING_BYTE: i8 = 101;
pub(super) const MISSING_LONG: i32 = 2_147_483_621;
const MISSING_DOUBLE: u64 = 0x7fe0_0000_0000_0000;
/// From the double of one reason to that of the next.
const NEXT_DOUBLE: u64 = 0x0100_0000_0000;

/// How its values are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    /// One byte, to 100.
    Byte,
    /// Four bytes, to 2,147,483,620.
    Integer,
    /// Eight bytes, a float.
    Double,
    /// Words of so many bytes.
    Words(usize),
    /// Words that stand elsewhere.
    Long,
}

/// A variable.
#[derive(Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) storage: Storage,
    /// Labels of values as Stata counts them: reasons among the largest numbers.
    pub(super) values: Vec<(i32, String)>,
    pub(super) format: &'static str,
    representation: Representation,
}

impl Variable {
    pub(super) fn all(layout: &Layout) -> Vec<Self> {
        let names =
            names::fitted(layout.columns.iter().map(|column| column.name.as_str()), NAME, &names::OF_STATA);
        layout.columns.iter().zip(names).map(|(column, name)| Self::of(column, name, &layout.lang)).collect()
    }

    fn of(column: &Column, name: String, lang: &str) -> Self {
        let storage = Storage::of(column);
        let reasons = labels::reasons(column, lang).into_iter();
        let reasons = reasons.map(|(missing, label)| (MISSING_LONG + place(missing), label));
        let codes = labels::values(column, lang).into_iter();
        let codes = codes.filter_map(|(code, label)| Some((i32::try_from(code).ok()?, label)));
        Self {
            name,
            label: labels::column(column, lang).chars().take(LABEL).collect(),
            storage,
            values: if values::is_text(column) { Vec::new() } else { codes.chain(reasons).collect() },
            format: match (column.representation, storage) {
                (Representation::Day, _) => "%td",
                (Representation::Month, _) => "%tm",
                (Representation::Time, _) => "%tcHH:MM",
                (_, Storage::Words(_)) => "%-20s",
                (_, Storage::Long) => "%-9s",
                (_, Storage::Double) => "%14.0g",
                _ => "%10.0g",
            },
            representation: column.representation,
        }
    }

    /// Adds the bytes of a cell to a row.
    pub(super) fn write(&self, cell: &Cell, row: &mut Vec<u8>) {
        match self.storage {
            Storage::Byte => row.extend(byte(cell).to_le_bytes()),
            Storage::Integer => row.extend(self.integer(cell).to_le_bytes()),
            Storage::Double => row.extend(self.double(cell).to_le_bytes()),
            Storage::Words(width) => {
                let text = text(cell);
                let text = values::cut(&text, width);
                row.extend_from_slice(text.as_bytes());
                row.resize(row.len() + width - text.len(), 0);
            }
            Storage::Long => row.extend([0; 8]),
        }
    }

    fn integer(&self, cell: &Cell) -> i32 {
        let value = match (cell, self.representation) {
            (Cell::Missing(missing), _) => return MISSING_LONG + place(*missing),
            (Cell::Code(code), _) => i32::try_from(*code).ok(),
            (Cell::Text(text), Representation::Day) => values::days(text).map(|days| days + EPOCH),
            (Cell::Text(text), Representation::Month) => months(text),
            _ => None,
        };
        value.filter(|value| *value < MISSING_LONG).unwrap_or(MISSING_LONG)
    }

    fn double(&self, cell: &Cell) -> f64 {
        let missing = |place: u64| f64::from_bits(MISSING_DOUBLE + place * NEXT_DOUBLE);
        match cell {
            Cell::Code(code) => *code as f64,
            Cell::Number(number) => values::float(*number),
            Cell::Missing(reason) => missing(u64::try_from(place(*reason)).unwrap_or_default()),
            Cell::Text(text) => match values::seconds(text) {
                // Stata counts milliseconds.
                Some(seconds) if self.representation == Representation::Time => f64::from(seconds) * 1000.0,
                _ => missing(0),
            },
        }
    }
}

impl Storage {
    fn of(column: &Column) -> Self {
        let bytes = values::width(column) * CHARACTER;
        match column.representation {
            Representation::Text if bytes <= SHORT => Self::Words(bytes),
            Representation::Text => Self::Long,
            Representation::Whole if column.part == Part::Chosen => Self::Byte,
            Representation::Whole if column.part != Part::Answer => Self::Integer,
            Representation::Whole if !column.values.is_empty() && are_small(column) => Self::Integer,
            Representation::Day | Representation::Month => Self::Integer,
            Representation::Whole | Representation::Decimal(_) | Representation::Time => Self::Double,
        }
    }

    /// How Stata numbers it.
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Byte => 65_530,
            Self::Integer => 65_528,
            Self::Double => 65_526,
            Self::Words(width) => u16::try_from(width).unwrap_or_default(),
            Self::Long => 32_768,
        }
    }
}

/// Whether four bytes hold every code beside the missing values.
fn are_small(column: &Column) -> bool {
    column.values.iter().all(|(code, _)| i32::try_from(*code).is_ok_and(|code| code < MISSING_LONG))
}

fn byte(cell: &Cell) -> i8 {
    match cell {
        Cell::Missing(missing) => MISSING_BYTE + i8::try_from(place(*missing)).unwrap_or_default(),
        Cell::Code(code) => {
            i8::try_from(*code).ok().filter(|code| *code < MISSING_BYTE).unwrap_or(MISSING_BYTE)
        }
        _ => MISSING_BYTE,
    }
}

/// The place of a reason among the letters, from 1.
fn place(missing: Missing) -> i32 {
    missing as i32 + 1
}

fn months(text: &str) -> Option<i32> {
    let (year, month) = text.split_once('-')?;
    Some((year.parse::<i32>().ok()? - 1970) * 12 + month.parse::<i32>().ok()? - 1 + EPOCH_MONTHS)
}

/// What a column of words holds. The reason why there are none is lost: words have no missing values.
pub(super) fn text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Code(code) => Cow::Owned(code.to_string()),
        Cell::Number(number) => Cow::Owned(number.to_plain()),
        Cell::Missing(_) => Cow::Borrowed(""),
    }
}
