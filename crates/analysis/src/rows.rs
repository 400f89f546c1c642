//! Rows of cells, wherever they come from, and what a single cell says.

use survey::Missing;
use survey::columns::Cell;
use survey::number::Number;

/// Rows that can be gone through as often as needed, each time in the same order: a column store, a list, a file.
///
/// A row has one cell for each column of the table ([`survey::columns::Table`]), in their order.
pub trait Rows {
    /// Shows every row once.
    fn each(&self, see: &mut dyn FnMut(&[Cell]));
}

impl Rows for &[Vec<Cell>] {
    fn each(&self, see: &mut dyn FnMut(&[Cell])) {
        self.iter().for_each(|row| see(row));
    }
}

impl Rows for Vec<Vec<Cell>> {
    fn each(&self, see: &mut dyn FnMut(&[Cell])) {
        self.iter().for_each(|row| see(row));
    }
}

/// The code in a cell, or why there is none. "I do not know" is an option with a code of [`Missing`], and no value; words
/// are no code and count as invalid.
///
/// # Errors
/// The reason for which there is no value.
pub fn code(cell: &Cell) -> Result<i64, Missing> {
    match cell {
        Cell::Code(code) => Missing::of_code(*code).map_or(Ok(*code), Err),
        Cell::Number(number) => number.whole().ok_or(Missing::Invalid),
        Cell::Text(_) => Err(Missing::Invalid),
        Cell::Missing(missing) => Err(*missing),
    }
}

/// The number in a cell that was measured, or why there is none: below zero it is a number like any other.
///
/// # Errors
/// The reason for which there is no value.
pub fn number(cell: &Cell) -> Result<Number, Missing> {
    match cell {
        Cell::Number(number) => Ok(*number),
        Cell::Code(_) => code(cell).and_then(|code| Number::from_whole(code).ok_or(Missing::Invalid)),
        Cell::Text(_) => Err(Missing::Invalid),
        Cell::Missing(missing) => Err(*missing),
    }
}

/// Whether the cell holds a value of any type, or why it does not.
///
/// # Errors
/// The reason for which there is no value.
pub fn value(cell: &Cell) -> Result<(), Missing> {
    match cell {
        Cell::Code(_) => code(cell).map(|_| ()),
        Cell::Number(_) | Cell::Text(_) => Ok(()),
        Cell::Missing(missing) => Err(*missing),
    }
}
