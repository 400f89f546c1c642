//! The tables, as every engine has them, and rows of them on their way into a backup or out of one.
//!
//! A backup is one engine's rows for another to take over, so both must have the same columns that hold the same. What is
//! listed here is compared with what the migrations of each engine make, by `tests/collector/store/tables.rs`; a table
//! that is not listed would be in no backup.

mod list;

pub use list::TABLES;

/// A table of the store.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// The columns that its rows are sorted by, the same in every engine: its key.
    pub key: &'static [&'static str],
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may hold nothing.
    pub nullable: bool,
    /// What it holds in rows of a backup from before there was the column: the default of the migration that added it.
    pub default: Option<&'static str>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Integer,
    /// UTF-8 without the null character.
    Text,
    /// Bytes.
    Bytes,
}

/// What stands in one column of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Some rows of one table, of which there may be more.
#[derive(Debug)]
pub struct Rows {
    /// The table.
    pub table: &'static Table,
    /// The rows, with a cell for each of its columns.
    pub rows: Vec<Vec<Cell>>,
}

/// The version of the tables: how many migrations each engine has.
pub const VERSION: usize = 20;

/// Rows in one piece at most, and bytes of text in it after which it is sent: what a dump holds in memory.
const PIECE: usize = 500;
const PIECE_BYTES: usize = 1 << 20;

impl Table {
    /// The table of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// The names of its columns, with commas between.
    pub(super) fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names.join(", ")
    }
}

impl Cell {
    /// The number in it.
    pub(crate) fn as_integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// The text in it.
    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The bytes in it.
    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Null | Self::Integer(_) => 8,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

/// Gathers rows of a table into pieces.
pub(super) struct Pieces {
    table: &'static Table,
    rows: Vec<Vec<Cell>>,
    bytes: usize,
}

impl Pieces {
    pub(super) fn of(table: &'static Table) -> Self {
        Self { table, rows: Vec::new(), bytes: 0 }
    }

    /// Adds a row; a piece when it is full.
    pub(super) fn add(&mut self, row: Vec<Cell>) -> Option<Rows> {
        self.bytes += row.iter().map(Cell::bytes).sum::<usize>();
        self.rows.push(row);
        (self.rows.len() >= PIECE || self.bytes >= PIECE_BYTES).then(|| self.take())
    }

    /// What is left.
    pub(super) fn take(&mut self) -> Rows {
        self.bytes = 0;
        Rows { table: self.table, rows: std::mem::take(&mut self.rows) }
    }
}
