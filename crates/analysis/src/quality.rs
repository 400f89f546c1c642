//! Flags on responses that may not have been given with care. Nothing is ever left out because of one: whoever analyses
//! sees the flag, reads the response, and filters.
//!
//! Each flag is one list with a place for every row, beside how many rows could be judged at all.

mod alike;
mod judge;
mod speed;

use crate::rows::{Rows, code};
pub use alike::{same_answers, same_texts};
pub use judge::{Census, Flag, Judge, LEAST_TEXT, MOST_BLANK, Note, Plan, RULES};
use serde::Serialize;
pub use speed::{Pace, median, speeders, speeders_by_page};
use survey::Missing;
use survey::columns::Cell;

/// One flag over all rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Flags {
    /// Whether each row bears it.
    pub rows: Vec<bool>,
    /// How many do.
    pub flagged: u64,
    /// How many could be judged: the base.
    pub judged: u64,
}

impl Flags {
    /// Flags of rows; nothing where a row cannot be judged.
    fn of(judged: impl IntoIterator<Item = Option<bool>>) -> Self {
        let mut flags = Self::default();
        for judged in judged {
            flags.rows.push(judged == Some(true));
            flags.flagged += u64::from(judged == Some(true));
            flags.judged += u64::from(judged.is_some());
        }
        flags
    }
}

/// A grid in which the same was answered in every row.
///
/// It says something only where the rows should differ or some of them are turned round (Kim et al., "Straightlining:
/// Overview of measurement, comparison of indicators, and effects in mail–web mixed-mode surveys", Social Science
/// Computer Review 37, 2019).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StraightLines {
    /// A grid with fewer answered rows is not judged.
    pub least_rows: usize,
    /// Flagged from a run of so many equal answers one below the other; nothing: only when all are equal.
    pub longest_run: Option<usize>,
}

impl Default for StraightLines {
    fn default() -> Self {
        Self { least_rows: 4, longest_run: None }
    }
}

impl StraightLines {
    /// Flags rows by the columns of one grid, in the order in which they stood.
    #[must_use]
    pub fn flags(self, rows: &dyn Rows, grid: &[usize]) -> Flags {
        let mut judged = Vec::new();
        rows.each(&mut |row| {
            let codes: Vec<i64> = grid.iter().filter_map(|column| code(&row[*column]).ok()).collect();
            let limit = self.longest_run.unwrap_or(codes.len());
            judged.push((codes.len() >= self.least_rows.max(1)).then(|| longest_run(&codes) >= limit));
        });
        Flags::of(judged)
    }
}

/// The longest run of equal codes.
#[must_use]
pub fn longest_run(codes: &[i64]) -> usize {
    codes.chunk_by(|a, b| a == b).map(<[i64]>::len).max().unwrap_or(0)
}

/// Item non-response: which share of what was asked was left without a value, flagged above `limit` (from 0 to 1).
///
/// What was not asked, did not apply or was not reached counts for nothing; "I do not know" and a refusal to say count as
/// answers here: somebody chose them.
#[must_use]
pub fn item_non_response(rows: &dyn Rows, columns: &[usize], limit: f64) -> (Flags, Vec<Option<f64>>) {
    let mut shares = Vec::new();
    rows.each(&mut |row| shares.push(blank_share(row, columns)));
    (Flags::of(shares.iter().map(|share| share.map(|share| share > limit))), shares)
}

fn blank_share(row: &[Cell], columns: &[usize]) -> Option<f64> {
    let (mut asked, mut blank) = (0_u64, 0_u64);
    for column in columns {
        let missing = match &row[*column] {
            Cell::Missing(missing) => Some(*missing),
            Cell::Code(_) | Cell::Number(_) | Cell::Text(_) => None,
        };
        match missing {
            Some(Missing::NotAsked | Missing::NotApplicable | Missing::NotReached) => {}
            Some(Missing::Blank) => {
                asked += 1;
                blank += 1;
            }
            _ => asked += 1,
        }
    }
    crate::summary::ratio(blank, asked)
}
