//! Counts over many responses: what stands behind every table and picture of results.
//!
//! A tally is made of the cells of a [`crate::columns::Table`], so that it counts exactly what an export shows.

use crate::columns::{Cell, Column, Measure};
use crate::missing::Missing;
use crate::number::Number;
use std::collections::BTreeMap;

/// The counts of every column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Responses counted.
    pub responses: u64,
    /// The counts of each column, in the order of the table.
    pub columns: Vec<OfColumn>,
}

/// The counts of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfColumn {
    /// Responses with a value: the base of every share.
    pub base: u64,
    /// Responses by code, for columns of codes.
    pub codes: BTreeMap<i64, u64>,
    /// Responses without a value, by the reason.
    pub missing: BTreeMap<Missing, u64>,
    /// The numbers, for columns of numbers.
    pub numbers: Option<Numbers>,
}

/// Numbers summed up. Exact: in millionths, as many as there can be people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The least.
    pub min: Number,
    /// The most.
    pub max: Number,
    /// Their sum in millionths.
    pub sum: i128,
    /// The sum of their squares in millionths of millionths, for the variance; saturates.
    pub squares: i128,
}

impl Tally {
    /// Nothing counted yet in a table with these columns.
    #[must_use]
    pub fn of(columns: &[Column]) -> Self {
        Self { responses: 0, columns: vec![OfColumn::default(); columns.len()] }
    }

    /// Counts one response, its cells in the order of the columns.
    pub fn add(&mut self, columns: &[Column], cells: &[Cell]) {
        self.responses += 1;
        for ((tally, column), cell) in self.columns.iter_mut().zip(columns).zip(cells) {
            tally.count(column, cell, 1);
        }
    }

    /// Takes over what another tally of the same table counted: parts can be counted apart.
    pub fn merge(&mut self, other: &Self) {
        self.responses += other.responses;
        for (tally, other) in self.columns.iter_mut().zip(&other.columns) {
            tally.merge(other);
        }
    }
}

impl OfColumn {
    /// Counts a cell that so many responses have.
    pub fn count(&mut self, column: &Column, cell: &Cell, times: u64) {
        if times == 0 {
            return;
        }
        let number = match cell {
            Cell::Missing(missing) => return *self.missing.entry(*missing).or_default() += times,
            // "I do not know" is an answer of its own and no value.
            Cell::Code(code) => match Missing::of_code(*code) {
                Some(missing) => return *self.missing.entry(missing).or_default() += times,
                None => {
                    *self.codes.entry(*code).or_default() += times;
                    Number::from_whole(*code).filter(|_| column.measure != Measure::Nominal)
                }
            },
            Cell::Number(number) => Some(*number),
            Cell::Text(_) => None,
        };
        self.base += times;
        if let Some(number) = number {
            self.numbers = Some(Numbers::of(number, times).with(self.numbers));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.base += other.base;
        for (code, count) in &other.codes {
            *self.codes.entry(*code).or_default() += count;
        }
        for (missing, count) in &other.missing {
            *self.missing.entry(*missing).or_default() += count;
        }
        if let Some(numbers) = other.numbers {
            self.numbers = Some(numbers.with(self.numbers));
        }
    }
}

impl Numbers {
    fn of(number: Number, times: u64) -> Self {
        let (millionths, times) = (i128::from(number.millionths()), i128::from(times));
        let square = millionths.saturating_mul(millionths);
        Self {
            min: number,
            max: number,
            sum: millionths.saturating_mul(times),
            squares: square.saturating_mul(times),
        }
    }

    fn with(self, other: Option<Self>) -> Self {
        let Some(other) = other else { return self };
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
            sum: self.sum.saturating_add(other.sum),
            squares: self.squares.saturating_add(other.squares),
        }
    }
}
