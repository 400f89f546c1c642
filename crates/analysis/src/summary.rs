//! Each question at a glance, out of its counts.
//!
//! Every summary says how many were asked, how many answered (the base of every share), and why the others did not.

mod scales;
mod spread;

use crate::count::{Counts, OfQuestion};
use crate::shape::{Kind, Shape};
pub use scales::{Nps, OfCodes, Scale, nps};
use serde::Serialize;
pub use spread::{Bin, MOST_BINS, Spread, bins};
use std::collections::BTreeMap;
use survey::Missing;
use survey::columns::Column;

/// One question at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Its variable.
    pub question: String,
    /// What kind of figures follow.
    pub kind: Kind,
    /// Responses that were asked: those that answered, and those that were shown it and did not.
    pub asked: u64,
    /// Responses that answered: the base.
    pub base: u64,
    /// Responses that did not answer, by the reason.
    pub missing: BTreeMap<Missing, u64>,
    /// The figures.
    pub figures: Figures,
}

/// The figures of a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figures {
    /// One of a list.
    Choice(Vec<Share>),
    /// One of an ordered list.
    Scale(Scale),
    /// From 0 to 10.
    Nps(Nps),
    /// Several of a list: shares of respondents, which add up to more than one.
    Several(Vec<Share>),
    /// An order of preference.
    Ranking(Vec<Rank>),
    /// A sum shared out.
    Shares(Vec<Portion>),
    /// One option in each row.
    Grid(Vec<Row>),
    /// Several options in each row.
    GridSeveral(Vec<Row>),
    /// A number, or how many entries there are.
    Number(Numeric),
    /// By month (`2026-11`) or by hour (`08`), in order.
    Periods(Vec<(String, u64)>),
    /// Words: the base is all that can be counted; see [`crate::words`].
    Words,
}

/// How many chose an option.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// The option.
    pub code: i64,
    /// How many chose it.
    pub count: u64,
    /// Of how many who could.
    pub base: u64,
    /// `count / base`, from 0 to 1; nothing when nobody could.
    pub share: Option<f64>,
}

/// Where an option was placed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rank {
    /// The option.
    pub code: i64,
    /// How many gave it a place.
    pub placed: u64,
    /// How many put it first, of all who ranked.
    pub first: Share,
    /// The mean of its places, where it has one.
    pub mean: Option<f64>,
    /// Borda's points: of *n* options the first gets *n* − 1 points, the next one less, one without a place none.
    pub borda: u64,
}

/// What was given to one thing of a sum shared out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Portion {
    /// The thing.
    pub code: i64,
    /// The amounts given; whoever gave it nothing wrote no number or 0. See [`Portion::mean`].
    pub amounts: Spread,
    /// The mean over all who shared out, a blank being 0.
    pub mean: Option<f64>,
    /// Its part of all that was shared out, from 0 to 1.
    pub share: Option<f64>,
}

/// One row of a grid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The row.
    pub code: i64,
    /// How many answered it.
    pub base: u64,
    /// How many did not, by the reason.
    pub missing: BTreeMap<Missing, u64>,
    /// The options of the row.
    pub shares: Vec<Share>,
    /// Mean and spread of the codes, where they have an order.
    pub spread: Option<Spread>,
}

/// Numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Numeric {
    /// Middle and spread.
    pub spread: Spread,
    /// At most [`MOST_BINS`] classes of equal width.
    pub bins: Vec<Bin>,
}

/// The order in which options are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// That of the author.
    Author,
    /// The most chosen first; where equal, that of the author.
    Size,
}

impl Share {
    /// A share of `base`.
    #[must_use]
    pub fn of(code: i64, count: u64, base: u64) -> Self {
        Self { code, count, base, share: ratio(count, base) }
    }
}

/// Puts the most chosen first, where that is asked.
pub fn sort(shares: &mut [Share], order: Order) {
    if order == Order::Size {
        shares.sort_by_key(|share| std::cmp::Reverse(share.count));
    }
}

/// Each question at a glance, in the order of the shapes.
#[must_use]
pub fn summaries(columns: &[Column], shapes: &[Shape], counts: &Counts) -> Vec<Summary> {
    let each = shapes.iter().zip(&counts.details.questions);
    each.map(|(shape, of)| summary(columns, shape, of, counts)).collect()
}

/// `top / bottom`, when there is a bottom.
#[must_use]
pub(crate) fn ratio(top: u64, bottom: u64) -> Option<f64> {
    (bottom > 0).then(|| top as f64 / bottom as f64)
}

fn summary(columns: &[Column], shape: &Shape, of: &OfQuestion, counts: &Counts) -> Summary {
    let missing = reasons(&of.missing);
    let shown = |missing: &Missing| {
        !matches!(missing, Missing::NotAsked | Missing::NotApplicable | Missing::NotReached)
    };
    let asked =
        of.base + missing.iter().filter(|(missing, _)| shown(missing)).map(|(_, count)| count).sum::<u64>();
    let of = Of { columns, shape, of, counts };
    Summary {
        question: shape.question.clone(),
        kind: shape.kind,
        asked,
        base: of.of.base,
        missing,
        figures: of.figures(),
    }
}

fn reasons(missing: &BTreeMap<i64, u64>) -> BTreeMap<Missing, u64> {
    missing.iter().filter_map(|(code, count)| Some((Missing::of_code(*code)?, *count))).collect()
}

/// A question with all that was counted.
struct Of<'a> {
    columns: &'a [Column],
    shape: &'a Shape,
    of: &'a OfQuestion,
    counts: &'a Counts,
}

impl Of<'_> {
    fn figures(&self) -> Figures {
        let first = self.shape.columns[0];
        match self.shape.kind {
            Kind::Choice => Figures::Choice(self.shares(first)),
            Kind::Scale => Figures::Scale(Scale::of(self.shares(first))),
            Kind::Nps => Figures::Nps(nps(&self.shares(first))),
            Kind::Several => Figures::Several(self.chosen()),
            Kind::Ranking => Figures::Ranking(self.ranks()),
            Kind::Shares => Figures::Shares(self.portions()),
            Kind::Grid => Figures::Grid(self.rows()),
            Kind::GridSeveral => Figures::GridSeveral(self.rows_of_several()),
            Kind::Number | Kind::Entries => {
                let values = &self.of.values[0];
                Figures::Number(Numeric { spread: Spread::of_values(values), bins: bins(values) })
            }
            Kind::Moment | Kind::Time => {
                Figures::Periods(self.of.moments.iter().map(|(key, count)| (key.clone(), *count)).collect())
            }
            Kind::Words => Figures::Words,
        }
    }

    /// The codes of a column in the author's order; codes that no version knows any more follow.
    fn shares(&self, place: usize) -> Vec<Share> {
        let tally = &self.counts.tally.columns[place];
        let known = self.columns[place].values.iter().map(|(code, _)| *code);
        let known: Vec<i64> = known.filter(|code| Missing::of_code(*code).is_none()).collect();
        let strange = tally.codes.keys().copied().filter(|code| !known.contains(code));
        let share = |code: i64| Share::of(code, tally.codes.get(&code).copied().unwrap_or(0), tally.base);
        known.iter().copied().chain(strange.collect::<Vec<_>>()).map(share).collect()
    }

    fn option(&self, place: usize) -> i64 {
        self.columns[place].option.as_ref().map_or(0, |option| option.code)
    }

    fn chosen(&self) -> Vec<Share> {
        let places = self.shape.columns.iter().zip(&self.of.columns);
        let own = places.filter(|(place, _)| Missing::of_code(self.option(**place)).is_none());
        own.map(|(place, base)| Share::of(self.option(*place), self.ticks(*place), *base)).collect()
    }

    fn ticks(&self, place: usize) -> u64 {
        self.counts.tally.columns[place].codes.get(&1).copied().unwrap_or(0)
    }

    fn ranks(&self) -> Vec<Rank> {
        let options = self.shape.columns.len() as u64;
        let rank = |place: &usize| {
            let codes = &self.counts.tally.columns[*place].codes;
            let placed = codes.values().sum();
            let sum: u64 = codes.iter().map(|(rank, count)| rank.unsigned_abs() * count).sum();
            let code = self.option(*place);
            let first = Share::of(code, codes.get(&1).copied().unwrap_or(0), self.of.base);
            Rank {
                code,
                placed,
                first,
                mean: ratio(sum, placed),
                borda: (options * placed).saturating_sub(sum),
            }
        };
        self.shape.columns.iter().map(rank).collect()
    }

    fn portions(&self) -> Vec<Portion> {
        let amounts: Vec<Spread> = self.of.values.iter().map(Spread::of_values).collect();
        let sum = |spread: &Spread| spread.mean.unwrap_or(0.0) * spread.base as f64;
        let total: f64 = amounts.iter().map(sum).sum();
        let portion = |(place, amounts): (&usize, Spread)| {
            let given = sum(&amounts);
            let mean = (self.of.base > 0).then(|| given / self.of.base as f64);
            Portion { code: self.row(*place), amounts, mean, share: (total > 0.0).then(|| given / total) }
        };
        self.shape.columns.iter().zip(amounts.clone()).map(portion).collect()
    }

    fn row(&self, place: usize) -> i64 {
        self.columns[place].row.as_ref().map_or(0, |row| row.code)
    }

    fn rows(&self) -> Vec<Row> {
        let row = |place: &usize| {
            let tally = &self.counts.tally.columns[*place];
            let shares = self.shares(*place);
            let spread = tally.numbers.is_some().then(|| Spread::of_codes(&shares));
            Row { code: self.row(*place), base: tally.base, missing: tally.missing.clone(), shares, spread }
        };
        self.shape.columns.iter().map(row).collect()
    }

    /// Columns stand row by row. Who answered a row has a value in each column that was offered there.
    fn rows_of_several(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for place in &self.shape.columns {
            let tally = &self.counts.tally.columns[*place];
            let share = Share::of(self.option(*place), self.ticks(*place), tally.base);
            match rows.last_mut().filter(|row| row.code == self.row(*place)) {
                Some(row) => row.shares.push(share),
                None => rows.push(Row {
                    code: self.row(*place),
                    base: tally.base,
                    missing: tally.missing.clone(),
                    shares: vec![share],
                    spread: None,
                }),
            }
        }
        rows
    }
}
