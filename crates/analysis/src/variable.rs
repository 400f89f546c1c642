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
            Self::Beginnings { texts, .. } => counted(texts.len()),
        }
    }

    /// Whether a row may fall into several categories.
    #[must_use]
    pub fn is_several(&self) -> bool {
        matches!(self, Self::Several { .. })
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
            Self::Beginnings { column, texts } => match &row[*column] {
                Cell::Text(text) => {
                    let place = texts.iter().position(|begin| text.starts_with(begin.as_str()));
                    place.map(|place| vec![place]).ok_or(Missing::Invalid)
                }
                Cell::Missing(missing) => Err(*missing),
                Cell::Code(_) | Cell::Number(_) => Err(Missing::Invalid),
            },
        }
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
