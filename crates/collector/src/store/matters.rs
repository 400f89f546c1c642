//! Matters: what is followed after a response was kept, and what a store says of them.
//!
//! A matter is opened in the transaction that keeps its response, so that neither is there without the other. What becomes
//! of it is decided above: a store keeps how it stands and, beside it, everything that was done, which is only ever added
//! to. `docs/adr/0041-a-response-opens-a-matter.md` says why.

use super::{Position, StoreError, StoredResponse};
use crate::clock::Minute;
use crate::digest::Digest;
use async_trait::async_trait;
use matter::{MatterNumber, Shown, State};
use survey::calendar::Date;

/// What a response opens: a matter that was received and is under nobody's control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMatter {
    /// The year of its number: that of the day on which it came in, where the office is.
    pub year: u16,
    /// What it is about: the code of a topic, the anchor of a paragraph.
    pub subject: Option<String>,
    /// The id of the body that has it.
    pub body: Option<String>,
    /// The account of the one head who is responsible.
    pub responsible: Option<String>,
    /// On which day it is registered.
    pub registered: Option<Date>,
    /// The last day on which it is to be answered.
    pub due: Option<Date>,
    /// Whether everybody may see what was said.
    pub shown: Shown,
    /// Who says what of it.
    pub voice: Voice,
}

/// What the author of a response says of its subject and for whom, as codes of answers: what sums are kept of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// Whether they agree with it.
    pub stance: Option<i64>,
    /// Whether they speak for themselves.
    pub speaker: Option<i64>,
}

/// A matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The survey.
    pub survey: String,
    /// What citizens call it.
    pub number: MatterNumber,
    /// Where its response stands.
    pub response: Position,
    /// When it was opened.
    pub opened: Minute,
    /// Where it stands.
    pub state: State,
    /// What it is about: the code of a topic, the anchor of a paragraph.
    pub subject: Option<String>,
    /// The id of the body that has it.
    pub body: Option<String>,
    /// The account of the one head who is responsible.
    pub responsible: Option<String>,
    /// On which day it was registered.
    pub registered: Option<Date>,
    /// The last day on which it is to be answered.
    pub due: Option<Date>,
    /// Whether it is under control.
    pub control: bool,
    /// Whether everybody may see what was said.
    pub shown: Shown,
    /// The matter that says the same.
    pub same_as: Option<MatterNumber>,
    /// How often it was changed.
    pub revision: u64,
}

/// Something that was done to a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterEvent {
    /// Which change it was, counted from one.
    pub revision: u64,
    /// When.
    pub minute: Minute,
    /// The account that did it; empty for the citizen and the program.
    pub who: String,
    /// What, in one word.
    pub what: String,
    /// What was said with it: a JSON object.
    pub said: String,
    /// Whether the citizen sees it.
    pub public: bool,
}

/// Matters that are asked for. What is `None` may be anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatterFilter {
    /// In one of these states; in any where there are none.
    pub states: Vec<State>,
    /// About this.
    pub subject: Option<String>,
    /// With this body.
    pub body: Option<String>,
    /// In the hands of this head.
    pub responsible: Option<String>,
    /// Shown like this.
    pub shown: Option<Shown>,
    /// Of these alone.
    pub own: Option<Own>,
    /// Due on this day or after it.
    pub due_from: Option<Date>,
    /// Due before this day.
    pub due_before: Option<Date>,
    /// Under control.
    pub control: Option<bool>,
    /// Changed since they were opened; any where it is `false`.
    pub changed: bool,
    /// Saying the same as this one.
    pub same_as: Option<MatterNumber>,
    /// From the last to the first.
    pub newest_first: bool,
}

/// What is somebody's own: what they are responsible for, and what is with their bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The account.
    pub responsible: String,
    /// Ids of bodies.
    pub bodies: Vec<String>,
}

impl MatterFilter {
    /// Every text that a store is asked about, with the survey.
    pub(super) fn texts<'a>(&'a self, survey: &'a str) -> Vec<&'a str> {
        let own = self.own.iter().flat_map(|own| own.bodies.iter().chain([&own.responsible]));
        let one = [&self.subject, &self.body, &self.responsible].into_iter().flatten();
        one.chain(own).map(String::as_str).chain([survey]).collect()
    }
}

/// How many matters of a survey are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterCount {
    /// The state.
    pub state: State,
    /// Whether everybody sees them.
    pub shown: Shown,
    /// What they are about.
    pub subject: Option<String>,
    /// The body that has them.
    pub body: Option<String>,
    /// What their authors say.
    pub voice: Voice,
    /// How many.
    pub count: u64,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is done; this is the matter now.
    Done(Matter),
    /// Somebody else has changed it before; this is the matter now. Nothing was changed.
    Stale(Matter),
    /// There is no such matter.
    Unknown,
}

/// What is asked of a store about matters. [`super::Store`] has it as a part, and [`super::Store::keep`] opens one.
#[async_trait]
pub trait Matters: Send + Sync {
    /// The matter with this number.
    async fn matter(&self, survey: &str, number: MatterNumber) -> Result<Option<Matter>, StoreError>;

    /// The matter whose response has this receipt.
    async fn matter_with(&self, receipt: Digest) -> Result<Option<Matter>, StoreError>;

    /// The next matters of a survey in the order of their numbers, at most `limit`, after that of the last one read.
    async fn matters(
        &self,
        survey: &str,
        filter: &MatterFilter,
        after: Option<MatterNumber>,
        limit: usize,
    ) -> Result<Vec<Matter>, StoreError>;

    /// How many matters of a survey there are of each sort. Sums are kept up by whatever changes a matter; none is counted
    /// for this.
    async fn matter_counts(&self, survey: &str) -> Result<Vec<MatterCount>, StoreError>;

    /// What was done to a matter, in order.
    async fn matter_events(&self, survey: &str, number: MatterNumber)
    -> Result<Vec<MatterEvent>, StoreError>;

    /// Makes of a matter as it stood `before` what it is `after`, and notes the event as the next one, whatever revision it
    /// has. Number, survey, response and opening stay. Of two who do so at once, one is told.
    async fn change_matter(
        &self,
        before: &Matter,
        after: Matter,
        event: MatterEvent,
    ) -> Result<Changed, StoreError>;

    /// The responses at these positions, in order, but for those that were taken back.
    async fn responses_at(&self, positions: &[Position]) -> Result<Vec<StoredResponse>, StoreError>;
}

/// What a condition compares with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Text(String),
    Number(i64),
}

/// The end of a statement that selects matters, and what its places stand for: from `$2` on, after the survey.
pub(super) fn conditions(
    filter: &MatterFilter,
    after: Option<MatterNumber>,
    limit: usize,
) -> (String, Vec<Term>) {
    let mut terms = Vec::new();
    let mut sql = "WHERE survey = $1".to_owned();
    let texts = [
        ("subject =", filter.subject.clone()),
        ("body =", filter.body.clone()),
        ("responsible =", filter.responsible.clone()),
        ("due >=", filter.due_from.map(Date::to_text)),
        ("due <", filter.due_before.map(Date::to_text)),
    ];
    let numbers = [
        ("shown =", filter.shown.map(shown_code)),
        ("revision >", filter.changed.then_some(0)),
        ("control =", filter.control.map(i64::from)),
        ("same_year =", filter.same_as.map(|number| i64::from(number.year()))),
        ("same_serial =", filter.same_as.map(|number| i64::from(number.serial()))),
    ];
    let texts = texts.into_iter().filter_map(|(what, value)| Some((what, Term::Text(value?))));
    let numbers = numbers.into_iter().filter_map(|(what, value)| Some((what, Term::Number(value?))));
    for (what, term) in texts.chain(numbers) {
        terms.push(term);
        sql += &format!(" AND {what} ${}", terms.len() + 1);
    }
    if let Some(own) = &filter.own {
        let first = terms.len() + 2;
        terms.extend(std::iter::once(&own.responsible).chain(&own.bodies).cloned().map(Term::Text));
        let bodies: Vec<String> = (first + 1..terms.len() + 2).map(|place| format!("${place}")).collect();
        let bodies = if bodies.is_empty() { "NULL".to_owned() } else { bodies.join(", ") };
        sql += &format!(" AND (responsible = ${first} OR body IN ({bodies}))");
    }
    if !filter.states.is_empty() {
        // Words of ours.
        let states: Vec<String> = filter.states.iter().map(|state| format!("'{}'", state.name())).collect();
        sql += &format!(" AND state IN ({})", states.join(", "));
    }
    let (compare, order) = if filter.newest_first { ("<", "DESC") } else { (">", "ASC") };
    if let Some(after) = after {
        terms.extend([Term::Number(after.year().into()), Term::Number(after.serial().into())]);
        sql += &format!(" AND (year, serial) {compare} (${}, ${})", terms.len(), terms.len() + 1);
    }
    terms.push(Term::Number(i64::try_from(limit).unwrap_or(i64::MAX)));
    sql += &format!(" ORDER BY year {order}, serial {order} LIMIT ${}", terms.len() + 1);
    (sql, terms)
}

/// How it is kept whether everybody sees a matter.
pub(super) fn shown_code(shown: Shown) -> i64 {
    match shown {
        Shown::Waiting => 0,
        Shown::Shown => 1,
        Shown::Hidden => 2,
    }
}

/// The columns of a matter, in the order in which [`Row::matter`] wants them.
pub(super) const COLUMNS: &str = "year, serial, seq, minute, state, subject, body, responsible, registered, due, \
    control, shown, same_year, same_serial, revision";

/// What stands in these columns.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) number: (i64, i64),
    pub(super) seq: i64,
    pub(super) minute: i64,
    pub(super) state: String,
    pub(super) subject: Option<String>,
    pub(super) body: Option<String>,
    pub(super) responsible: Option<String>,
    pub(super) registered: Option<String>,
    pub(super) due: Option<String>,
    pub(super) control: i64,
    pub(super) shown: i64,
    pub(super) same: (Option<i64>, Option<i64>),
    pub(super) revision: i64,
}

impl Row {
    /// The matter; `None` for a row that no version of this program has written.
    pub(super) fn matter(self, survey: &str) -> Option<Matter> {
        Some(Matter {
            survey: survey.to_owned(),
            number: number(self.number)?,
            response: Position(self.seq),
            opened: Minute(self.minute),
            state: State::named(&self.state)?,
            subject: self.subject,
            body: self.body,
            responsible: self.responsible,
            registered: self.registered.as_deref().and_then(Date::parse),
            due: self.due.as_deref().and_then(Date::parse),
            control: self.control != 0,
            shown: shown(self.shown),
            same_as: self.same.0.zip(self.same.1).and_then(number),
            revision: u64::try_from(self.revision).ok()?,
        })
    }
}

/// Whether everybody sees a matter; what is not known is not shown.
pub(super) fn shown(code: i64) -> Shown {
    match code {
        0 => Shown::Waiting,
        1 => Shown::Shown,
        _ => Shown::Hidden,
    }
}

fn number((year, serial): (i64, i64)) -> Option<MatterNumber> {
    MatterNumber::new(year.try_into().ok()?, serial.try_into().ok()?)
}
