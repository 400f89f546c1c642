//! Any question by any other.

mod chi;
mod left_out;
mod shown;

use crate::filter::Filter;
use crate::rows::Rows;
use crate::variable::Variable;
pub use chi::{Chi, Validity, chi_square_tail};
use serde::Serialize;
pub use shown::Shown;
use std::cell::Cell as Changing;
use std::collections::BTreeMap;
use survey::Missing;
use survey::columns::Cell;

/// What a row weighs.
pub type Weigh<'a> = &'a dyn Fn(&[Cell]) -> f64;

/// A table of two variables.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Crosstab {
    /// The categories of the rows.
    pub rows: Vec<i64>,
    /// The categories of the columns: the banner.
    pub columns: Vec<i64>,
    /// Respondents in each cell, row by row: whole numbers.
    pub counts: Vec<Vec<u64>>,
    /// Their weights, where the table is weighted.
    pub weighted: Option<Vec<Vec<f64>>>,
    /// Respondents in each row. Where columns are several, less than its cells together.
    pub row_bases: Vec<u64>,
    /// Respondents in each column: the base of column percentages.
    pub column_bases: Vec<u64>,
    /// Weights in each row and each column, where the table is weighted.
    pub weighted_bases: Option<(Vec<f64>, Vec<f64>, f64)>,
    /// Respondents with an answer to both.
    pub base: u64,
    /// Respondents that the filter keeps and who lack an answer to one or both: by the reason for the rows, else for the
    /// columns.
    pub missing: BTreeMap<Missing, u64>,
    /// Respondents that the filter leaves out.
    pub filtered: u64,
    /// Pearson's test, or why it may not be used.
    pub chi: Result<Chi, Validity>,
}

/// One cell with all that is said about it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Respondents.
    pub count: u64,
    /// The percentage of its row, from 0 to 100, weighted where the table is.
    pub of_row: Option<f64>,
    /// The percentage of its column.
    pub of_column: Option<f64>,
    /// How many there would be if the variables had nothing to do with each other: row base × column base / base. Not
    /// for variables of several, nor in a weighted table.
    pub expected: Option<f64>,
    /// The adjusted standardized residual: (count − expected) / √(expected · (1 − row share) · (1 − column share)).
    /// Beyond ±2 the cell stands out. Source: S. Haberman, "The analysis of residuals in cross-classified tables",
    /// Biometrics 29, 1973; A. Agresti, "An Introduction to Categorical Data Analysis", 2.4.5.
    pub residual: Option<f64>,
}

impl Crosstab {
    /// Counts the rows that the filter keeps. `weights` has one for each of all rows, in their order.
    #[must_use]
    pub fn of(
        rows: &dyn Rows,
        down: &Variable,
        across: &Variable,
        filter: &Filter,
        weights: Option<&[f64]>,
    ) -> Self {
        let index = Changing::new(0);
        let weigh = |_: &[Cell]| {
            let weights = weights.unwrap_or_default();
            weights.get(index.replace(index.get() + 1)).copied().unwrap_or(0.0)
        };
        let weigh = weights.map(|_| &weigh as Weigh<'_>);
        Self::weighed(rows, down, across, filter, weigh)
    }

    /// The same, where a row itself says what it weighs.
    #[must_use]
    pub fn weighed(
        rows: &dyn Rows,
        down: &Variable,
        across: &Variable,
        filter: &Filter,
        weigh: Option<Weigh<'_>>,
    ) -> Self {
        let mut counting = Counting::new(down, across, weigh.is_some());
        rows.each(&mut |row| {
            let weight = weigh.map_or(1.0, |weigh| weigh(row));
            if filter.holds(row) {
                counting.add(down.places(row), across.places(row), weight);
            } else {
                counting.table.filtered += 1;
            }
        });
        let mut table = counting.table;
        table.chi = table.test(down.is_several() || across.is_several());
        table
    }

    /// All that is said about a cell.
    #[must_use]
    pub fn figure(&self, row: usize, column: usize) -> Figure {
        let percent = |part: f64, whole: f64| (whole > 0.0).then(|| 100.0 * part / whole);
        let (part, of_row, of_column) = match (&self.weighted, &self.weighted_bases) {
            (Some(cells), Some((rows, columns, _))) => (cells[row][column], rows[row], columns[column]),
            _ => (
                self.counts[row][column] as f64,
                self.row_bases[row] as f64,
                self.column_bases[column] as f64,
            ),
        };
        let expected = self.expected(row, column);
        Figure {
            count: self.counts[row][column],
            of_row: percent(part, of_row),
            of_column: percent(part, of_column),
            expected,
            residual: expected.and_then(|expected| self.residual(row, column, expected)),
        }
    }

    fn is_plain(&self) -> bool {
        !matches!(self.chi, Err(Validity::SeveralResponses | Validity::Weighted))
    }

    fn expected(&self, row: usize, column: usize) -> Option<f64> {
        (self.base > 0 && self.is_plain())
            .then(|| self.row_bases[row] as f64 * self.column_bases[column] as f64 / self.base as f64)
    }

    fn residual(&self, row: usize, column: usize, expected: f64) -> Option<f64> {
        let rest = |part: u64| 1.0 - part as f64 / self.base as f64;
        let variance = expected * rest(self.row_bases[row]) * rest(self.column_bases[column]);
        (variance > 0.0).then(|| (self.counts[row][column] as f64 - expected) / variance.sqrt())
    }

    fn test(&self, is_several: bool) -> Result<Chi, Validity> {
        if is_several {
            return Err(Validity::SeveralResponses);
        }
        if self.weighted.is_some() {
            return Err(Validity::Weighted);
        }
        Chi::of(&self.counts)
    }
}

struct Counting {
    table: Crosstab,
}

impl Counting {
    fn new(down: &Variable, across: &Variable, is_weighted: bool) -> Self {
        let (rows, columns) = (down.categories(), across.categories());
        let (height, width) = (rows.len(), columns.len());
        let table = Crosstab {
            counts: vec![vec![0; width]; height],
            weighted: is_weighted.then(|| vec![vec![0.0; width]; height]),
            row_bases: vec![0; height],
            column_bases: vec![0; width],
            weighted_bases: is_weighted.then(|| (vec![0.0; height], vec![0.0; width], 0.0)),
            base: 0,
            missing: BTreeMap::new(),
            filtered: 0,
            chi: Err(Validity::Empty),
            rows,
            columns,
        };
        Self { table }
    }

    fn add(&mut self, down: Result<Vec<usize>, Missing>, across: Result<Vec<usize>, Missing>, weight: f64) {
        let table = &mut self.table;
        let (down, across) = match (down, across) {
            (Ok(down), Ok(across)) => (down, across),
            (Err(missing), _) | (_, Err(missing)) => return *table.missing.entry(missing).or_default() += 1,
        };
        table.base += 1;
        down.iter().for_each(|row| table.row_bases[*row] += 1);
        across.iter().for_each(|column| table.column_bases[*column] += 1);
        if let Some((rows, columns, all)) = &mut table.weighted_bases {
            *all += weight;
            down.iter().for_each(|row| rows[*row] += weight);
            across.iter().for_each(|column| columns[*column] += weight);
        }
        for row in &down {
            for column in &across {
                table.counts[*row][*column] += 1;
                if let Some(cells) = &mut table.weighted {
                    cells[*row][*column] += weight;
                }
            }
        }
    }
}
