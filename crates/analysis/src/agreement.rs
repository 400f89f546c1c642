//! How far two people agree who put texts under codes.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Agreement on one code, or on codes of which each text has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Texts that both have coded.
    pub texts: u64,
    /// On how many both say the same.
    pub same: u64,
    /// `same / texts`, from 0 to 1.
    pub share: Option<f64>,
    /// Cohen's kappa, from −1 to 1: (share − expected) / (1 − expected), where each coder uses codes as often as they
    /// did. Nothing where both used one code alone. Source: J. Cohen, Educational and Psychological Measurement 20, 1960.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha for nominal data, see [`alpha`].
    pub alpha: Option<f64>,
}

/// The codes that a coder gave to a text; nothing when the coder has not read it.
pub type Coding = Option<BTreeSet<i64>>;

/// Agreement where each text may have several codes: for each code of the frame, whether it was given or not.
#[must_use]
pub fn by_code(first: &[Coding], second: &[Coding], frame: &[i64]) -> BTreeMap<i64, Agreement> {
    let of = |code: i64| {
        let gave = |coding: &Coding| coding.as_ref().map(|codes| i64::from(codes.contains(&code)));
        let pairs: Vec<(i64, i64)> =
            first.iter().zip(second).filter_map(|(a, b)| Some((gave(a)?, gave(b)?))).collect();
        (code, agreement(&pairs))
    };
    frame.iter().copied().map(of).collect()
}

/// Agreement over pairs of codes that the two gave to each text.
#[must_use]
pub fn agreement(pairs: &[(i64, i64)]) -> Agreement {
    let texts = pairs.len() as u64;
    let same = pairs.iter().filter(|(a, b)| a == b).count() as u64;
    let units: Vec<Vec<i64>> = pairs.iter().map(|(a, b)| vec![*a, *b]).collect();
    Agreement {
        texts,
        same,
        share: crate::summary::ratio(same, texts),
        kappa: kappa(pairs),
        alpha: alpha(&units),
    }
}

fn kappa(pairs: &[(i64, i64)]) -> Option<f64> {
    let (mut first, mut second) = (BTreeMap::<i64, u64>::new(), BTreeMap::<i64, u64>::new());
    for (a, b) in pairs {
        *first.entry(*a).or_default() += 1;
        *second.entry(*b).or_default() += 1;
    }
    let texts = pairs.len() as u64;
    // Everything times the square of the number of texts, so that it stays whole until the last step.
    let expected: u64 =
        first.iter().map(|(code, count)| count * second.get(code).copied().unwrap_or(0)).sum();
    let same = pairs.iter().filter(|(a, b)| a == b).count() as u64 * texts;
    let possible = (texts * texts).checked_sub(expected).filter(|possible| *possible > 0)?;
    Some((same as f64 - expected as f64) / possible as f64)
}

/// Krippendorff's alpha for nominal data: 1 − observed / expected disagreement, from 1 (the same throughout) over 0 (as
/// by chance) to below. Each unit has the values that coders gave it; one with fewer than two says nothing. Nothing where
/// only one value was ever given.
///
/// Source: K. Krippendorff, "Computing Krippendorff's alpha-reliability", 2011: of the matrix of coincidences *o* with
/// *n* values, α = 1 − (*n* − 1) · Σ o(c,k≠c) / Σ n(c) · n(k≠c).
#[must_use]
pub fn alpha(units: &[Vec<i64>]) -> Option<f64> {
    let mut values: BTreeMap<i64, u64> = BTreeMap::new();
    let mut observed = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut own: BTreeMap<i64, u64> = BTreeMap::new();
        for value in unit {
            *own.entry(*value).or_default() += 1;
            *values.entry(*value).or_default() += 1;
        }
        let size = unit.len() as u64;
        let differing: u64 = own.values().map(|count| count * (size - count)).sum();
        observed += differing as f64 / (size - 1) as f64;
    }
    let total: u64 = values.values().sum();
    let expected: u64 = values.values().map(|count| count * (total - count)).sum();
    (expected > 0).then(|| 1.0 - (total - 1) as f64 * observed / expected as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_that_of_the_textbook() {
        let mut pairs = vec![(1, 1); 20];
        pairs.extend(vec![(1, 0); 5]);
        pairs.extend(vec![(0, 1); 10]);
        pairs.extend(vec![(0, 0); 15]);
        let told = agreement(&pairs);
        assert_eq!((told.texts, told.same, told.share), (50, 35, Some(0.7)));
        assert!(told.kappa.is_some_and(|kappa| (kappa - 0.4).abs() < 1e-12));
    }

    #[test]
    fn texts_that_one_has_not_read_say_nothing() {
        let codes = |codes: &[i64]| Some(codes.iter().copied().collect::<BTreeSet<i64>>());
        let first = [codes(&[1, 2]), codes(&[1]), None, codes(&[])];
        let second = [codes(&[1]), codes(&[1]), codes(&[2]), codes(&[])];
        let told = by_code(&first, &second, &[1, 2]);
        assert_eq!((told[&1].texts, told[&1].same, told[&2].same), (3, 3, 2));
        assert_eq!(told[&1].kappa, Some(1.0));
        assert_eq!(agreement(&[(1, 1), (1, 1)]).kappa, None);
    }
}
