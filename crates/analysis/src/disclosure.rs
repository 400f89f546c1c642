//! What must not be shown, because it would say something about a person: statistical disclosure control.
//!
//! The rules, by the names that the tests bear:
//!
//! - DC1 the threshold ([`Rule`]): 10 on public pages, 5 within an agency, and only ever higher.
//! - DC2 a question with a base below the threshold is withheld whole ([`line`]).
//! - DC3 what is left cannot give back what was hidden: complementary suppression ([`line`], [`two_way`]), or rounding to
//!   5; a result says which it was. Nor can the table of a filter beside that of everybody ([`within`]).
//! - DC4 on a sensitive question nothing is said of a whole group, neither that all of it did nor that nobody did.
//! - DC5 percentages have a base of 30 or more ([`percent`]); below it there are counts alone.
//! - DC6 a filter is refused whose difference from something already shown concerns too few ([`Guard`], [`may_cut`]).
//! - DC7 texts stand beside nothing that says who wrote them ([`texts_alone`]).
//! - DC8 a public file of single responses is *k*-anonymous ([`records::microdata`]).
//! - DC9 live counters are off below the threshold and move in steps ([`counter`], [`may_refresh`]).
//!
//! Sources: A. Hundepool et al., "Statistical Disclosure Control", Wiley 2012, chapter 4 (tables: threshold rule,
//! secondary suppression, the attacker's interval); the United Kingdom's Office for National Statistics and Eurostat for
//! the thresholds in use.
//!
//! What an attacker is taken to know: every published number, and that a hidden cell of a question that is not sensitive
//! is not zero, because a zero is shown there. Who knows people among the respondents knows more; the threshold is for
//! that.

mod cut;
mod flow;
mod guard;
mod line;
mod publish;
pub mod records;
mod table;

pub use cut::{MOST_CONDITIONS, may_cut};
pub use guard::{Guard, MOST_SHOWN, Refused};
pub use line::{Line, line};
pub use publish::{Key, Public, PublicCell, PublicRow, PublicSpread, Totals, publish, publish_beside};
pub use records::texts_alone;
use serde::{Deserialize, Serialize};
pub(crate) use table::groups;
pub use table::{Table, two_way, within};

/// The least base of a percentage (DC5).
pub const PERCENT_BASE: u64 = 30;
/// Counts are rounded to a multiple of this, where they are rounded (DC3).
pub const ROUNDING: u64 = 5;

/// The threshold and the method. The threshold can be raised, never lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    least: u64,
    method: Method,
}

/// How small counts are protected. It is told beside the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Small counts are hidden, and as many others as it takes.
    Suppress,
    /// Small counts are hidden, and all others are rounded to a multiple of [`ROUNDING`], each for itself.
    Round,
}

/// Why a table is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Too few answered (DC2).
    FewAnswers,
    /// Nothing would be left of it (DC3).
    NothingLeft,
    /// It would say of everybody in it what they answered (DC4).
    WholeGroup,
}

impl Rule {
    /// For everybody to see: 10.
    pub const PUBLIC: Self = Self { least: 10, method: Method::Suppress };
    /// For those within the agency who may see results: 5.
    pub const INTERNAL: Self = Self { least: 5, method: Method::Suppress };

    /// The same with a higher threshold; a lower one changes nothing.
    #[must_use]
    pub fn raised_to(self, least: u64) -> Self {
        Self { least: self.least.max(least), ..self }
    }

    /// The same with rounding in place of complementary suppression.
    #[must_use]
    pub fn rounding(self) -> Self {
        Self { method: Method::Round, ..self }
    }

    /// Counts below this, except zero, are hidden.
    #[must_use]
    pub fn least(self) -> u64 {
        self.least
    }

    /// How they are protected.
    #[must_use]
    pub fn method(self) -> Method {
        self.method
    }

    /// Whether a count must not be shown by itself.
    fn hides(self, count: u64, sensitive: bool) -> bool {
        count < self.least && (count > 0 || sensitive)
    }

    /// The least that an attacker knows a hidden cell to hold.
    fn floor(sensitive: bool) -> u64 {
        u64::from(!sensitive)
    }
}

/// A share of a base in percent, where the base is large enough for one (DC5).
#[must_use]
pub fn percent(count: u64, base: u64) -> Option<f64> {
    (base >= PERCENT_BASE).then(|| 100.0 * count as f64 / base as f64)
}

/// How many have answered so far, as it may be told while answers come in: nothing below the threshold, then in steps of
/// it (DC9). It is "at least so many".
#[must_use]
pub fn counter(responses: u64, rule: Rule) -> Option<u64> {
    (responses >= rule.least).then(|| responses - responses % rule.least)
}

/// Whether tables that are shown may be replaced by new ones, of which `added` responses are new and `removed` taken
/// back since: who compares both must not learn about a few (DC9).
#[must_use]
pub fn may_refresh(added: u64, removed: u64, rule: Rule) -> bool {
    let is_enough = |count: u64| count == 0 || count >= rule.least;
    added + removed > 0 && is_enough(added) && is_enough(removed)
}
