//! Questions as variables of a table: into which categories a row falls.

use crate::rows::{code, number};
use crate::shape::{Kind, Shape};
use survey::Missing;
use survey::columns::{Cell, Column};

/// A question, or a column of one, as categories.
#[derive(Clone, Debug, PartialEq)]
pub enum Variable {
    /// The codes of one column.
    Codes {
        /// The column.
        column: usize,
        /// Its categories in order.
        codes: Vec<i64>,
    },
    /// Several may hold at once: a column of 0 and 1 for each.
    Several {
        /// The columns, with the codes of their options.
        options: Vec<(usize, i64)>,
    },
    /// A number in classes; the category is the number of the class, from 0.
    Classes {
        /// The column.
        column: usize,
        /// Where classes begin after the first, in millionths, growing.
        edges: Vec<i64>,
    },
    /// The beginning of a text, such as the month of a day; the category is its place in the list.
    Beginnings {
        /// The column.
        column: usize,
        /// The beginnings.
        texts: Vec<String>,
    },
    /// A text that is one of a list, such as a language; the category is its place in the list.
    Words {
        /// The column.
        column: usize,
        /// The texts.
        texts: Vec<String>,
    },
    /// Days in spans that follow each other, such as weeks; the category is the place of the last that has begun.
    Spans {
        /// The column.
        column: usize,
        /// The first day of each, growing, in the spelling of ISO 8601.
        starts: Vec<String>,
    },
    /// Another variable, and reasons for which it has no value as categories by their codes.
    WithReasons {
        /// The other.
        variable: Box<Self>,
        /// The reasons, in order.
        reasons: Vec<Missing>,
    },
}

impl Variable {
    /// The codes of one column, in the author's order; a row of a grid is such a column.
    #[must_use]
    pub fn of_column(columns: &[Column], column: usize) -> Self {
        let codes = columns[column].values.iter().map(|(code, _)| *code);
        Self::Codes { column, codes: codes.filter(|code| Missing::of_code(*code).is_none()).collect() }
    }

    /// A whole question, where it is one variable: one of a list, or several.
    #[must_use]
    pub fn of_shape(columns: &[Column], shape: &Shape) -> Option<Self> {
        match shape.kind {
            Kind::Choice | Kind::Scale | Kind::Nps => Some(Self::of_column(columns, shape.columns[0])),
            Kind::Several => {
                let option = |place: &usize| Some((*place, columns[*place].option.as_ref()?.code));
                let options = shape.columns.iter().filter_map(option);
                let options = options.filter(|(_, code)| Missing::of_code(*code).is_none()).collect();
                Some(Self::Several { options })
            }
            _ => None,
        }
    }

    /// The categories by their codes, in order.
    #[must_use]
    pub fn categories(&self) -> Vec<i64> {
        let counted = |count: usize| (0..count as i64).collect();
        match self {
            Self::Codes { codes, .. } => codes.clone(),
            Self::Several { options } => options.iter().map(|(_, code)| *code).collect(),
            Self::Classes { edges, .. } => counted(edges.len() + 1),
            Self::Beginnings { texts, .. } | Self::Words { texts, .. } => counted(texts.len()),
            Self::Spans { starts, .. } => counted(starts.len()),
            Self::WithReasons { variable, reasons } => {
                variable.categories().into_iter().chain(reasons.iter().map(|reason| reason.code())).collect()
            }
        }
    }

    /// Whether a row may fall into several categories.
    #[must_use]
    pub fn is_several(&self) -> bool {
        match self {
            Self::WithReasons { variable, .. } => variable.is_several(),
            other => matches!(other, Self::Several { .. }),
        }
    }

    /// Into which categories a row falls, by their places in [`Variable::categories`]: exactly one, unless it is a variable
    /// of several.
    ///
    /// # Errors
    /// Why it has no answer. A value that is in no category is invalid.
    pub fn places(&self, row: &[Cell]) -> Result<Vec<usize>, Missing> {
        match self {
            Self::Codes { column, codes } => {
                let code = code(&row[*column])?;
                let place = codes.iter().position(|known| *known == code);
                place.map(|place| vec![place]).ok_or(Missing::Invalid)
            }
            Self::Several { options } => several(options, row),
            Self::Classes { column, edges } => {
                let number = number(&row[*column])?.millionths();
                Ok(vec![edges.iter().filter(|edge| **edge <= number).count()])
            }
            Self::Beginnings { column, texts } => {
                let begins = |text: &str| texts.iter().position(|begin| text.starts_with(begin.as_str()));
                worded(&row[*column], &begins)
            }
            Self::Words { column, texts } => {
                worded(&row[*column], &|text| texts.iter().position(|known| known == text))
            }
            Self::Spans { column, starts } => {
                let begun = |text: &str| starts.iter().rposition(|start| start.as_str() <= text);
                worded(&row[*column], &begun)
            }
            Self::WithReasons { variable, reasons } => variable.places(row).or_else(|missing| {
                let place = reasons.iter().position(|reason| *reason == missing);
                place.map(|place| vec![variable.categories().len() + place]).ok_or(missing)
            }),
        }
    }
}

fn worded(cell: &Cell, place: &dyn Fn(&str) -> Option<usize>) -> Result<Vec<usize>, Missing> {
    match cell {
        Cell::Text(text) => place(text).map(|place| vec![place]).ok_or(Missing::Invalid),
        Cell::Missing(missing) => Err(*missing),
        Cell::Code(_) | Cell::Number(_) => Err(Missing::Invalid),
    }
}

fn several(options: &[(usize, i64)], row: &[Cell]) -> Result<Vec<usize>, Missing> {
    let mut chosen = Vec::new();
    let mut answered = false;
    let mut why = Missing::NotAsked;
    for (place, (column, _)) in options.iter().enumerate() {
        match code(&row[*column]) {
            Ok(ticked) => {
                answered = true;
                chosen.extend((ticked == 1).then_some(place));
            }
            Err(missing) => why = why.max(missing),
        }
    }
    if answered { Ok(chosen) } else { Err(why) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_in_the_week_that_has_begun_and_a_word_is_itself_alone() {
        let starts = vec!["2026-11-16".to_owned(), "2026-11-23".to_owned()];
        let weeks = Variable::Spans { column: 0, starts };
        let day = |day: &str| weeks.places(&[Cell::Text(day.to_owned())]);
        assert_eq!((day("2026-11-22"), day("2026-11-23")), (Ok(vec![0]), Ok(vec![1])));
        assert_eq!(day("2026-11-15"), Err(Missing::Invalid));
        let words = Variable::Words { column: 0, texts: vec!["kk".to_owned(), "kk-arab".to_owned()] };
        assert_eq!(words.places(&[Cell::Text("kk-arab".to_owned())]), Ok(vec![1]));
    }

    #[test]
    fn a_reason_is_a_category_where_that_is_asked() {
        let codes = Variable::Codes { column: 0, codes: vec![1, 2] };
        let reasons = vec![Missing::Blank];
        let variable = Variable::WithReasons { variable: Box::new(codes), reasons };
        assert_eq!(variable.categories(), [1, 2, -4]);
        assert_eq!(variable.places(&[Cell::Missing(Missing::Blank)]), Ok(vec![2]));
        assert_eq!(variable.places(&[Cell::Missing(Missing::NotAsked)]), Err(Missing::NotAsked));
    }
}
