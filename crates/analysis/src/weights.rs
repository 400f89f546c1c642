//! Weights by raking to margins that are known from elsewhere, and what they cost.
//!
//! Never for feedback on a page: its visitors are no sample of anybody whose margins are known. [`Purpose`] says so.

mod raking;

pub use raking::rake;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Iterations at most.
pub const MOST_ITERATIONS: u32 = 100;
/// Raking stops when every margin is as near as this, in shares of everybody.
pub const TOLERANCE: f64 = 1e-6;
/// A category needs so many respondents, or it is collapsed into another.
pub const LEAST_IN_CATEGORY: u64 = 30;
/// A weight is at least so many times the mean.
pub const LEAST_WEIGHT: f64 = 0.3;
/// A weight is at most so many times the mean.
pub const MOST_WEIGHT: f64 = 3.0;

/// What the survey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A population is asked.
    Population,
    /// Visitors say what they think of a page.
    PageFeedback,
}

/// A margin: which share of the population is in each category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Margin {
    /// The column with the codes.
    pub column: usize,
    /// The share or the number of people in each category; they are brought to a sum of one.
    pub shares: BTreeMap<i64, f64>,
    /// What they add up to, if the source says so: 1, 100, or a population. It is compared.
    pub total: Option<f64>,
    /// Where the margin comes from: a census, a register. Must be said.
    pub source: String,
    /// The date to which it refers, `2025-01-01`. Must be said.
    pub date: String,
    /// Into which category a smaller one is collapsed, when it has fewer than [`LEAST_IN_CATEGORY`] respondents.
    pub collapse: BTreeMap<i64, i64>,
    /// What becomes of respondents of whom the category is not known.
    pub missing: OfMissing,
}

/// What becomes of respondents without a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfMissing {
    /// There must be none.
    Refuse,
    /// They keep their weight in this margin, and the others share out the rest.
    Keep,
}

/// Weights for every row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weighted {
    /// One for each row, with mean 1.
    pub weights: Vec<f64>,
    /// How many iterations it took, trimming included.
    pub iterations: u32,
    /// The largest difference between a margin and what it should be, in shares.
    pub error: f64,
    /// How many weights were trimmed.
    pub trimmed: u64,
    /// Which categories were collapsed: column, from, into.
    pub collapsed: Vec<(usize, i64, i64)>,
    /// What the weights cost.
    pub cost: Cost,
}

/// What weights cost, after L. Kish, "Survey Sampling", 1965, 11.7, and "Weighting for unequal Pᵢ", Journal of Official
/// Statistics 8, 1992.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cost {
    /// The effective number of respondents: (Σw)² / Σw².
    pub effective: f64,
    /// The design effect of weighting: 1 + CV²(w), which is n / effective.
    pub design_effect: f64,
    /// effective / n, from 0 to 1.
    pub efficiency: f64,
}

/// Why there are no weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Feedback on a page is never weighted.
    PageFeedback,
    /// There is nobody to weight, or no margin.
    Nothing,
    /// A margin has no source or no date.
    NoSource {
        /// The column.
        column: usize,
    },
    /// A share is negative or no number, or they do not add up to the total that the source names.
    BadSum {
        /// The column.
        column: usize,
        /// What they add up to.
        sum: f64,
    },
    /// A category of the margin has no respondents.
    EmptyCategory {
        /// The column.
        column: usize,
        /// The category.
        code: i64,
    },
    /// Respondents are in a category that the margin does not know, or in which nobody should be.
    UnknownCategory {
        /// The column.
        column: usize,
        /// The category.
        code: i64,
    },
    /// A category has too few respondents, and nothing is said into which to collapse it.
    SmallCategory {
        /// The column.
        column: usize,
        /// The category.
        code: i64,
        /// So many.
        respondents: u64,
    },
    /// Of some respondents the category is not known, which the margin does not allow.
    Missing {
        /// The column.
        column: usize,
        /// So many.
        respondents: u64,
    },
    /// The margins cannot be met, or not with weights within the bounds.
    NotConverged {
        /// The largest difference left.
        error: f64,
        /// After so many iterations.
        iterations: u32,
    },
}

impl Cost {
    /// The cost of weights; all zero for none.
    #[must_use]
    pub fn of(weights: &[f64]) -> Self {
        let sum: f64 = weights.iter().sum();
        let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
        if squares <= 0.0 {
            return Self { effective: 0.0, design_effect: 0.0, efficiency: 0.0 };
        }
        let (effective, n) = (sum * sum / squares, weights.len() as f64);
        Self { effective, design_effect: n / effective, efficiency: effective / n }
    }
}

/// A weighted share with the unweighted count beside it, which is always shown with it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WeightedShare {
    /// The category.
    pub code: i64,
    /// Respondents in it.
    pub count: u64,
    /// The share of weights, from 0 to 1.
    pub share: f64,
}

/// The weighted shares of codes; each respondent has a code or none, and a weight.
#[must_use]
pub fn shares(codes: &[Option<i64>], weights: &[f64]) -> Vec<WeightedShare> {
    let mut sums: BTreeMap<i64, (u64, f64)> = BTreeMap::new();
    let mut total = 0.0;
    for (code, weight) in codes.iter().zip(weights) {
        if let Some(code) = code {
            let sum = sums.entry(*code).or_default();
            sum.0 += 1;
            sum.1 += weight;
            total += weight;
        }
    }
    let share = |(code, (count, sum)): (i64, (u64, f64))| WeightedShare {
        code,
        count,
        share: if total > 0.0 { sum / total } else { 0.0 },
    };
    sums.into_iter().map(share).collect()
}
