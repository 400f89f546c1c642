//! Drop-down lists: one, or several each within what was chosen in the one before.

use crate::node::{Element, Node, element};
use crate::question::Asked;
use crate::session::Session;
use survey::domain::options::depth;
use survey::{Answer, Choice, Question, Survey};

/// Stands for the place above the outermost list.
const NO_PLACE: usize = usize::MAX;
/// Stands for a place that is yet to be chosen.
const NOT_YET: usize = usize::MAX - 1;

/// The labels of the lists of places, from the outermost.
const LEVELS: [&str; 3] = ["region", "district", "settlement"];

/// The field of a question with one list.
pub(super) fn field(asked: &Asked<'_>) -> Element {
    let chosen = code(asked.answer.as_ref());
    let choices =
        asked.session.in_order(asked.question.shuffle, &asked.question.name, &asked.question.choices);
    let select = select(&asked.name, &asked.name);
    if choices.iter().all(|choice| choice.show_if.is_none()) {
        return select.children(options(asked.session, &choices, chosen));
    }
    // Options that come and go: a hidden one could still be reached with the arrow keys.
    let (session, place, name) = (asked.session.clone(), asked.place(), asked.question.name.clone());
    let of = session.clone();
    // A number for what is offered: the list stays as it is, and open, while other answers change.
    let offered = move || {
        let Some(question) = of.fixed.survey.pages.get(place.0).and_then(|page| page.questions.get(place.1))
        else {
            return 0;
        };
        of.route.with(|route| {
            question.choices.iter().fold(1, |sum: usize, choice| {
                sum.wrapping_mul(31).wrapping_add(usize::from(route.offers(place, choice.code)))
            })
        })
    };
    select.live_by(offered, move |_| {
        let Some(question) = session.fixed.survey.question(&name) else { return Vec::new() };
        let choices = session.in_order(question.shuffle, &question.name, &question.choices);
        let offered = session.route.with_untracked(|route| {
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
    // Only what is chosen above decides what is offered here.
    let above = move || match level {
        1 => NO_PLACE,
        _ => {
            let path = session
                .answers
                .with(|answers| path(&session.fixed.survey, &question, answers.get(&question)));
            path.get(level - 2).map_or(NOT_YET, |code| usize::try_from(*code).unwrap_or(NOT_YET))
        }
    };
    let (session, question) = (asked.session.clone(), asked.question.name.clone());
    let select = select(&id, &name).live_by(above, move |above| of_place(&session, &question, level, above));
    element("div").class("part").child(label).child(select).into()
}

/// The options of one level, within the place that is chosen above.
fn of_place(session: &Session, name: &str, level: usize, above: usize) -> Vec<Node> {
    let Some(question) = session.fixed.survey.question(name) else { return Vec::new() };
    let within = i64::try_from(above).ok().filter(|_| above != NO_PLACE);
    let offered = question.choices.iter().filter(|choice| above != NOT_YET && choice.within == within);
    let path = session.answers.with_untracked(|answers| path(&session.fixed.survey, name, answers.get(name)));
    options(session, &offered.collect::<Vec<_>>(), path.get(level - 1).copied())
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
