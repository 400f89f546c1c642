//! A summary as it may be shown.

mod beside;

use super::{Line, Method, Rule, Why, line, percent, within};
use crate::shape::Kind;
use crate::summary::{Figures, Nps, Numeric, Portion, Rank, Row, Scale, Share, Spread, Summary};
use beside::{chosen_or_not, classes, counted, givers, keyed, three_groups};
use serde::{Deserialize, Serialize};
use survey::Missing;

/// Which totals are told, see [`publish`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Totals {
    /// Of each question those who answered: for everybody.
    Answers,
    /// Those who did not as well, by the reason: within the agency.
    Responses,
}

/// One question as it may be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Public {
    /// Its variable.
    pub question: String,
    /// What kind of figures it has.
    pub kind: Kind,
    /// Who answered; nothing when that cannot be told.
    pub base: Option<u64>,
    /// Who did not, by the reason, where that is told at all: for everybody it is not, and comes back from nowhere.
    #[serde(skip_deserializing)]
    pub missing: Vec<(Missing, Option<u64>)>,
    /// Why all of it is withheld.
    pub withheld: Option<Why>,
    /// Whether anything in it is hidden.
    pub hides: bool,
    /// How small counts were protected.
    pub method: Method,
    /// The counts: one row, or one for each row of a grid.
    pub rows: Vec<PublicRow>,
    /// Middle and spread of all, where no count is hidden that they could give back.
    pub spread: Option<PublicSpread>,
    /// The net promoter score, where its three groups are shown.
    pub score: Option<f64>,
}

/// A row of counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicRow {
    /// The row of a grid, the thing of a sum shared out, the option of a ranking; nothing where there is one row.
    pub code: Option<i64>,
    /// Who answered it.
    pub base: Option<u64>,
    /// The counts.
    pub cells: Vec<PublicCell>,
    /// Mean and spread of the row.
    pub spread: Option<PublicSpread>,
}

/// One count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicCell {
    /// What was counted.
    pub key: Key,
    /// How many, or nothing where it is hidden.
    pub count: Option<u64>,
    /// The percentage, where there may be one (DC5).
    pub percent: Option<f64>,
}

/// What a count is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// An option.
    Code(i64),
    /// 9 or 10 of 10.
    Promoters,
    /// 7 or 8.
    Passives,
    /// 0 to 6.
    Detractors,
    /// A month or an hour.
    Period(String),
    /// Numbers from the first up to the second.
    Between(f64, f64),
}

/// Middle and spread without the least and the most, which are the answers of single people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicSpread {
    /// The mean.
    pub mean: f64,
    /// The median.
    pub median: Option<f64>,
    /// The standard deviation.
    pub deviation: Option<f64>,
    /// Of a sum shared out, its part of everything, from 0 to 1.
    pub share: Option<f64>,
}

/// A summary as it may be shown, with small numbers hidden.
///
/// With [`Totals::Answers`] the only total is that of those who answered: how many responses there are in all must then
/// not be told exactly beside it ([`super::counter`] tells it in steps), or a question that three people left blank
/// would say so. With [`Totals::Responses`] the reasons of those who did not answer are a line of counts of their own;
/// their sum follows from the exact number of responses, where that is told. Who has to hide that too protects answers
/// and reasons as one line ([`super::line`]).
#[must_use]
pub fn publish(summary: &Summary, rule: Rule, sensitive: bool, totals: Totals) -> Public {
    Maker { summary, beside: None, rule, sensitive, totals }.made()
}

/// The summary of a group beside that of everybody, `all`, which is shown by [`publish`] with the same rule: neither of
/// the group nor of whoever is not in it has an answer a small count that could be worked out ([`within`]).
///
/// Classes of numbers whose limits are not those of everybody are protected by themselves.
#[must_use]
pub fn publish_beside(
    summary: &Summary,
    all: &Summary,
    rule: Rule,
    sensitive: bool,
    totals: Totals,
) -> Public {
    Maker { summary, beside: Some(all), rule, sensitive, totals }.made()
}

struct Maker<'a> {
    summary: &'a Summary,
    /// Everybody, where the summary is that of a group.
    beside: Option<&'a Summary>,
    rule: Rule,
    sensitive: bool,
    totals: Totals,
}

impl Maker<'_> {
    fn made(&self) -> Public {
        match &self.summary.figures {
            Figures::Choice(shares) => self.listed(shares, None),
            Figures::Scale(Scale { shares, spread, .. }) => self.listed(shares, Some(spread)),
            Figures::Nps(nps) => self.nps(nps),
            Figures::Several(shares) => self.several(shares),
            Figures::Ranking(ranks) => self.ranking(ranks),
            Figures::Shares(portions) => self.portions(portions),
            Figures::Grid(rows) => self.grid(rows, &|row| self.row(row)),
            Figures::GridSeveral(rows) => self.grid(rows, &|row| self.row_of_several(row)),
            Figures::Number(numeric) => self.number(numeric),
            Figures::Periods(periods) => {
                let keyed = periods.iter().map(|(period, count)| (Key::Period(period.clone()), *count));
                self.one(keyed.collect(), None)
            }
            Figures::Words => self.one(vec![], None),
        }
    }

    /// Counts of which each person is in one, protected: by themselves, or beside those of everybody.
    fn line(&self, own: &[(Key, u64)], row: Option<i64>) -> Line {
        let by_itself =
            || line(&own.iter().map(|(_, count)| *count).collect::<Vec<_>>(), self.rule, self.sensitive);
        let Some(all) = self.beside.and_then(|all| counted(all, row, own)) else { return by_itself() };
        let is_known = |key: &Key| all.iter().any(|(known, _)| known == key);
        if !own.iter().all(|(key, _)| is_known(key)) {
            return by_itself();
        }
        let of = |key: &Key| own.iter().find(|(known, _)| known == key).map_or(0, |(_, count)| *count);
        let group: Vec<u64> = all.iter().map(|(key, _)| of(key)).collect();
        let everybody: Vec<u64> = all.iter().map(|(_, count)| *count).collect();
        let line = within(&everybody, &group, self.rule, self.sensitive);
        let cell = |key: &Key| all.iter().position(|(known, _)| known == key).and_then(|at| line.cells[at]);
        let cells = own.iter().map(|(key, _)| cell(key)).collect();
        Line { cells, ..line }
    }

    fn withheld(&self, why: Option<Why>) -> Public {
        Public {
            question: self.summary.question.clone(),
            kind: self.summary.kind,
            base: None,
            missing: Vec::new(),
            withheld: why,
            hides: true,
            method: self.rule.method,
            rows: Vec::new(),
            spread: None,
            score: None,
        }
    }

    /// Everything as it is, to be filled in; nothing where too few answered.
    fn begun(&self) -> Option<Public> {
        if self.summary.base < self.rule.least {
            return None;
        }
        let told = self.totals == Totals::Responses;
        let (reasons, counts): (Vec<Missing>, Vec<u64>) =
            self.summary.missing.iter().filter(|_| told).map(|(why, count)| (*why, *count)).unzip();
        let line = line(&counts, self.rule, false);
        Some(Public {
            base: Some(self.shown(self.summary.base)),
            missing: reasons.into_iter().zip(line.cells).collect(),
            hides: false,
            ..self.withheld(None)
        })
    }

    fn shown(&self, count: u64) -> u64 {
        match self.rule.method {
            Method::Suppress => count,
            Method::Round => (count + super::ROUNDING / 2) / super::ROUNDING * super::ROUNDING,
        }
    }

    fn cells(&self, keys: Vec<Key>, line: &Line) -> Vec<PublicCell> {
        let cell = |(key, count): (Key, &Option<u64>)| {
            let percent = count.zip(line.total).and_then(|(count, total)| percent(count, total));
            PublicCell { key, count: *count, percent }
        };
        keys.into_iter().zip(&line.cells).map(cell).collect()
    }

    /// A question whose answers are each in one of these counts; the spread is told where none is hidden.
    fn one(&self, counted: Vec<(Key, u64)>, spread: Option<&Spread>) -> Public {
        let Some(begun) = self.begun() else { return self.withheld(Some(Why::FewAnswers)) };
        if counted.is_empty() {
            return begun;
        }
        let line = self.line(&counted, None);
        let keys = counted.into_iter().map(|(key, _)| key).collect();
        if line.withheld.is_some() {
            return self.withheld(line.withheld);
        }
        let spread = spread.filter(|_| !line.hides() && self.rule.method == Method::Suppress);
        let row = PublicRow { code: None, base: line.total, cells: self.cells(keys, &line), spread: None };
        Public { hides: line.hides(), rows: vec![row], spread: spread.and_then(plain), ..begun }
    }

    fn listed(&self, shares: &[Share], spread: Option<&Spread>) -> Public {
        self.one(keyed(shares), spread)
    }

    /// The eleven points where none is hidden, else the three groups alone.
    fn nps(&self, nps: &Nps) -> Public {
        let points = self.listed(&nps.shares, None);
        let mut groups = self.one(three_groups(nps), None);
        let tells = !groups.hides && self.rule.method == Method::Suppress;
        groups.score = nps.score.filter(|_| tells);
        if !points.hides {
            groups.rows.extend(points.rows);
        }
        groups
    }

    /// Whether an option was chosen is a table of two counts of which one is shown. Options hide nothing of each other:
    /// nobody knows how many each person chose.
    fn chosen(&self, shares: &[Share], row: Option<i64>) -> Vec<PublicCell> {
        let cell = |share: &Share| {
            let line = self.line(&chosen_or_not(share), row);
            self.cells(vec![Key::Code(share.code)], &line).remove(0)
        };
        shares.iter().map(cell).collect()
    }

    fn several(&self, shares: &[Share]) -> Public {
        let Some(begun) = self.begun() else { return self.withheld(Some(Why::FewAnswers)) };
        let cells = self.chosen(shares, None);
        if cells.iter().all(|cell| cell.count.unwrap_or(0) == 0) {
            return self.withheld(Some(Why::NothingLeft));
        }
        let hides = cells.iter().any(|cell| cell.count.is_none());
        let row = PublicRow { code: None, base: begun.base, cells, spread: None };
        Public { rows: vec![row], hides, ..begun }
    }

    /// First places, and mean places where none of those is hidden.
    fn ranking(&self, ranks: &[Rank]) -> Public {
        let first: Vec<Share> = ranks.iter().map(|rank| rank.first).collect();
        let public = self.listed(&first, None);
        if public.hides || self.rule.method == Method::Round {
            return public;
        }
        let means = ranks.iter().filter(|rank| rank.placed >= self.rule.least).filter_map(|rank| {
            let spread = PublicSpread { mean: rank.mean?, median: None, deviation: None, share: None };
            Some(PublicRow { code: Some(rank.code), base: None, cells: vec![], spread: Some(spread) })
        });
        let rows = public.rows.into_iter().chain(means).collect();
        Public { rows, ..public }
    }

    /// What few gave something to is hidden like a small count, and another with it: amounts add up to what is shared out.
    fn portions(&self, portions: &[Portion]) -> Public {
        let public = self.one(vec![], None);
        if public.withheld.is_some() {
            return public;
        }
        let line = self.line(&givers(portions), None);
        if line.withheld.is_some() {
            return self.withheld(line.withheld);
        }
        let row = |(portion, givers): (&Portion, &Option<u64>)| {
            let mean = portion.mean.unwrap_or(0.0);
            let spread = PublicSpread { mean, median: None, deviation: None, share: portion.share };
            let spread = givers.map(|_| spread);
            PublicRow { code: Some(portion.code), base: public.base, cells: vec![], spread }
        };
        let rows = portions.iter().zip(&line.cells).map(row).collect();
        Public { rows, hides: line.hides(), ..public }
    }

    fn grid(&self, rows: &[Row], row: &dyn Fn(&Row) -> PublicRow) -> Public {
        let Some(begun) = self.begun() else { return self.withheld(Some(Why::FewAnswers)) };
        let rows: Vec<PublicRow> = rows.iter().map(row).collect();
        if rows.iter().all(|row| row.cells.iter().all(|cell| cell.count.unwrap_or(0) == 0)) {
            return self.withheld(Some(Why::NothingLeft));
        }
        let hides = rows.iter().any(|row| row.cells.iter().any(|cell| cell.count.is_none()));
        Public { rows, hides, ..begun }
    }

    fn row(&self, row: &Row) -> PublicRow {
        let counted = keyed(&row.shares);
        let line = self.line(&counted, Some(row.code));
        let keys = counted.into_iter().map(|(key, _)| key).collect();
        let spread = row.spread.as_ref().filter(|_| !line.hides() && self.rule.method == Method::Suppress);
        PublicRow {
            code: Some(row.code),
            base: line.total,
            cells: self.cells(keys, &line),
            spread: spread.and_then(plain),
        }
    }

    fn row_of_several(&self, row: &Row) -> PublicRow {
        let base = (row.base >= self.rule.least).then(|| self.shown(row.base));
        PublicRow {
            code: Some(row.code),
            base,
            cells: self.chosen(&row.shares, Some(row.code)),
            spread: None,
        }
    }

    /// Classes of a histogram; of the numbers themselves the middle, which no class gives back.
    fn number(&self, numeric: &Numeric) -> Public {
        self.one(classes(numeric), Some(&numeric.spread))
    }
}

fn plain(spread: &Spread) -> Option<PublicSpread> {
    let (median, deviation) = (spread.median, spread.deviation);
    Some(PublicSpread { mean: spread.mean?, median, deviation, share: None })
}
