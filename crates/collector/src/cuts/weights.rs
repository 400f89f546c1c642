//! What responses weigh: raked to margins that somebody gave with their source and date ([`analysis::weights`]).
//!
//! A weight depends on nothing but the categories of its response, so it is kept by categories: rows can be weighed in
//! whatever order and part of the data they are met again.

use super::{CutError, in_background};
use crate::figures::Figures;
use analysis::rows::code;
use analysis::shape::{Kind, Shape};
use analysis::weights::{Margin, OfMissing, Purpose, Refusal, Weighted, WeightedShare, rake};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use survey::columns::Cell;

/// A margin that names its column, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct NamedMargin {
    /// The column with the codes.
    pub(crate) column: String,
    /// The share, or the number of people, of each code.
    pub(crate) shares: BTreeMap<i64, f64>,
    /// Where they come from.
    pub(crate) source: String,
    /// The day to which they refer.
    pub(crate) date: String,
    /// Into which category a small one is collapsed.
    pub(crate) collapse: BTreeMap<i64, i64>,
    /// Whether respondents without a category keep their weight; else there must be none.
    pub(crate) keeps_missing: bool,
}

/// What responses weigh.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// The places of the columns that it depends on.
    pub(crate) places: Vec<usize>,
    by: HashMap<Vec<Option<i64>>, f64>,
}

/// Why there are no weights.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WeightsError {
    /// A margin names a column that there is not.
    #[error("there is no such column")]
    NoColumn(String),
    /// They would not be right.
    #[error("the margins give no weights")]
    Refused(Refusal),
    /// The figures cannot be read.
    #[error(transparent)]
    Cut(#[from] CutError),
}

impl Weights {
    /// What a response weighs, by the cells of these columns; 1 where its categories were met by nobody when the weights
    /// were worked out, which is so for responses that came meanwhile.
    pub(crate) fn of(&self, cells: &[Cell]) -> f64 {
        self.by.get(&key(cells)).copied().unwrap_or(1.0)
    }
}

fn key(cells: &[Cell]) -> Vec<Option<i64>> {
    cells.iter().map(|cell| code(cell).ok()).collect()
}

/// Works out the weights of all responses.
pub(crate) async fn weigh(
    figures: &Figures,
    margins: &[NamedMargin],
) -> Result<(Weights, Weighted), WeightsError> {
    let place = |margin: &NamedMargin| {
        figures.place(&margin.column).ok_or_else(|| WeightsError::NoColumn(margin.column.clone()))
    };
    let places: Vec<usize> = margins.iter().map(place).collect::<Result<_, _>>()?;
    let (figures, margins) = (figures.clone(), margins.to_vec());
    let worked_out = in_background(move || {
        let rows: Vec<Vec<Cell>> = figures.rows(&places).collect::<Result<_, _>>()?;
        Ok(weigh_rows(&rows, &margins, places.clone()))
    });
    worked_out.await?.map_err(WeightsError::Refused)
}

/// One question, each share weighted with the unweighted count beside it.
pub(crate) struct Beside {
    /// The place of its column.
    pub(crate) place: usize,
    /// Who answered it.
    pub(crate) base: u64,
    /// Its categories.
    pub(crate) shares: Vec<WeightedShare>,
}

/// Every question of one answer out of a list, weighted beside unweighted.
pub(crate) async fn beside(figures: &Figures, weights: &Weights) -> Result<Vec<Beside>, CutError> {
    let (figures, weights) = (figures.clone(), weights.clone());
    in_background(move || {
        let is_coded = |shape: &&Shape| {
            matches!(shape.kind, Kind::Choice | Kind::Scale | Kind::Nps)
                && !shape.question.starts_with("response_")
        };
        let asked: Vec<usize> =
            figures.shapes().iter().filter(is_coded).map(|shape| shape.columns[0]).collect();
        let mut sums: Vec<BTreeMap<i64, (u64, f64)>> = vec![BTreeMap::new(); asked.len()];
        let places: Vec<usize> = asked.iter().chain(&weights.places).copied().collect();
        for row in figures.rows(&places) {
            let row = row?;
            let weight = weights.of(&row[asked.len()..]);
            for (sums, cell) in sums.iter_mut().zip(&row) {
                if let Ok(code) = code(cell) {
                    let sum = sums.entry(code).or_default();
                    *sum = (sum.0 + 1, sum.1 + weight);
                }
            }
        }
        Ok(asked.into_iter().zip(&sums).map(|(place, sums)| of_sums(place, sums)).collect())
    })
    .await
}

fn of_sums(place: usize, sums: &BTreeMap<i64, (u64, f64)>) -> Beside {
    let total: f64 = sums.values().map(|(_, weight)| weight).sum();
    let share = |(code, (count, weight)): (&i64, &(u64, f64))| WeightedShare {
        code: *code,
        count: *count,
        share: if total > 0.0 { weight / total } else { 0.0 },
    };
    let base = sums.values().map(|(count, _)| count).sum();
    Beside { place, base, shares: sums.iter().map(share).collect() }
}

/// Works out weights of rows that hold the columns of the margins, in their order.
pub(crate) fn weigh_rows(
    rows: &Vec<Vec<Cell>>,
    margins: &[NamedMargin],
    places: Vec<usize>,
) -> Result<(Weights, Weighted), Refusal> {
    let margins: Vec<Margin> =
        margins.iter().enumerate().map(|(column, named)| margin(column, named)).collect();
    let weighted = rake(rows, &margins, Purpose::Population)?;
    let by = rows.iter().map(|row| key(row)).zip(weighted.weights.iter().copied()).collect();
    Ok((Weights { places, by }, weighted))
}

fn margin(column: usize, named: &NamedMargin) -> Margin {
    Margin {
        column,
        shares: named.shares.clone(),
        total: None,
        source: named.source.clone(),
        date: named.date.clone(),
        collapse: named.collapse.clone(),
        missing: if named.keeps_missing { OfMissing::Keep } else { OfMissing::Refuse },
    }
}
