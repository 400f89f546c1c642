//! Raking, also called iterative proportional fitting.

use super::{
    Cost, LEAST_IN_CATEGORY, LEAST_WEIGHT, MOST_ITERATIONS, MOST_WEIGHT, Margin, OfMissing, Purpose, Refusal,
    TOLERANCE, Weighted,
};
use crate::rows::{Rows, code};
use std::collections::BTreeMap;

/// Weights with which the rows have the margins given. Source: W. Deming and F. Stephan, Annals of Mathematical
/// Statistics 11, 1940; trimming in the way of J. Battaglia et al., "Practical Considerations in Raking Survey Data",
/// Survey Practice 2, 2009.
///
/// Each iteration brings one margin after the other to its shares. Then weights outside of [`LEAST_WEIGHT`] to
/// [`MOST_WEIGHT`] times the mean are trimmed, and it begins again, until both hold at once.
///
/// # Errors
/// Why there are no weights. Nothing is patched up in silence.
pub fn rake(rows: &dyn Rows, margins: &[Margin], purpose: Purpose) -> Result<Weighted, Refusal> {
    if purpose == Purpose::PageFeedback {
        return Err(Refusal::PageFeedback);
    }
    let mut sides = Vec::new();
    let mut collapsed = Vec::new();
    for margin in margins {
        let (side, own) = Side::of(rows, margin)?;
        sides.push(side);
        collapsed.extend(own);
    }
    let people = sides.first().map_or(0, |side| side.places.len());
    if people == 0 {
        return Err(Refusal::Nothing);
    }
    let mut weights = vec![1.0; people];
    let mut was_trimmed = vec![false; people];
    for iteration in 1..=MOST_ITERATIONS {
        sides.iter().for_each(|side| side.fit(&mut weights));
        let is_within = trim(&mut weights, &mut was_trimmed);
        let error = sides.iter().map(|side| side.error(&weights)).fold(0.0, f64::max);
        if is_within && error < TOLERANCE {
            let trimmed = was_trimmed.iter().filter(|trimmed| **trimmed).count() as u64;
            let cost = Cost::of(&weights);
            return Ok(Weighted { weights, iterations: iteration, error, trimmed, collapsed, cost });
        }
        if iteration == MOST_ITERATIONS || error.is_nan() {
            return Err(Refusal::NotConverged { error, iterations: iteration });
        }
    }
    Err(Refusal::Nothing)
}

/// Brings every weight within the bounds and the mean to 1; says whether all were.
fn trim(weights: &mut [f64], was_trimmed: &mut [bool]) -> bool {
    let mut is_within = true;
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    for (weight, was_trimmed) in weights.iter_mut().zip(was_trimmed) {
        *weight /= mean;
        // A hair of tolerance, so that a weight at the bound is not trimmed for ever.
        if *weight < LEAST_WEIGHT - TOLERANCE || *weight > MOST_WEIGHT + TOLERANCE {
            *weight = weight.clamp(LEAST_WEIGHT, MOST_WEIGHT);
            *was_trimmed = true;
            is_within = false;
        }
    }
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    weights.iter_mut().for_each(|weight| *weight /= mean);
    is_within
}

/// A margin with the category of each row.
struct Side {
    /// The place of each row's category, or nothing where it is not known.
    places: Vec<Option<usize>>,
    /// Of those whose category is known, which share should be in each.
    targets: Vec<f64>,
}

impl Side {
    fn of(rows: &dyn Rows, margin: &Margin) -> Result<(Self, Moves), Refusal> {
        let column = margin.column;
        let sum: f64 = margin.shares.values().sum();
        let is_bad = |share: &f64| !share.is_finite() || *share < 0.0;
        let is_off = margin.total.is_some_and(|total| (sum - total).abs() > TOLERANCE * total.abs().max(1.0));
        if margin.shares.values().any(is_bad) || sum <= 0.0 || is_off {
            return Err(Refusal::BadSum { column, sum });
        }
        if margin.source.trim().is_empty() || survey::calendar::Date::parse(&margin.date).is_none() {
            return Err(Refusal::NoSource { column });
        }
        let mut codes = Vec::new();
        rows.each(&mut |row| codes.push(row.get(column).and_then(|cell| code(cell).ok())));
        let (shares, collapsed) = collapse(&mut codes, margin)?;
        let missing = codes.iter().filter(|code| code.is_none()).count() as u64;
        if missing > 0 && margin.missing == OfMissing::Refuse {
            return Err(Refusal::Missing { column, respondents: missing });
        }
        let order: Vec<i64> = shares.keys().copied().collect();
        let place = |code: &Option<i64>| code.and_then(|code| order.iter().position(|known| *known == code));
        let targets = shares.values().map(|share| share / sum).collect();
        Ok((Self { places: codes.iter().map(place).collect(), targets }, collapsed))
    }

    fn sums(&self, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.targets.len()];
        for (place, weight) in self.places.iter().zip(weights) {
            if let Some(place) = place {
                sums[*place] += weight;
            }
        }
        sums
    }

    fn fit(&self, weights: &mut [f64]) {
        let sums = self.sums(weights);
        let known: f64 = sums.iter().sum();
        let factors: Vec<f64> =
            sums.iter().zip(&self.targets).map(|(sum, target)| target * known / sum).collect();
        for (place, weight) in self.places.iter().zip(weights) {
            if let Some(place) = place {
                *weight *= factors[*place];
            }
        }
    }

    fn error(&self, weights: &[f64]) -> f64 {
        let sums = self.sums(weights);
        let known: f64 = sums.iter().sum();
        sums.iter().zip(&self.targets).map(|(sum, target)| (sum / known - target).abs()).fold(0.0, f64::max)
    }
}

/// Which categories were collapsed: column, from, into.
type Moves = Vec<(usize, i64, i64)>;

/// Puts small categories into those that the margin names, in order of their codes, until none is small.
fn collapse(codes: &mut [Option<i64>], margin: &Margin) -> Result<(BTreeMap<i64, f64>, Moves), Refusal> {
    let column = margin.column;
    let mut shares = margin.shares.clone();
    let mut collapsed = Vec::new();
    if let Some(code) = codes.iter().flatten().find(|code| shares.get(code).is_none_or(|share| *share <= 0.0))
    {
        return Err(Refusal::UnknownCategory { column, code: *code });
    }
    loop {
        let count = |wanted: i64| codes.iter().filter(|code| **code == Some(wanted)).count() as u64;
        let small = shares.iter().filter(|(_, share)| **share > 0.0).map(|(code, _)| (*code, count(*code)));
        let Some((small, respondents)) = small.into_iter().find(|(_, count)| *count < LEAST_IN_CATEGORY)
        else {
            shares.retain(|_, share| *share > 0.0);
            return Ok((shares, collapsed));
        };
        let Some(into) =
            margin.collapse.get(&small).copied().filter(|into| *into != small && shares.contains_key(into))
        else {
            return Err(match respondents {
                0 => Refusal::EmptyCategory { column, code: small },
                _ => Refusal::SmallCategory { column, code: small, respondents },
            });
        };
        let share = shares.remove(&small).unwrap_or(0.0);
        *shares.entry(into).or_default() += share;
        codes.iter_mut().filter(|code| **code == Some(small)).for_each(|code| *code = Some(into));
        collapsed.push((column, small, into));
    }
}
