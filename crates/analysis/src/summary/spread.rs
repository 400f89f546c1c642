//! Middle and spread of numbers, and their histogram.

use super::Share;
use crate::count::Values;
use serde::Serialize;

/// A histogram has at most so many classes.
pub const MOST_BINS: i64 = 12;
/// Millionths in one.
const ONE: f64 = 1_000_000.0;

/// Middle and spread of numbers; everything is absent where there is nothing to work it out of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// How many numbers.
    pub base: u64,
    /// The arithmetic mean.
    pub mean: Option<f64>,
    /// The standard deviation of a sample: squared distances from the mean over `base` − 1, from two numbers on.
    pub deviation: Option<f64>,
    /// The least.
    pub min: Option<f64>,
    /// The first quartile: at (*n* − 1) · ¼ between the sorted numbers, straight lines between neighbours (type 7 of
    /// Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996).
    pub lower: Option<f64>,
    /// The median, likewise at (*n* − 1) · ½.
    pub median: Option<f64>,
    /// The third quartile, likewise at (*n* − 1) · ¾.
    pub upper: Option<f64>,
    /// The most.
    pub max: Option<f64>,
    /// Whether every number was known. Otherwise they were put into narrow classes first.
    pub exact: bool,
}

/// One class of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// From this number on.
    pub from: f64,
    /// Up to this one; the last class has it, the others do not.
    pub to: f64,
    /// How many numbers.
    pub count: u64,
}

impl Spread {
    /// Of the codes of a list.
    #[must_use]
    pub fn of_codes(shares: &[Share]) -> Self {
        let mut values: Vec<(f64, u64)> = shares
            .iter()
            .map(|share| (share.code as f64, share.count))
            .filter(|(_, count)| *count > 0)
            .collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self::of(&values, true)
    }

    /// Of numbers.
    #[must_use]
    pub fn of_values(values: &Values) -> Self {
        let sorted: Vec<(f64, u64)> =
            values.each().map(|(value, count)| (value as f64 / ONE, count)).collect();
        Self::of(&sorted, values.is_exact())
    }

    /// Of sorted numbers with their counts.
    fn of(sorted: &[(f64, u64)], exact: bool) -> Self {
        let base: u64 = sorted.iter().map(|(_, count)| count).sum();
        if base == 0 {
            return Self { exact, ..Self::default() };
        }
        let total: f64 = sorted.iter().map(|(value, count)| value * *count as f64).sum();
        let mean = total / base as f64;
        let squares: f64 = sorted.iter().map(|(value, count)| (value - mean).powi(2) * *count as f64).sum();
        Self {
            base,
            mean: Some(mean),
            deviation: (base > 1).then(|| (squares / (base - 1) as f64).sqrt()),
            min: sorted.first().map(|(value, _)| *value),
            lower: Some(quantile(sorted, base, 1)),
            median: Some(quantile(sorted, base, 2)),
            upper: Some(quantile(sorted, base, 3)),
            max: sorted.last().map(|(value, _)| *value),
            exact,
        }
    }
}

/// The quantile at so many quarters. Its place is worked out in whole numbers.
fn quantile(sorted: &[(f64, u64)], base: u64, quarters: u64) -> f64 {
    let place = (base - 1) * quarters;
    let (whole, rest) = (place / 4, place % 4);
    let low = at(sorted, whole);
    if rest == 0 {
        return low;
    }
    low + (at(sorted, whole + 1) - low) * rest as f64 / 4.0
}

/// The number at a place of the sorted ones, from 0.
fn at(sorted: &[(f64, u64)], place: u64) -> f64 {
    let mut passed = 0;
    for (value, count) in sorted {
        passed += count;
        if place < passed {
            return *value;
        }
    }
    sorted.last().map_or(0.0, |(value, _)| *value)
}

/// Classes of equal width, which is 1, 2 or 5 times a power of ten and at which they begin: as many as fit within
/// [`MOST_BINS`].
#[must_use]
pub fn bins(values: &Values) -> Vec<Bin> {
    // In whole millionths: 0.3 is not in the class below 0.3, as it would be by division of floats.
    let numbers: Vec<(i64, u64)> = values.each().collect();
    let (Some((min, _)), Some((max, _))) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let width = nice_width(*min, *max);
    let (first, last) = (min.div_euclid(width), max.div_euclid(width));
    let edge = |step: i64| (step * width) as f64 / ONE;
    let mut bins: Vec<Bin> =
        (first..=last).map(|step| Bin { from: edge(step), to: edge(step + 1), count: 0 }).collect();
    for (value, count) in numbers {
        let index = usize::try_from(value.div_euclid(width) - first).unwrap_or(0);
        if let Some(bin) = bins.get_mut(index) {
            bin.count += count;
        }
    }
    bins
}

/// The least width of class of those allowed, in millionths, with which few classes hold all from `min` to `max`.
fn nice_width(min: i64, max: i64) -> i64 {
    let fits = |width: &i64| max.div_euclid(*width) - min.div_euclid(*width) < MOST_BINS;
    let widths = (0..18).flat_map(|power| [1, 2, 5].map(|step| step * 10_i64.pow(power)));
    widths.into_iter().find(fits).unwrap_or(10_i64.pow(18))
}
