//! Answers in words: put into later texts, listed for checking, and saved by the citizen.

use crate::session::Session;
use survey::domain::{Domain, moment::Unit};
use survey::expression::Datum;
use survey::kind::WHOLE;
use survey::number::Number;
use survey::route::Route;
use survey::{Answer, Answers, Choice, Question};

/// What stands where an answer is asked for that was not given.
const NOTHING: &str = "…";

/// The answer that stands for a variable, inside a text.
pub(crate) fn of_variable(session: &Session, route: &Route, name: &str) -> String {
    let question = session.fixed.survey.question(name);
    let answer = question.and_then(|question| Some((question, route.answers().get(name)?)));
    match answer {
        Some((question, answer)) => session.fixed.words.list(&lines(
            session,
            question,
            &question.domain,
            answer,
            Some(route.answers()),
        )),
        None => route.value(name).map_or(NOTHING.to_owned(), |value| computed(session, value)),
    }
}

fn computed(session: &Session, value: &Datum) -> String {
    match value {
        Datum::Number(value) => number(session, *value),
        Datum::Code(code) => code.to_string(),
        Datum::Text(text) => text.clone(),
        Datum::Day(day) => moment(session, Unit::Day, &day.to_text()),
        Datum::Truth(truth) => session.word(if *truth { "yes" } else { "no" }).to_owned(),
        Datum::Nothing | Datum::Codes(_) => NOTHING.to_owned(),
    }
}

/// An answer, a line for each thing in it. `answers` hold the words of an "other".
pub(crate) fn lines(
    session: &Session,
    question: &Question,
    domain: &Domain,
    answer: &Answer,
    answers: Option<&Answers>,
) -> Vec<String> {
    let option = |code: &i64| label(session, question, *code, answers);
    match (domain, answer) {
        (_, Answer::Code(code)) => vec![option(code)],
        (Domain::Ranking { .. }, Answer::Codes(codes)) if WHOLE => codes
            .iter()
            .zip(1..)
            .map(|(code, place)| joined(&session.fixed.words.ordinal(place), &option(code)))
            .collect(),
        (_, Answer::Codes(codes)) => codes.iter().map(option).collect(),
        (Domain::Moment(asked), Answer::Text(text)) => vec![moment(session, asked.unit, text)],
        (_, Answer::Text(text)) => vec![text.clone()],
        (_, Answer::Number(value)) => vec![number(session, *value)],
        (Domain::Rows(rows), Answer::Rows(given)) if WHOLE => {
            let row = |(code, answer): &(i64, Answer)| {
                let cell = lines(session, question, &rows.cell, answer, None);
                joined(&of_code(session, &question.rows, *code), &session.fixed.words.list(&cell))
            };
            given.iter().map(row).collect()
        }
        (Domain::Entries(group), Answer::Entries(entries)) if WHOLE => {
            entries.iter().map(|entry| of_entry(session, &group.questions, entry)).collect()
        }
        (_, Answer::Typed(typed)) => vec![typed.join(" ")],
        _ => Vec::new(),
    }
}

fn of_entry(session: &Session, questions: &[Question], entry: &Answers) -> String {
    let answered = questions.iter().filter_map(|question| {
        let answer = entry.get(&question.name)?;
        Some(session.fixed.words.list(&lines(session, question, &question.domain, answer, None)))
    });
    answered.collect::<Vec<_>>().join("; ")
}

/// The text of an option; one's own words in the place of "other".
fn label(session: &Session, question: &Question, code: i64, answers: Option<&Answers>) -> String {
    let other = question.other().filter(|other| other.code == code);
    let words = other.and_then(|_| answers?.get(&question.other_name()));
    let label = of_code(session, &question.choices, code);
    match words {
        Some(Answer::Text(text)) => joined(&label, text),
        _ => label,
    }
}

fn of_code(session: &Session, choices: &[Choice], code: i64) -> String {
    let choice = choices.iter().find(|choice| choice.code == code);
    choice.map_or_else(|| code.to_string(), |choice| session.text(&choice.text).to_owned())
}

fn joined(name: &str, value: &str) -> String {
    [name, ": ", value].concat()
}

/// A number as it is written in the language of the form.
pub(crate) fn number(session: &Session, number: Number) -> String {
    session.fixed.words.number(&number.to_plain())
}

/// A day, a month or a time as it is written in the language of the form.
pub(crate) fn moment(session: &Session, unit: Unit, text: &str) -> String {
    let parts: Vec<i64> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    match (unit, parts.as_slice()) {
        (Unit::Day, [year, month, day]) => session.fixed.words.date(*year, *month, *day),
        (Unit::Month, [year, month]) => session.fixed.words.month(*year, *month),
        _ => text.to_owned(),
    }
}
