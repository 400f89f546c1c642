//! The way through a survey as a form: the names of its fields, what was posted, and which page comes next.
//!
//! The renderer writes these names, the browser's module and the collector read them: a form that is posted without
//! any script and one that is driven in the browser go the same way.

use crate::answer::{Answer, Answers};
use crate::check::{check, check_page, shown_answers};
use crate::definition::{Page, Question, Survey};
use crate::kind::text::text_from_form;
use crate::problem::{Code, Problem};
use crate::route::Route;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The index of the page that the form shows.
pub const PAGE: &str = "_page";
/// Answers of other pages, as a JSON object: carried along, never trusted.
pub const CARRIED: &str = "_answers";
/// Names of the questions that were shown when the page was made, separated by spaces.
pub const SHOWN: &str = "_shown";
/// `back` or `next`: the button.
pub const GO: &str = "_go";
/// The language.
pub const LANG: &str = "_lang";
/// The id of the response.
pub const ID: &str = "_id";
/// The version that the form was made from.
pub const VERSION: &str = "_version";

/// Which button was pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Go {
    /// To the page before.
    Back,
    /// Onwards: to the next page, or send.
    #[default]
    Next,
}

/// A posted form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Posted {
    /// All answers so far.
    pub answers: Answers,
    /// The page that was shown.
    pub page: usize,
    /// Which questions were shown on it, when the form says.
    pub shown: Option<Vec<String>>,
    /// Which button.
    pub go: Go,
    /// Its language.
    pub lang: Option<String>,
    /// The id of the response.
    pub id: Option<String>,
    /// The version of the survey.
    pub version: Option<String>,
}

/// Where a citizen is after pressing a button.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// On this page, with what is wrong on it.
    Page {
        /// Its index.
        page: usize,
        /// What must be mended before going on.
        problems: Vec<Problem>,
    },
    /// Done: these answers can be kept.
    Send(Answers),
}

impl Posted {
    /// Reads the fields of a posted form.
    ///
    /// # Errors
    /// Fields that our form does not have and values that none of our controls sends.
    pub fn read(
        survey: &Survey,
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        let mut own = |name: &str| fields.remove(name).and_then(|mut values| values.pop());
        let mut posted = Self {
            page: own(PAGE).and_then(|page| page.parse().ok()).unwrap_or(0).min(survey.pages.len() - 1),
            shown: own(SHOWN).map(|names| names.split_whitespace().map(str::to_owned).collect()),
            go: if own(GO).as_deref() == Some("back") { Go::Back } else { Go::Next },
            lang: own(LANG),
            id: own(ID),
            version: own(VERSION),
            answers: carried(survey, own(CARRIED).as_deref())?,
        };
        let mut problems = Vec::new();
        for question in &survey.pages[posted.page].questions {
            problems.extend(read_question(question, &mut fields, &mut posted.answers));
        }
        problems.extend(fields.keys().map(|name| Problem::at(Code::UnknownField, name)));
        if problems.is_empty() { Ok(posted) } else { Err(problems) }
    }
}

/// Where the button leads. The answers stay as they are: one that is hidden now may be shown again.
#[must_use]
pub fn step(survey: &Survey, posted: &Posted) -> Step {
    let route = Route::of(survey, &posted.answers);
    let page = posted.page;
    if posted.go == Go::Back {
        return Step::Page { page: route.before(page).unwrap_or(page), problems: Vec::new() };
    }
    if reveals(survey, &route, posted) {
        return Step::Page { page, problems: Vec::new() };
    }
    let problems = check_page(survey, &route, page, &posted.answers);
    if !problems.is_empty() {
        return Step::Page { page, problems };
    }
    match route.after(page) {
        Some(page) => Step::Page { page, problems: Vec::new() },
        None => send(survey, posted),
    }
}

/// Carried answers are not trusted: the whole response is checked, and its first faulty page is shown again.
fn send(survey: &Survey, posted: &Posted) -> Step {
    let answers = shown_answers(survey, &posted.answers);
    let problems = check(survey, &answers);
    let page_of = |problem: &Problem| {
        let name = problem.question.as_deref()?;
        Some(survey.place(name).or_else(|| survey.place(name.strip_suffix("_other")?))?.0)
    };
    match problems.iter().filter_map(page_of).min() {
        Some(page) => {
            Step::Page { page, problems: problems.into_iter().filter(|p| page_of(p) == Some(page)).collect() }
        }
        None => Step::Send(answers),
    }
}

/// Whether the answers show a question on this page that was not there to be answered: without a script it appears only
/// when the form is posted.
fn reveals(survey: &Survey, route: &Route, posted: &Posted) -> bool {
    let Some(shown) = &posted.shown else { return false };
    let questions = survey.pages[posted.page].questions.iter().enumerate();
    let mut appeared = questions.filter(|(index, _)| route.shows((posted.page, *index)));
    appeared.any(|(_, question)| !shown.contains(&question.name))
}

fn carried(survey: &Survey, json: Option<&str>) -> Result<Answers, Vec<Problem>> {
    let Some(json) = json else { return Ok(Answers::default()) };
    let map: Map<String, Value> =
        serde_json::from_str(json).map_err(|_| vec![Problem::at(Code::Malformed, CARRIED)])?;
    Answers::read(survey, &map)
}

/// The answer to a question from the values of the fields with its name.
///
/// # Errors
/// [`Code::WrongType`] for values that none of our controls sends.
pub fn read_answer(question: &Question, values: &[&str]) -> Result<Option<Answer>, Code> {
    question.kind.read_form(values)
}

/// The words of a question's "other" option from the values of the fields with its name.
///
/// # Errors
/// As [`read_answer`], and for words where there is no such option.
pub fn read_other(question: &Question, values: &[&str]) -> Result<Option<Answer>, Code> {
    match (question.other(), values) {
        (None, []) => Ok(None),
        (None, _) => Err(Code::UnknownField),
        (Some(_), values) => text_from_form(values),
    }
}

/// Takes the fields of one question out of `fields` and sets its answer and that of its "other".
fn read_question(
    question: &Question,
    fields: &mut BTreeMap<String, Vec<String>>,
    answers: &mut Answers,
) -> Vec<Problem> {
    let mut read = |name: &str, read: fn(&Question, &[&str]) -> Result<Option<Answer>, Code>| {
        let values = fields.remove(name).unwrap_or_default();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        read(question, &values)
            .map(|answer| answers.set(name, answer))
            .map_err(|code| Problem::at(code, name))
    };
    let answer = read(&question.name, read_answer);
    let other = read(&question.other_name(), read_other);
    [answer.err(), other.err()].into_iter().flatten().collect()
}

/// Names of the questions of a page that are shown now, for the field [`SHOWN`].
#[must_use]
pub fn shown_names(page: &Page, index: usize, route: &Route) -> String {
    let shown = page.questions.iter().enumerate().filter(|(question, _)| route.shows((index, *question)));
    shown.map(|(_, question)| question.name.as_str()).collect::<Vec<_>>().join(" ")
}
