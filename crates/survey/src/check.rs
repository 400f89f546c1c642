//! Whether a response may be kept. The browser and the collector run this same code; the collector believes nothing.

use crate::answer::{Answer, Answers};
use crate::definition::{OTHER_MAX, Question, Survey};
use crate::domain::{Domain, entries::entry_prefix, words::check_length};
use crate::problem::{Code, Problem};
use crate::route::{Occasion, Route};

/// Every problem of a complete response, in the order of the survey; empty when it may be kept.
#[must_use]
pub fn check(survey: &Survey, answers: &Answers, occasion: Occasion) -> Vec<Problem> {
    let route = Route::of(survey, answers, occasion);
    let mut problems = hidden(survey, &route, answers);
    for page in 0..survey.pages.len() {
        problems.extend(check_page(survey, &route, page, answers));
    }
    problems
}

/// The problems of one page: what keeps a citizen from going on.
#[must_use]
pub fn check_page(survey: &Survey, route: &Route, page: usize, answers: &Answers) -> Vec<Problem> {
    let Some(content) = survey.pages.get(page) else { return Vec::new() };
    let shown = |index: usize| route.shows((page, index));
    let mut problems = Vec::new();
    for (index, question) in content.questions.iter().enumerate().filter(|(index, _)| shown(*index)) {
        problems.extend(check_question(survey, route, question, (page, index)));
        problems.extend(check_other(question, answers));
    }
    for (number, rule) in content.rules.iter().enumerate() {
        let is_asked = survey.place(&rule.at).is_some_and(|place| route.shows(place));
        if is_asked && !route.satisfies(survey, &rule.require) {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            problems.push(Problem::at(Code::Rule, &rule.at).with("rule", number));
        }
    }
    problems
}

/// Only the answers that the route leads to: what may be sent. The others stay with the citizen.
#[must_use]
pub fn shown_answers(survey: &Survey, answers: &Answers, occasion: Occasion) -> Answers {
    sent(Route::of(survey, answers, occasion).answers())
}

/// Answers that stand as they are sent: without entries that were left blank and without what cannot be read.
#[must_use]
pub fn sent(standing: &Answers) -> Answers {
    let mut sent = Answers::default();
    for name in standing.variables() {
        sent.set(name, standing.get(name).and_then(readable));
    }
    sent
}

fn readable(answer: &Answer) -> Option<Answer> {
    let kept = match answer {
        Answer::Typed(_) => return None,
        Answer::Rows(rows) => {
            Answer::Rows(rows.iter().filter_map(|(row, answer)| Some((*row, readable(answer)?))).collect())
        }
        Answer::Entries(entries) => {
            Answer::Entries(entries.iter().map(sent).filter(|entry| !entry.is_empty()).collect())
        }
        answer => answer.clone(),
    };
    (!kept.is_blank()).then_some(kept)
}

/// What was answered but does not stand.
fn hidden(survey: &Survey, route: &Route, answers: &Answers) -> Vec<Problem> {
    let standing = sent(route.answers());
    let problem = |name: &str| {
        let unknown = survey.variable(name).is_none();
        let differs = standing.get(name) != answers.get(name);
        // Words beside an "other" that was not chosen have a problem of their own.
        let beside = name.strip_suffix("_other").and_then(|name| survey.place(name));
        match (unknown, beside.filter(|_| survey.place(name).is_none())) {
            (true, _) => Some(Code::UnknownField),
            (false, Some(place)) if route.shows(place) => None,
            (false, _) => differs.then_some(Code::Hidden),
        }
    };
    answers.variables().filter_map(|name| Some(Problem::at(problem(name)?, name))).collect()
}

fn check_question(
    survey: &Survey,
    route: &Route,
    question: &Question,
    place: (usize, usize),
) -> Vec<Problem> {
    // Entries that were left blank are none.
    let answer = route.answers().get(&question.name).filter(|answer| !answer.is_blank());
    let required = question.domain.is_asked()
        && (question.required
            || question.required_if.as_ref().is_some_and(|condition| route.satisfies(survey, condition)));
    let mut problems = match answer {
        None => required.then(|| Problem::of(Code::Required)).into_iter().collect(),
        Some(answer) => question.problems_among(answer, &|code| route.offers(place, code)),
    };
    if required && problems.is_empty() {
        problems.extend(unanswered_rows(question, answer, |row| route.asks_row(place, row)));
    }
    for problem in &mut problems {
        problem.question = Some(question.name.clone());
    }
    if let (Domain::Entries(group), Some(Answer::Entries(entries))) = (&question.domain, answer) {
        for (number, entry) in entries.iter().enumerate() {
            let asked = |index: &usize| route.asks_inner(place, number, *index);
            for (_, inner) in group.questions.iter().enumerate().filter(|(index, _)| asked(index)) {
                let prefix = entry_prefix(&question.name, number);
                problems.extend(check_inner(survey, route, &group.questions, entry, inner, &prefix));
            }
        }
    }
    problems
}

/// Each row of a required grid is to be answered; amounts that add up are complete without the rows that have none.
fn unanswered_rows(question: &Question, answer: Option<&Answer>, asks: impl Fn(i64) -> bool) -> Vec<Problem> {
    let (Domain::Rows(rows), Some(Answer::Rows(given))) = (&question.domain, answer) else {
        return Vec::new();
    };
    if rows.total.is_some() {
        return Vec::new();
    }
    let is_open = |row: i64| asks(row) && given.iter().all(|(code, _)| *code != row);
    let open = question.rows.iter().filter(|row| is_open(row.code));
    open.map(|row| Problem::of(Code::Required).with("row", row.code)).collect()
}

/// One question of an entry; an entry that was left blank asks nothing.
fn check_inner(
    survey: &Survey,
    route: &Route,
    questions: &[Question],
    entry: &Answers,
    question: &Question,
    prefix: &str,
) -> Vec<Problem> {
    let required_if = question.required_if.as_ref();
    let required = question.required
        || required_if.is_some_and(|condition| route.satisfies_within(survey, questions, entry, condition));
    let answer = entry.get(&question.name);
    let mut problems = match answer {
        None if entry.is_empty() || !required => Vec::new(),
        None => vec![Problem::of(Code::Required)],
        Some(answer) => question.problems(answer),
    };
    if required && problems.is_empty() {
        // Conditions on rows do not work inside a group.
        problems = unanswered_rows(question, answer, |_| true);
    }
    let path = format!("{prefix}{}", question.name);
    problems.into_iter().map(|problem| Problem { question: Some(path.clone()), ..problem }).collect()
}

fn check_other(question: &Question, answers: &Answers) -> Vec<Problem> {
    let other = question.other_name();
    let Some(Answer::Text(text)) = answers.get(&other) else { return Vec::new() };
    let not_chosen = !question.chooses_other(answers.get(&question.name));
    let not_chosen = not_chosen.then(|| Problem::of(Code::OtherNotChosen));
    let problems = [not_chosen, check_length(text, OTHER_MAX)].into_iter().flatten();
    problems.map(|problem| Problem { question: Some(other.clone()), ..problem }).collect()
}
