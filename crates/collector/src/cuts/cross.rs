//! Tables of two variables over the responses of a group, as they may be shown.

use super::variables::{Categories, classes};
use super::{Crossable, Cut, CutError, Group, Pass, RULE, crossable, in_background};
use crate::export::labels;
use crate::figures::Figures;
use analysis::crosstab::{Crosstab, Shown, Weigh};
use analysis::disclosure::Why;
use analysis::filter::Filter;
use analysis::rows::Rows;
use analysis::variable::Variable;
use std::cell::RefCell;
use survey::Missing;
use survey::columns::Cell;

/// Categories of the rows and of the columns at most: beyond them nobody reads a table.
const MOST: (usize, usize) = (80, 30);

/// What is wanted in the rows and the columns.
#[derive(Clone, Debug)]
pub(crate) struct Crossing {
    pub(crate) row: Crossable,
    pub(crate) column: Crossable,
    /// Where classes of numbers begin, as somebody wrote it.
    pub(crate) classes: (String, String),
    /// Whether the reasons for which there is no answer are categories too.
    pub(crate) with_missing: bool,
    /// The language of the survey's own labels, and that in which we speak besides.
    pub(crate) lang: String,
    pub(crate) own: String,
    /// What words of the envelope are called in it, such as channels.
    pub(crate) words: Vec<(String, String)>,
}

/// A table.
pub(crate) struct Crossed {
    pub(crate) group: Group,
    pub(crate) rows: Side,
    pub(crate) columns: Side,
    /// The table, or why it is withheld.
    pub(crate) table: Result<Shown, Why>,
    /// Whether it is weighted.
    pub(crate) is_weighted: bool,
}

/// The rows or the columns.
pub(crate) struct Side {
    labels: Vec<String>,
    /// From which on they are reasons.
    reasons: usize,
    /// Whether somebody may be in more than one.
    pub(crate) is_several: bool,
}

impl Crossing {
    /// What an address names, where there is that.
    pub(crate) fn named(figures: &Figures, names: (&str, &str)) -> Option<(Crossable, Crossable)> {
        let all = crossable(figures);
        let find = |name: &str| all.iter().find(|known| known.name == name).cloned();
        Some((find(names.0)?, find(names.1)?))
    }
}

impl Side {
    fn of(categories: &Categories, with_missing: bool, lang: &str) -> (Variable, Self) {
        let (variable, mut labels) = (categories.variable.clone(), categories.labels.clone());
        let (reasons, is_several) = (labels.len(), variable.is_several());
        if !with_missing {
            return (variable, Self { labels, reasons, is_several });
        }
        labels.extend(Missing::ALL.map(|reason| labels::reason(reason, lang).to_owned()));
        let variable = Variable::WithReasons { variable: Box::new(variable), reasons: Missing::ALL.to_vec() };
        (variable, Self { labels, reasons, is_several })
    }

    /// The words of one or more categories together.
    pub(crate) fn label(&self, group: &[usize]) -> String {
        group.iter().map(|index| self.labels[*index].as_str()).collect::<Vec<_>>().join(" + ")
    }

    /// Whether it is worth a row or column: a reason that nobody has is not.
    pub(crate) fn is_told(&self, group: &[usize], base: Option<u64>) -> bool {
        base != Some(0) || group.iter().any(|index| *index < self.reasons)
    }
}

/// Crosses two variables. `weigh` says what a response weighs by the cells of these columns.
pub(crate) async fn cross(
    figures: &Figures,
    cut: &Cut,
    crossing: Crossing,
    weights: Option<super::Weights>,
) -> Result<Crossed, CutError> {
    let (figures, cut) = (figures.clone(), cut.clone());
    in_background(move || of(&figures, &cut, &crossing, weights.as_ref())).await
}

fn of(
    figures: &Figures,
    cut: &Cut,
    crossing: &Crossing,
    weights: Option<&super::Weights>,
) -> Result<Crossed, CutError> {
    let (lang, with_missing) = (&crossing.own, crossing.with_missing);
    let across = crossing.row.places.len();
    let of_rows = crossing.row.categories(figures, crossing, 0, &classes(&crossing.classes.0));
    let of_columns = crossing.column.categories(figures, crossing, across, &classes(&crossing.classes.1));
    if of_rows.labels.len() > MOST.0 || of_columns.labels.len() > MOST.1 {
        return Err(CutError::Many);
    }
    let (down, rows) = Side::of(&of_rows, with_missing, lang);
    let (over, columns) = Side::of(&of_columns, with_missing, lang);
    let mut places: Vec<usize> = crossing.row.places.iter().chain(&crossing.column.places).copied().collect();
    let first = places.len();
    places.extend(weights.into_iter().flat_map(|weights| weights.places.iter().copied()));
    let pass = Streamed { pass: Pass::of(figures, cut, places)?, ended: RefCell::new(None) };
    let weigh =
        |row: &[Cell]| weights.map_or(1.0, |weights| weights.of(&row[first..first + weights.places.len()]));
    let weigh = weights.map(|_| &weigh as Weigh<'_>);
    let table = Crosstab::weighed(&pass, &down, &over, &Filter::all(), weigh);
    let group = pass.ended.into_inner().unwrap_or(Ok(Group { size: 0, of: 0 }))?;
    let shown = table.shown((rows.is_several, columns.is_several), RULE);
    Ok(Crossed { group, rows, columns, table: shown, is_weighted: weights.is_some() })
}

/// The responses of a group as rows for the statistics, and how the going through them ended.
struct Streamed {
    pass: Pass,
    ended: RefCell<Option<Result<Group, CutError>>>,
}

impl Rows for Streamed {
    fn each(&self, see: &mut dyn FnMut(&[Cell])) {
        let ended = self.pass.all(see);
        *self.ended.borrow_mut() = Some(ended);
    }
}
