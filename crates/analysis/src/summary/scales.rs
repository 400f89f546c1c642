//! Ordered lists: mean and middle, the two ends, and the net promoter score.

use super::{Share, Spread, ratio};
use serde::Serialize;

/// One of an ordered list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scale {
    /// The points, as the author ordered them.
    pub shares: Vec<Share>,
    /// Middle and spread of the codes. A mean of codes takes the steps between them for equal.
    pub spread: Spread,
    /// The share of the two highest codes together ("top two boxes"), where there are four or more.
    pub top_two: Option<OfCodes>,
    /// The share of the two lowest codes together.
    pub bottom_two: Option<OfCodes>,
}

/// Some codes taken together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfCodes {
    /// Which codes.
    pub codes: Vec<i64>,
    /// How many chose one of them.
    pub count: u64,
    /// `count` of the base, from 0 to 1.
    pub share: Option<f64>,
}

/// The net promoter score.
///
/// Source: F. Reichheld, "The One Number You Need to Grow", Harvard Business Review 12/2003: promoters gave 9 or 10,
/// passives 7 or 8, detractors 0 to 6; the score is the percentage of promoters less that of detractors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nps {
    /// From 0 to 10.
    pub shares: Vec<Share>,
    /// Who answered.
    pub base: u64,
    /// 9 or 10.
    pub promoters: u64,
    /// 7 or 8.
    pub passives: u64,
    /// 0 to 6.
    pub detractors: u64,
    /// From −100 to 100; nothing when nobody answered.
    pub score: Option<f64>,
}

impl Scale {
    pub(super) fn of(shares: Vec<Share>) -> Self {
        let mut codes: Vec<i64> = shares.iter().map(|share| share.code).collect();
        codes.sort_unstable();
        let ends = (codes.len() >= 4).then(|| (codes[..2].to_vec(), codes[codes.len() - 2..].to_vec()));
        let of = |codes: Vec<i64>| OfCodes::of(codes, &shares);
        let (bottom_two, top_two) = match ends {
            Some((low, high)) => (Some(of(low)), Some(of(high))),
            None => (None, None),
        };
        Self { spread: Spread::of_codes(&shares), top_two, bottom_two, shares }
    }
}

impl OfCodes {
    fn of(codes: Vec<i64>, shares: &[Share]) -> Self {
        let own = shares.iter().filter(|share| codes.contains(&share.code));
        let count = own.map(|share| share.count).sum();
        let base = shares.iter().map(|share| share.count).sum();
        Self { codes, count, share: ratio(count, base) }
    }
}

/// The net promoter score of the shares of the codes 0 to 10.
#[must_use]
pub fn nps(shares: &[Share]) -> Nps {
    let within = |low: i64, high: i64| {
        let own = shares.iter().filter(|share| (low..=high).contains(&share.code));
        own.map(|share| share.count).sum::<u64>()
    };
    let (promoters, passives, detractors) = (within(9, 10), within(7, 8), within(0, 6));
    let base = promoters + passives + detractors;
    let score = (base > 0).then(|| 100.0 * (promoters as f64 - detractors as f64) / base as f64);
    Nps { shares: shares.to_vec(), base, promoters, passives, detractors, score }
}
