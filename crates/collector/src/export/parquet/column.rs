//! The values of one column in one group of rows, until the group is written.

use super::super::values;
use super::schema::is_small;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedColumnWriter;
use survey::columns::{Cell, Column, Representation};

/// Values, and for each row whether there is one: 1 or 0.
pub(super) struct Buffer {
    values: Values,
    defined: Vec<i16>,
    representation: Representation,
}

enum Values {
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Bytes(Vec<ByteArray>),
}

/// Decimal places of the numbers of the model.
const PLACES: usize = 6;

impl Buffer {
    pub(super) fn of(column: &Column) -> Self {
        let representation = column.representation;
        let values = match representation {
            Representation::Whole if is_small(column) => Values::Int32(Vec::new()),
            Representation::Day | Representation::Time => Values::Int32(Vec::new()),
            Representation::Whole | Representation::Decimal(_) => Values::Int64(Vec::new()),
            Representation::Text | Representation::Month => Values::Bytes(Vec::new()),
        };
        Self { values, defined: Vec::new(), representation }
    }

    /// A column of reasons.
    pub(super) fn reasons() -> Self {
        let values = Values::Int32(Vec::new());
        Self { values, defined: Vec::new(), representation: Representation::Whole }
    }

    /// Adds a cell; gives the bytes of its words.
    pub(super) fn push(&mut self, cell: &Cell) -> usize {
        let (mut bytes, representation) = (0, self.representation);
        let pushed = match &mut self.values {
            Values::Int32(values) => small(cell, representation).map(|value| values.push(value)),
            Values::Int64(values) => large(cell, representation).map(|value| values.push(value)),
            Values::Bytes(values) => words(cell).map(|text| {
                bytes = text.len();
                values.push(ByteArray::from(text));
            }),
        };
        self.defined.push(i16::from(pushed.is_some()));
        bytes
    }

    /// Adds the reason why a cell is missing.
    pub(super) fn push_reason(&mut self, cell: &Cell) {
        match (cell, &mut self.values) {
            (Cell::Missing(missing), Values::Int32(values)) => {
                values.push(i32::try_from(missing.code()).unwrap_or_default());
                self.defined.push(1);
            }
            _ => self.defined.push(0),
        }
    }

    /// Writes all and is empty again.
    pub(super) fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let defined = Some(self.defined.as_slice());
        match &mut self.values {
            Values::Int32(values) => {
                writer.typed::<Int32Type>().write_batch(values, defined, None)?;
                values.clear();
            }
            Values::Int64(values) => {
                writer.typed::<Int64Type>().write_batch(values, defined, None)?;
                values.clear();
            }
            Values::Bytes(values) => {
                writer.typed::<ByteArrayType>().write_batch(values, defined, None)?;
                values.clear();
            }
        }
        self.defined.clear();
        Ok(())
    }
}

fn small(cell: &Cell, representation: Representation) -> Option<i32> {
    match (cell, representation) {
        (Cell::Code(code), _) => i32::try_from(*code).ok(),
        (Cell::Text(text), Representation::Day) => values::days(text),
        (Cell::Text(text), Representation::Time) => values::seconds(text).map(|seconds| seconds * 1000),
        _ => None,
    }
}

/// A whole number, or as many units of the last decimal place.
fn large(cell: &Cell, representation: Representation) -> Option<i64> {
    let places = if let Representation::Decimal(places) = representation { places } else { 0 };
    let power = |places: usize| 10_i64.pow(u32::try_from(places).unwrap_or_default());
    match cell {
        Cell::Code(code) => code.checked_mul(power(places)),
        Cell::Number(number) => Some(number.millionths() / power(PLACES.saturating_sub(places))),
        _ => None,
    }
}

/// What a column of words holds; of older versions also codes and numbers.
fn words(cell: &Cell) -> Option<Vec<u8>> {
    match cell {
        Cell::Text(text) => Some(text.clone().into_bytes()),
        Cell::Code(code) => Some(code.to_string().into_bytes()),
        Cell::Number(number) => Some(number.to_plain().into_bytes()),
        Cell::Missing(_) => None,
    }
}
