//! What is counted of a question, by keys: of a group, and of everybody beside it.

use super::Key;
use crate::summary::{Figures, Nps, Numeric, Portion, Row, Scale, Share, Summary};

/// The counts of everybody that stand where `own` stands among those of a group: those of the question, or of a row.
pub(super) fn counted(all: &Summary, row: Option<i64>, own: &[(Key, u64)]) -> Option<Vec<(Key, u64)>> {
    let of_row = |rows: &[Row]| rows.iter().find(|it| Some(it.code) == row).map(|row| row.shares.clone());
    let of_option = |shares: &[Share]| match own.first() {
        Some((Key::Code(code), _)) => shares.iter().find(|share| share.code == *code).map(chosen_or_not),
        _ => None,
    };
    match &all.figures {
        Figures::Choice(shares) | Figures::Scale(Scale { shares, .. }) => Some(keyed(shares)),
        Figures::Nps(nps) if matches!(own.first(), Some((Key::Code(_), _))) => Some(keyed(&nps.shares)),
        Figures::Nps(nps) => Some(three_groups(nps)),
        Figures::Several(shares) => of_option(shares),
        Figures::Ranking(ranks) => Some(keyed(&ranks.iter().map(|rank| rank.first).collect::<Vec<_>>())),
        Figures::Shares(portions) => Some(givers(portions)),
        Figures::Grid(rows) => of_row(rows).map(|shares| keyed(&shares)),
        Figures::GridSeveral(rows) => of_row(rows).and_then(|shares| of_option(&shares)),
        Figures::Number(numeric) => Some(classes(numeric)),
        Figures::Periods(periods) => {
            Some(periods.iter().map(|(period, count)| (Key::Period(period.clone()), *count)).collect())
        }
        Figures::Words => None,
    }
}

pub(super) fn three_groups(nps: &Nps) -> Vec<(Key, u64)> {
    vec![(Key::Promoters, nps.promoters), (Key::Passives, nps.passives), (Key::Detractors, nps.detractors)]
}

pub(super) fn classes(numeric: &Numeric) -> Vec<(Key, u64)> {
    numeric.bins.iter().map(|bin| (Key::Between(bin.from, bin.to), bin.count)).collect()
}

/// Who gave something to each thing of a sum shared out.
pub(super) fn givers(portions: &[Portion]) -> Vec<(Key, u64)> {
    portions.iter().map(|portion| (Key::Code(portion.code), portion.amounts.base)).collect()
}

/// Who chose an option and who did not. Who did not has a key that no option has.
pub(super) fn chosen_or_not(share: &Share) -> Vec<(Key, u64)> {
    vec![(Key::Code(share.code), share.count), (Key::Period(String::new()), share.base - share.count)]
}

pub(super) fn keyed(shares: &[Share]) -> Vec<(Key, u64)> {
    shares.iter().map(|share| (Key::Code(share.code), share.count)).collect()
}
