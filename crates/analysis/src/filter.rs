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
    /// Its text begins so: a day, a month, a version.
    Begins { column: usize, text: String },
    /// Its text is this: a language, a channel.
    Is { column: usize, text: String },
    /// Its text is not before `from` and not after `to`, which belong to it: days.
    Within { column: usize, from: Option<String>, to: Option<String> },
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

    /// Only rows with exactly this text.
    #[must_use]
    pub fn is(mut self, column: usize, text: &str) -> Self {
        self.conditions.push(Condition::Is { column, text: text.to_owned() });
        self
    }

    /// Only rows with a text from `from` to `to`, both included and either open: days in the spelling of ISO 8601.
    #[must_use]
    pub fn within(mut self, column: usize, from: Option<String>, to: Option<String>) -> Self {
        self.conditions.push(Condition::Within { column, from, to });
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
            Self::Is { column, text } => matches!(row.get(*column), Some(Cell::Text(own)) if own == text),
            Self::Within { column, from, to } => {
                let own = |own: &String| {
                    from.as_ref().is_none_or(|from| own >= from) && to.as_ref().is_none_or(|to| own <= to)
                };
                matches!(row.get(*column), Some(Cell::Text(text)) if own(text))
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
        assert!(all.clone().is(3, "2026-11-23").holds(&row) && !all.clone().is(3, "2026-11").holds(&row));
        let days = |from: Option<&str>, to: Option<&str>| {
            Filter::all().within(3, from.map(str::to_owned), to.map(str::to_owned)).holds(&row)
        };
        assert!(days(Some("2026-11-23"), Some("2026-11-23")) && days(None, None));
        assert!(!days(Some("2026-11-24"), None) && !days(None, Some("2026-11-22")));
    }
}
