//! How it went: who opened, started, completed, and where they left; and the rates of AAPOR for those who were invited.
//!
//! An open link has no list of people behind it, so there is no response rate: [`OpenLink`] gives [`OpenRates`], which has
//! none, and only [`Invitations`] gives [`ResponseRates`].
//!
//! ```compile_fail
//! let open = analysis::outcome::OpenLink { opened: Some(100), started: 50, completed: 40 };
//! let rate = open.rates().rr1;
//! ```

use crate::count::Values;
use crate::summary::ratio;
use serde::{Deserialize, Serialize};

/// A survey that anybody may open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLink {
    /// Visits in which it was seen, where that is counted.
    pub opened: Option<u64>,
    /// Visits with at least one answer.
    pub started: u64,
    /// Responses that were sent.
    pub completed: u64,
}

/// What may be said of an open link. None of it is a response rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OpenRates {
    /// Started of those opened, from 0 to 1.
    pub start: Option<f64>,
    /// Completed of those started: the completion rate.
    pub completion: Option<f64>,
    /// Completed of those opened: the view-through.
    pub through: Option<f64>,
    /// Started and not completed, of those started.
    pub break_off: Option<f64>,
}

impl OpenLink {
    /// The rates. Counts that cannot be (more completed than started) give none.
    #[must_use]
    pub fn rates(self) -> OpenRates {
        let part = |top: u64, bottom: u64| ratio(top, bottom).filter(|_| top <= bottom);
        OpenRates {
            start: self.opened.and_then(|opened| part(self.started, opened)),
            completion: part(self.completed, self.started),
            through: self.opened.and_then(|opened| part(self.completed, opened)),
            break_off: self.started.checked_sub(self.completed).and_then(|left| part(left, self.started)),
        }
    }
}

/// Where people left: one page or question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakOff {
    /// Its name.
    pub place: String,
    /// Who came there.
    pub reached: u64,
    /// Who came there and no further.
    pub left: u64,
    /// `left / reached`.
    pub share: Option<f64>,
}

/// Where people left, out of how many got no further than each place, and how many came to the end. Everybody counts as
/// having reached every place before: a place that was skipped by a condition was passed.
#[must_use]
pub fn break_off(last_seen: &[(String, u64)], completed: u64) -> Vec<BreakOff> {
    let mut reached = completed + last_seen.iter().map(|(_, left)| left).sum::<u64>();
    let place = |(place, left): &(String, u64)| {
        let told = BreakOff { place: place.clone(), reached, left: *left, share: ratio(*left, reached) };
        reached -= left;
        told
    };
    last_seen.iter().map(place).collect()
}

/// Active times, which can be kept and merged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Durations(Values);

impl Durations {
    /// Counts a time of so many milliseconds; kept to a tenth of a second, as paradata are.
    pub fn add(&mut self, milliseconds: u64) {
        self.0.add(i64::try_from(milliseconds / 100).unwrap_or(i64::MAX), 1);
    }

    /// Takes over what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }

    /// The median in seconds: exact to a tenth, or to the class where there are very many different times.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        let total = self.0.count();
        let (mut passed, mut lower) = (0, None);
        for (tenths, count) in self.0.each() {
            passed += count;
            let seconds = tenths as f64 / 10.0;
            if lower.is_none() && 2 * passed >= total {
                lower = Some(seconds);
            }
            if 2 * passed > total {
                return lower.map(|lower| (lower + seconds) / 2.0);
            }
        }
        None
    }
}

/// What became of one who was invited. Source: AAPOR, "Standard Definitions: Final Dispositions of Case Codes and
/// Outcome Rates for Surveys", 10th edition, 2023, internet surveys of specifically named persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// 1.1: at least 80 % of what had to be answered was.
    Complete,
    /// 1.2: at least 50 %.
    Partial,
    /// 2.1: less, or an explicit refusal.
    BreakOff,
}

impl Disposition {
    /// Out of how many of the applicable required questions were answered; where there are none, it was sent and is
    /// complete.
    #[must_use]
    pub fn of(answered: u64, applicable: u64) -> Self {
        match (answered * 100).checked_div(applicable) {
            None => Self::Complete,
            Some(_) if answered * 100 >= applicable * 80 => Self::Complete,
            Some(_) if answered * 100 >= applicable * 50 => Self::Partial,
            Some(_) => Self::BreakOff,
        }
    }
}

/// People from a list who were invited, by what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitations {
    /// I: complete responses.
    pub complete: u64,
    /// P: partial ones.
    pub partial: u64,
    /// R: refusals and break-offs.
    pub refused: u64,
    /// NC: nobody was reached.
    pub no_contact: u64,
    /// O: others that are eligible.
    pub other: u64,
    /// U: of whom it is not known whether they are eligible, because nothing came back.
    pub unknown: u64,
    /// Those who are not eligible: screened out, quota full, twice on the list. They count for nothing.
    pub not_eligible: u64,
}

/// AAPOR's rates, from 0 to 1. They belong beside the rule of completeness ([`Disposition`]).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ResponseRates {
    /// RR1 = I / ((I + P) + (R + NC + O) + U): the least.
    pub rr1: Option<f64>,
    /// RR2 = (I + P) / the same.
    pub rr2: Option<f64>,
    /// COOP1 = I / ((I + P) + R + O).
    pub coop1: Option<f64>,
    /// REF1 = R / ((I + P) + (R + NC + O) + U).
    pub ref1: Option<f64>,
}

impl Invitations {
    /// The rates.
    #[must_use]
    pub fn rates(self) -> ResponseRates {
        let answered = self.complete + self.partial;
        let all = answered + self.refused + self.no_contact + self.other + self.unknown;
        ResponseRates {
            rr1: ratio(self.complete, all),
            rr2: ratio(answered, all),
            coop1: ratio(self.complete, answered + self.refused + self.other),
            ref1: ratio(self.refused, all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_link_has_a_completion_rate() {
        let rates = OpenLink { opened: Some(200), started: 80, completed: 60 }.rates();
        assert_eq!(
            (rates.start, rates.completion, rates.through, rates.break_off),
            (Some(0.4), Some(0.75), Some(0.3), Some(0.25))
        );
        assert_eq!(OpenLink { opened: None, started: 1, completed: 2 }.rates().completion, None);
    }

    #[test]
    fn the_rates_of_invitations_are_those_of_aapor() {
        let rates = Invitations {
            complete: 50,
            partial: 10,
            refused: 20,
            no_contact: 10,
            other: 5,
            unknown: 5,
            not_eligible: 7,
        }
        .rates();
        assert_eq!((rates.rr1, rates.rr2, rates.ref1), (Some(0.5), Some(0.6), Some(0.2)));
        assert_eq!(rates.coop1, Some(50.0 / 85.0));
        let of = [(8, 10), (79, 100), (5, 10), (49, 100), (0, 0)].map(|(a, b)| Disposition::of(a, b));
        use Disposition::{BreakOff, Complete, Partial};
        assert_eq!(of, [Complete, Partial, Partial, BreakOff, Complete]);
    }

    #[test]
    fn whoever_left_reached_every_place_before() {
        let places = [("one".to_owned(), 10), ("two".to_owned(), 30)];
        let told: Vec<_> = break_off(&places, 60).iter().map(|it| (it.reached, it.left, it.share)).collect();
        assert_eq!(told, [(100, 10, Some(0.1)), (90, 30, Some(1.0 / 3.0))]);
    }

    #[test]
    fn the_median_time_is_exact_to_a_tenth_of_a_second_and_can_be_merged() {
        let times = |list: &[u64]| {
            let mut durations = Durations::default();
            list.iter().for_each(|time| durations.add(*time));
            durations
        };
        assert_eq!(times(&[1_000, 3_000, 90_000]).median(), Some(3.0));
        let mut merged = times(&[1_000, 2_060]);
        merged.merge(&times(&[4_000, 9_999_000]));
        assert_eq!(merged.median(), Some(3.0));
        assert_eq!(times(&[]).median(), None);
    }
}
