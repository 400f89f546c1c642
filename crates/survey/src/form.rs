//! The way through a survey as a form: the names of its fields, what was posted, and what comes next.
//!
//! The renderer writes these names, the browser's module and the collector read them: a form that is posted without
//! any script and one that is driven in the browser go the same way.

mod go;

use crate::answer::{Answer, Answers};
use crate::check::{check_page, sent};
use crate::definition::{Question, Survey};
use crate::domain::{Domain, Fields, words::read_text};
use crate::problem::{Code, Problem};
use crate::response::assistance;
use crate::route::{At, Occasion, Route};
pub use go::Go;
use serde_json::{Map, Value};

/// The index of the page that the form shows, or [`REVIEW`].
pub const PAGE: &str = "_page";
/// Stands for the page on which the answers are checked.
pub const REVIEW: &str = "review";
/// Answers of other pages, as a JSON object: carried along, never trusted.
pub const CARRIED: &str = "_answers";
/// Names of the questions that have been shown so far, separated by spaces.
pub const SHOWN: &str = "_shown";
/// There when the citizen changes an answer and goes back to checking them all.
pub const CHANGING: &str = "_changing";
/// The button, as [`Go`] spells it.
pub const GO: &str = "_go";
/// The language.
pub const LANG: &str = "_lang";
/// The id of the response.
pub const ID: &str = "_id";
/// The version that the form was made from.
pub const VERSION: &str = "_version";
/// The seed of its random orders.
pub const SEED: &str = "_seed";
/// The pace at which the survey is asked, where it is not the pages of the author's: indexes of pages are those of the
/// survey at this pace.
pub const PACE: &str = "_pace";
/// Who helps with answering, one of [`crate::response::ASSISTANCE`].
pub const ASSISTED: &str = "_assisted";

/// A posted form.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// All answers so far.
    pub answers: Answers,
    /// What was shown.
    pub at: At,
    /// Which questions have been shown so far, when the form says.
    pub shown: Option<Vec<String>>,
    /// Whether an answer is being changed on the way to sending.
    pub changing: bool,
    /// Which button.
    pub go: Go,
    /// Its language.
    pub lang: Option<String>,
    /// The id of the response.
    pub id: Option<String>,
    /// The version of the survey.
    pub version: Option<String>,
    /// The seed of its random orders.
    pub seed: Option<u32>,
    /// Who helps with answering, one of [`crate::response::ASSISTANCE`]; `None` when nobody said.
    pub assisted: Option<&'static str>,
}

impl Default for Posted {
    fn default() -> Self {
        Self {
            answers: Answers::default(),
            at: At::Page(0),
            shown: None,
            changing: false,
            go: Go::Next,
            lang: None,
            id: None,
            version: None,
            seed: None,
            assisted: None,
        }
    }
}

/// Where a citizen is after pressing a button.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Here, with what is wrong.
    At {
        /// The page, or where answers are checked.
        at: At,
        /// What must be mended before going on.
        problems: Vec<Problem>,
    },
    /// Done: these answers can be kept.
    Send(Answers),
}

impl Step {
    fn at(at: At) -> Self {
        Self::At { at, problems: Vec::new() }
    }
}

impl Posted {
    /// Reads the fields of a posted form. The survey is the one that the form was made from, at its pace.
    ///
    /// # Errors
    /// Fields that our form does not have and values that none of our controls sends.
    pub fn read(
        survey: &Survey,
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut fields: Vec<(String, String)> = pairs.into_iter().collect();
        let mut take = |name: &str| take(&mut fields, name);
        let mut own = |name: &str| take(name).pop();
        let last = survey.pages.len().saturating_sub(1);
        let page = own(PAGE).unwrap_or_default();
        // Who made out the survey has read it.
        own(PACE);
        let assisted = own(ASSISTED);
        let mut posted = Self {
            at: if page == REVIEW { At::Review } else { At::Page(page.parse().unwrap_or(0).min(last)) },
            shown: own(SHOWN).map(|names| names.split_whitespace().map(str::to_owned).collect()),
            changing: own(CHANGING).is_some(),
            go: own(GO).map_or(Go::Next, |go| Go::read(&go)),
            lang: own(LANG),
            id: own(ID),
            version: own(VERSION),
            seed: own(SEED).and_then(|seed| seed.parse().ok()),
            assisted: assisted.as_deref().and_then(assistance),
            answers: carried(survey, own(CARRIED).as_deref())?,
        };
        let mut problems = Vec::new();
        if assisted.is_some() && posted.assisted.is_none() {
            problems.push(Problem::at(Code::UnknownOption, ASSISTED));
        }
        if let At::Page(page) = posted.at {
            for question in &survey.pages[page].questions {
                problems.extend(read_question(question, &mut take, &mut posted.answers));
            }
        }
        problems.extend(fields.iter().map(|(name, _)| Problem::at(Code::UnknownField, name)));
        if problems.is_empty() { Ok(posted) } else { Err(problems) }
    }

    /// Adds an entry to a group, or takes one away.
    fn edit_entries(&mut self, survey: &Survey, name: &str, remove: Option<usize>) {
        let Some(question) = survey.question(name) else { return };
        let Domain::Entries(group) = &question.domain else { return };
        let mut entries = match self.answers.get(name) {
            Some(Answer::Entries(entries)) => entries.clone(),
            _ => Vec::new(),
        };
        match remove {
            Some(entry) if entry < entries.len() => _ = entries.remove(entry),
            // The first one stands on the screen before anything is in it.
            None => entries.resize((entries.len().max(1) + 1).min(group.max), Answers::default()),
            Some(_) => {}
        }
        self.answers.set(name, (!entries.is_empty()).then_some(Answer::Entries(entries)));
    }
}

/// Takes the values of the fields with this name.
fn take(fields: &mut Vec<(String, String)>, name: &str) -> Vec<String> {
    let mut values = Vec::new();
    fields.retain_mut(|(other, value)| {
        let taken = other == name;
        if taken {
            values.push(std::mem::take(value));
        }
        !taken
    });
    values
}

/// Where the button leads. The answers stay as they are: one that is hidden now may be shown again.
#[must_use]
pub fn step(survey: &Survey, posted: &mut Posted, occasion: Occasion) -> Step {
    match posted.go.clone() {
        Go::Next => return onwards(survey, posted, occasion),
        Go::Back => {
            let route = Route::of(survey, &posted.answers, occasion);
            posted.changing = false;
            posted.at = route.before(survey, posted.at).unwrap_or(posted.at);
        }
        Go::Change(page) => {
            posted.changing = true;
            posted.at = At::Page(page.min(survey.pages.len().saturating_sub(1)));
        }
        // Whoever keeps something does so, here or elsewhere.
        Go::Keep | Go::Forget => {}
        Go::Language(lang) => posted.lang = Some(lang),
        // Whoever has the survey at the other pace goes on there.
        Go::Pace(_) => {}
        Go::Add(name) => posted.edit_entries(survey, &name, None),
        Go::Remove(name, entry) => posted.edit_entries(survey, &name, Some(entry)),
    }
    Step::at(posted.at)
}

fn onwards(survey: &Survey, posted: &mut Posted, occasion: Occasion) -> Step {
    let route = Route::of(survey, &posted.answers, occasion);
    let At::Page(page) = posted.at else {
        return move_on(survey, posted, occasion, route.after(survey, At::Review));
    };
    if reveals(survey, &route, page, posted) {
        return Step::at(posted.at);
    }
    let problems = check_page(survey, &route, page, &posted.answers);
    if !problems.is_empty() {
        return mend(survey, posted, problems);
    }
    let next = if posted.changing { newly_asked(survey, &route, posted) } else { None };
    let next = match next {
        Some(page) => Some(At::Page(page)),
        None if posted.changing && route.is_reviewed(survey) => {
            posted.changing = false;
            Some(At::Review)
        }
        None => route.after(survey, posted.at),
    };
    move_on(survey, posted, occasion, next)
}

fn move_on(survey: &Survey, posted: &mut Posted, occasion: Occasion, next: Option<At>) -> Step {
    match next {
        Some(at) => {
            posted.at = at;
            Step::at(at)
        }
        None => send(survey, posted, occasion),
    }
}

/// Carried answers are not trusted: the whole response is checked, and its first faulty page is shown again.
fn send(survey: &Survey, posted: &mut Posted, occasion: Occasion) -> Step {
    let route = Route::of(survey, &posted.answers, occasion);
    // What is typed and cannot be read is among them, and the entries have the numbers that they have on the screen.
    for page in 0..survey.pages.len() {
        let problems = check_page(survey, &route, page, &posted.answers);
        if !problems.is_empty() {
            posted.at = At::Page(page);
            return mend(survey, posted, problems);
        }
    }
    Step::Send(sent(route.answers()))
}

/// Leads to the page of the first problem, with those that can be mended there. One question a page, a rule stands at
/// the end of its page and its message at a question before.
fn mend(survey: &Survey, posted: &mut Posted, mut problems: Vec<Problem>) -> Step {
    let page_of = |problem: &Problem| problem.question.as_deref().and_then(|name| page_of(survey, name));
    if let Some(page) = problems.first().and_then(page_of) {
        posted.at = At::Page(page);
        problems.retain(|problem| page_of(problem) == Some(page));
    }
    Step::At { at: posted.at, problems }
}

/// The page of the question that a problem is at: a variable, its "other", or a question inside an entry.
#[must_use]
pub fn page_of(survey: &Survey, name: &str) -> Option<usize> {
    let outer = name.split('.').next().unwrap_or(name);
    Some(survey.place(outer).or_else(|| survey.place(outer.strip_suffix("_other")?))?.0)
}

/// Whether the answers show a question on this page that was not there to be answered: without a script it appears only
/// when the form is posted.
fn reveals(survey: &Survey, route: &Route, page: usize, posted: &Posted) -> bool {
    posted.shown.as_ref().is_some_and(|seen| has_unseen(survey, route, page, seen))
}

fn has_unseen(survey: &Survey, route: &Route, page: usize, seen: &[String]) -> bool {
    let questions = survey.pages[page].questions.iter().enumerate();
    let mut shown =
        questions.filter(|(index, question)| route.shows((page, *index)) && question.domain.is_asked());
    shown.any(|(_, question)| !seen.contains(&question.name))
}

/// The first page with a question that a changed answer leads to for the first time.
fn newly_asked(survey: &Survey, route: &Route, posted: &Posted) -> Option<usize> {
    let seen = posted.shown.as_ref()?;
    let mut at = Some(At::Page(route.first(survey)));
    while let Some(At::Page(page)) = at {
        if has_unseen(survey, route, page, seen) {
            return Some(page);
        }
        at = route.after(survey, At::Page(page));
    }
    None
}

fn carried(survey: &Survey, json: Option<&str>) -> Result<Answers, Vec<Problem>> {
    let Some(json) = json else { return Ok(survey.defaults()) };
    let map: Map<String, Value> =
        serde_json::from_str(json).map_err(|_| vec![Problem::at(Code::Malformed, CARRIED)])?;
    Answers::read_carried(survey, &map)
}

/// Takes the fields of one question and sets its answer and that of its "other". The problems, when there are values
/// that none of our controls sends.
pub fn read_question(question: &Question, fields: &mut Fields<'_>, answers: &mut Answers) -> Vec<Problem> {
    // What the page gave is not on the screen; the form carries it.
    if !question.domain.is_asked() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut set = |name: &str, read: Result<Option<Answer>, Code>| match read {
        Ok(answer) => _ = answers.set(name, answer),
        Err(code) => problems.push(Problem::at(code, name)),
    };
    set(&question.name, question.read_form("", fields));
    if question.other().is_some() {
        let other = question.other_name();
        set(&other, read_text(&fields(&other)));
    }
    problems
}

/// Names of the questions that have been shown, those of `page` among them, for the field [`SHOWN`].
#[must_use]
pub fn shown_names(survey: &Survey, page: usize, route: &Route, before: &[String]) -> Vec<String> {
    let mut names = before.to_vec();
    for (index, question) in
        survey.pages.get(page).into_iter().flat_map(|page| page.questions.iter().enumerate())
    {
        if route.shows((page, index)) && !names.contains(&question.name) {
            names.push(question.name.clone());
        }
    }
    names
}
