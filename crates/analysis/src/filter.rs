//! Filters: which rows are looked at.

use crate::rows::{code, number};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use survey::columns::Cell;

/// Conditions that all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    conditions: Vec<Condition>,
}

/// What holds for the cell of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Condition {
    /// Its code, or the code of the reason why it is missing, is among these.
    Codes { column: usize, codes: BTreeSet<i64> },
    /// Its number of millionths is within these bounds, which belong to it.
    Between { column: usize, low: i64, high: i64 },
    /// Its text begins so: a day, a month, a language.
    Begins { column: usize, text: String },
}

impl Filter {
    /// Every row.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Only rows with one of these codes in that column; codes of missing values are codes too.
    #[must_use]
    pub fn with(mut self, column: usize, codes: impl IntoIterator<Item = i64>) -> Self {
        self.conditions.push(Condition::Codes { column, codes: codes.into_iter().collect() });
        self
    }

    /// Only rows with a number from `low` to `high`, in millionths.
    #[must_use]
    pub fn between(mut self, column: usize, low: i64, high: i64) -> Self {
        self.conditions.push(Condition::Between { column, low, high });
        self
    }

    /// Only rows with a text that begins so.
    #[must_use]
    pub fn begins(mut self, column: usize, text: &str) -> Self {
        self.conditions.push(Condition::Begins { column, text: text.to_owned() });
        self
    }

    /// Whether the row is looked at. A column that the row does not have holds nothing.
    #[must_use]
    pub fn holds(&self, row: &[Cell]) -> bool {
        self.conditions.iter().all(|condition| condition.holds(row))
    }
}

impl Condition {
    fn holds(&self, row: &[Cell]) -> bool {
        match self {
            Self::Codes { column, codes } => {
                let own = |cell| codes.contains(&code(cell).unwrap_or_else(survey::Missing::code));
                row.get(*column).is_some_and(own)
            }
            Self::Between { column, low, high } => {
                let own = |cell| number(cell).is_ok_and(|it| (*low..=*high).contains(&it.millionths()));
                row.get(*column).is_some_and(own)
            }
            Self::Begins { column, text } => {
                matches!(row.get(*column), Some(Cell::Text(own)) if own.starts_with(text.as_str()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::Missing;
    use survey::number::Number;

    #[test]
    fn a_filter_knows_codes_reasons_numbers_and_beginnings() {
        let row = [
            Cell::Code(2),
            Cell::Missing(Missing::Blank),
            Cell::Number(Number::from_whole(7).unwrap()),
            Cell::Text("2026-11-23".to_owned()),
        ];
        let all = Filter::all();
        assert!(all.clone().with(0, [1, 2]).with(1, [-4]).holds(&row));
        assert!(!all.clone().with(0, [1, 2]).with(1, [1]).holds(&row));
        assert!(all.clone().between(2, 7_000_000, 8_000_000).begins(3, "2026-11").holds(&row));
        assert!(!all.clone().with(9, [1]).holds(&row));
    }
}
