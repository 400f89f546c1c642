//! Drop-down lists: one, or several each within what was chosen in the one before.

use crate::node::{Element, Node, element};
use crate::question::Asked;
use crate::session::Session;
use leptos::prelude::*;
use std::sync::Arc;
use survey::domain::options::depth;
use survey::{Answer, Choice, Question, Survey};

/// The labels of the lists of places, from the outermost.
const LEVELS: [&str; 3] = ["region", "district", "settlement"];

/// The field of a question with one list.
pub(super) fn field(asked: &Asked<'_>) -> Element {
    let chosen = code(asked.answer.as_ref());
    let choices = asked.session.in_order(asked.question.shuffle, &asked.question.name, &asked.question.choices);
    let select = select(&asked.name, &asked.name);
    if choices.iter().all(|choice| choice.show_if.is_none()) {
        return select.children(options(asked.session, &choices, chosen));
    }
    // Options that come and go: a hidden one could still be reached with the arrow keys.
    let (session, place, question) = (asked.session.clone(), asked.place(), asked.question.clone());
    select.live(move || {
        let choices = session.in_order(question.shuffle, &question.name, &question.choices);
        let offered = session.route.with(|route| {
            choices.into_iter().filter(|choice| route.offers(place, choice.code)).collect::<Vec<_>>()
        });
        let chosen = session.answers.with_untracked(|answers| code(answers.get(&question.name)));
        options(&session, &offered, chosen)
    })
}

fn code(answer: Option<&Answer>) -> Option<i64> {
    match answer {
        Some(Answer::Code(code)) => Some(*code),
        _ => None,
    }
}

fn select(id: &str, name: &str) -> Element {
    element("select").attr("part", "input").attr("id", id).attr("name", name)
}

/// A first line that chooses nothing, and the options.
fn options(session: &Session, choices: &[&Choice], chosen: Option<i64>) -> Vec<Node> {
    let none = element("option").attr("value", "").text(session.word("choose")).into();
    let option = |choice: &&Choice| {
        element("option")
            .attr("value", &choice.code.to_string())
            .flag("selected", chosen == Some(choice.code))
            .text(&session.say(&choice.text))
            .into()
    };
    std::iter::once(none).chain(choices.iter().map(option)).collect()
}

/// A list for each level. One below another is empty until that has been answered.
pub(super) fn cascade(asked: &Asked<'_>, levels: usize) -> Vec<Node> {
    (1..=levels.min(LEVELS.len())).map(|level| of_level(asked, level)).collect()
}

fn of_level(asked: &Asked<'_>, level: usize) -> Node {
    let id = asked.id(&level.to_string());
    let name = format!("{}.{level}", asked.name);
    let label = element("label").attr("for", &id).text(asked.session.word(LEVELS[level - 1]));
    let (session, question) = (asked.session.clone(), asked.question.name.clone());
    let survey = Arc::clone(&session.fixed.survey);
    // Only what is chosen above decides what is offered here.
    let path = Memo::new(move |_| session.answers.with(|answers| path(&survey, &question, answers.get(&question))));
    let (session, question) = (asked.session.clone(), asked.question.clone());
    let above = Memo::new(move |_| path.with(|path| path.get(..level - 1).and_then(|above| above.last().copied())));
    let has_above = move || level == 1 || above.get().is_some();
    let select = select(&id, &name).live(move || {
        let within = if has_above() { above.get() } else { Some(i64::MIN) };
        let choices: Vec<&Choice> = question.choices.iter().filter(|choice| choice.within == within).collect();
        let chosen = path.with_untracked(|path| path.get(level - 1).copied());
        options(&session, &choices, chosen)
    });
    element("div").class("part").child(label).child(select).into()
}

/// The chosen places from the outermost inwards.
fn path(survey: &Survey, name: &str, answer: Option<&Answer>) -> Vec<i64> {
    let Some(question) = survey.question(name) else { return Vec::new() };
    let mut path = Vec::new();
    let mut at = code(answer).and_then(|code| find(question, code));
    while let Some(choice) = at.filter(|choice| depth(question, choice) + path.len() <= LEVELS.len()) {
        path.insert(0, choice.code);
        at = choice.within.and_then(|code| find(question, code));
    }
    path
}

fn find(question: &Question, code: i64) -> Option<&Choice> {
    question.choices.iter().find(|choice| choice.code == code)
}
