//! Cutting: the responses of one group, counted, and any question by any other.
//!
//! Here is the group: what an address says of it in the words of an export, which responses are in it, and whether it is
//! large enough to be shown (domain DC6). What can be crossed is in `cuts/variables.rs`, the tables are in
//! `cuts/cross.rs`, and what responses weigh in `cuts/weights.rs`. Who may ask for any of this is the console's business.

mod cross;
mod variables;
mod weights;

use crate::export::quality::Flagged;
use crate::export::{OptionError, Options};
use crate::figures::{Asked, Begun, Figures, FiguresError, Span};
use crate::store::Extent;
use analysis::Counts;
use analysis::disclosure::{Refused, Rule, may_cut};
use analysis::filter::Filter;
use analysis::quality::Flag;
use std::collections::BTreeMap;
use survey::Missing;
use survey::columns::Cell;

pub(crate) use cross::{Crossed, Crossing, cross};
pub(crate) use variables::{Crossable, crossable};
pub(crate) use weights::{Beside as Weighed, NamedMargin, Weights, WeightsError, beside, weigh, weigh_rows};

/// The options of an export that say which responses are wanted.
pub(crate) const NAMES: [&str; 7] = ["from", "to", "language", "channel", "version", "where", "flags"];

/// Counts of fewer people than this are hidden, also from whoever may download the responses: what is on a screen is
/// printed and handed on.
pub(crate) const RULE: Rule = Rule::INTERNAL;

/// Which responses are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cut(Options);

/// A group of responses that may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// How many are in it.
    pub(crate) size: u64,
    /// Of how many.
    pub(crate) of: u64,
}

/// Why nothing is shown of a group.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CutError {
    /// What was asked for and there is not.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// It would tell about a few.
    #[error("the group would tell about a few")]
    Few(Refused),
    /// A variable has more categories than anybody could read.
    #[error("too many categories")]
    Many,
    /// The figures cannot be read.
    #[error(transparent)]
    Figures(#[from] FiguresError),
}

impl Cut {
    /// Reads it out of an address.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, OptionError> {
        Options::read(|name| if NAMES.contains(&name) { get(name) } else { None }).map(Self)
    }

    /// Whether every response is in it.
    pub(crate) fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// How many responses meet exactly which conditions, the first condition being the first bit.
type Atoms = BTreeMap<u64, u64>;

/// Everything that is counted of the responses of a group. It is remembered, and gone on with when more have come.
pub(crate) async fn counted(figures: &Figures, cut: &Cut) -> Result<(Group, Counts), CutError> {
    let (figures, cut) = (figures.clone(), cut.clone());
    in_background(move || {
        let pass = Pass::of(&figures, &cut, (0..figures.columns().len()).collect())?;
        let known =
            figures.kept_up(&format!("group {cut:?}"), |begun, until| pass.gone_on_with(begun, until));
        let (atoms, counts) = &*known?.content;
        Ok((pass.group(atoms)?, counts.clone()))
    })
    .await
}

/// How many responses bear each flag, of how many that could be judged; with the usual time in milliseconds.
pub(crate) async fn noticed(figures: &Figures) -> Result<(Vec<Noticed>, Option<f64>), CutError> {
    let figures = figures.clone();
    in_background(move || {
        let asked = Asked { condition: None, flags: true };
        let known = figures.kept_up("noticed", |_, until| {
            let mut noticed = Flag::ALL.map(|flag| Noticed { flag, bear: 0, judged: 0 });
            for row in figures.rows_beside(&[], &asked, Span { until, ..Span::default() })? {
                for (noticed, cell) in noticed.iter_mut().zip(&row?) {
                    noticed.judged += u64::from(matches!(cell, Cell::Code(_)));
                    noticed.bear += u64::from(*cell == Cell::Code(1));
                }
            }
            Ok::<_, CutError>((noticed.to_vec(), figures.usual_time()?))
        })?;
        Ok((known.content.0.clone(), known.content.1))
    })
    .await
}

/// How often one thing was noticed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noticed {
    pub(crate) flag: Flag,
    pub(crate) bear: u64,
    pub(crate) judged: u64,
}

/// Reading rows blocks: it is done on a thread that may wait. Where something was taken back meanwhile, it is done again.
async fn in_background<T: Send + 'static>(
    work: impl Fn() -> Result<T, CutError> + Send + 'static,
) -> Result<T, CutError> {
    let steadily = move || {
        let is_over =
            |done: &Result<T, CutError>| !matches!(done, Err(CutError::Figures(FiguresError::Changed)));
        (0..TRIES).map(|_| work()).find(is_over).unwrap_or(Err(FiguresError::Changed.into()))
    };
    let done = tokio::task::spawn_blocking(steadily).await;
    done.map_err(|error| FiguresError::Unreadable(Box::new(error)))?
}

/// Somebody takes a response back while a group is counted: rarely, and hardly ever so often.
const TRIES: usize = 5;

/// Going through all responses once, with the cells that are wanted of each.
struct Pass {
    figures: Figures,
    /// The columns that are wanted, then those of the envelope that conditions ask.
    places: Vec<usize>,
    asked: Asked,
    /// Each alone, so that groups of fewer of them can be counted too.
    conditions: Vec<Filter>,
}

/// The columns of the envelope that conditions ask, in this order after those that are wanted.
const ASKED: [&str; 4] = ["response_day", "response_language", "response_channel", "response_version"];

impl Pass {
    fn of(figures: &Figures, cut: &Cut, mut places: Vec<usize>) -> Result<Self, CutError> {
        let day = places.len();
        let (language, channel, version) = (day + 1, day + 2, day + 3);
        places.extend(ASKED.iter().filter_map(|name| figures.place(name)));
        let options = &cut.0;
        let mut next = places.len();
        let mut asked = Asked::default();
        let is_days = options.from.is_some() || options.to.is_some();
        let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let mut conditions: Vec<Filter> = [
            is_days.then(|| Filter::all().within(day, text(options.from), text(options.to))),
            options.language.as_ref().map(|tag| Filter::all().is(language, tag)),
            options.channel.as_ref().map(|name| Filter::all().is(channel, name)),
            options.version.as_ref().map(|name| Filter::all().begins(version, name)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(condition) = &options.condition {
            figures.condition(condition)?;
            asked.condition = Some(condition.clone());
            conditions.push(Filter::all().with(next, [1]));
            next += 1;
        }
        if let Some(flags) = options.flags {
            asked.flags = true;
            conditions.push(of_flags(flags, next));
        }
        Ok(Self { figures: figures.clone(), places, asked, conditions })
    }

    /// Counts the group where there is nothing of it yet, or only what came since. A flag is one beside all others: with
    /// each response that comes it may be another.
    fn gone_on_with(
        &self,
        begun: Option<Begun<(Atoms, Counts)>>,
        until: Extent,
    ) -> Result<(Atoms, Counts), CutError> {
        let (columns, shapes) = (self.figures.columns(), self.figures.shapes());
        let begun = begun.filter(|_| !self.asked.flags);
        let after = begun.as_ref().map_or_else(Extent::default, |begun| begun.extent);
        let begun = begun.map(|begun| <(Atoms, Counts)>::clone(&begun.content));
        let (mut atoms, mut counts) = begun.unwrap_or_else(|| (Atoms::new(), Counts::of(columns, shapes)));
        self.each(Span { after, until }, &mut atoms, &mut |row| counts.add(columns, shapes, row))?;
        Ok((atoms, counts))
    }

    /// Shows each response of the group in a part of all, and counts which conditions each of that part meets.
    fn each(&self, span: Span, atoms: &mut Atoms, see: &mut dyn FnMut(&[Cell])) -> Result<(), CutError> {
        let all = (1_u64 << self.conditions.len()) - 1;
        for row in self.figures.rows_beside(&self.places, &self.asked, span)? {
            let row = row?;
            let bit = |(place, condition): (usize, &Filter)| u64::from(condition.holds(&row)) << place;
            let met = self.conditions.iter().enumerate().map(bit).sum();
            *atoms.entry(met).or_default() += 1;
            if met == all {
                see(&row);
            }
        }
        Ok(())
    }

    /// Shows each response of the group there is, and says whether it may be shown.
    fn all(&self, see: &mut dyn FnMut(&[Cell])) -> Result<Group, CutError> {
        let until = self.figures.extent()?;
        let mut atoms = Atoms::new();
        self.each(Span { until, ..Span::default() }, &mut atoms, see)?;
        self.group(&atoms)
    }

    /// The group, if it may be shown.
    fn group(&self, atoms: &Atoms) -> Result<Group, CutError> {
        let of = atoms.values().sum();
        let conditions = u32::try_from(self.conditions.len()).unwrap_or(u32::MAX);
        let size = may_cut(atoms, conditions, RULE).map_err(CutError::Few)?;
        Ok(Group { size, of })
    }
}

/// What was noticed stands in columns of 0 and 1 from `first` on, or cannot be judged.
fn of_flags(flags: Flagged, first: usize) -> Filter {
    let not = [0, Missing::NotApplicable.code()];
    match flags {
        Flagged::Nothing => {
            (0..Flag::ALL.len()).fold(Filter::all(), |filter, flag| filter.with(first + flag, not))
        }
        Flagged::With(wanted) => {
            let place = Flag::ALL.iter().position(|flag| *flag == wanted).unwrap_or_default();
            Filter::all().with(first + place, [1])
        }
    }
}
