//! Whether a response may be kept. The browser and the collector run this same code; the collector believes nothing.

use crate::answer::{Answer, Answers};
use crate::definition::{OTHER_MAX, Question, Survey, Variable};
use crate::kind::text::check_length;
use crate::problem::{Code, Problem};
use crate::route::Route;

/// Every problem of a complete response, in the order of the survey; empty when it may be kept.
#[must_use]
pub fn check(survey: &Survey, answers: &Answers) -> Vec<Problem> {
    let route = Route::of(survey, answers);
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
    for (_, question) in content.questions.iter().enumerate().filter(|(index, _)| shown(*index)) {
        problems.extend(check_question(question, answers));
    }
    let answer =
        |name: &str| answers.get(name).filter(|_| survey.place(name).is_some_and(|place| route.shows(place)));
    for (number, rule) in content.rules.iter().enumerate() {
        if survey.place(&rule.at).is_some_and(|place| route.shows(place)) && !rule.require.holds(&answer) {
            problems.push(
                Problem::at(Code::Rule, &rule.at).with("rule", i64::try_from(number).unwrap_or(i64::MAX)),
            );
        }
    }
    problems
}

/// Only the answers that the route leads to: what may be sent. The others stay with the citizen.
#[must_use]
pub fn shown_answers(survey: &Survey, answers: &Answers) -> Answers {
    let route = Route::of(survey, answers);
    answers.filter(|name| match survey.variable(name) {
        Some(Variable::Answer(question)) => shows(survey, &route, question),
        Some(Variable::Other(question)) => {
            shows(survey, &route, question) && other_is_chosen(question, answers)
        }
        None => false,
    })
}

fn shows(survey: &Survey, route: &Route, question: &Question) -> bool {
    survey.place(&question.name).is_some_and(|place| route.shows(place))
}

fn hidden(survey: &Survey, route: &Route, answers: &Answers) -> Vec<Problem> {
    let question = |name: &str| match survey.variable(name) {
        Some(Variable::Answer(question) | Variable::Other(question)) => Some(question),
        None => None,
    };
    let code = |name: &str| match question(name) {
        None => Some(Code::UnknownField),
        Some(question) if !shows(survey, route, question) => Some(Code::Hidden),
        Some(_) => None,
    };
    answers.variables().filter_map(|name| Some(Problem::at(code(name)?, name))).collect()
}

fn check_question(question: &Question, answers: &Answers) -> Vec<Problem> {
    let named = |mut problem: Problem, name: &str| {
        problem.question = Some(name.to_owned());
        problem
    };
    let mut problems = Vec::new();
    let problem = match answers.get(&question.name) {
        None => question.required.then(|| Problem::of(Code::Required)),
        Some(answer) => question.kind.check(answer).err(),
    };
    problems.extend(problem.map(|problem| named(problem, &question.name)));
    let other = question.other_name();
    if let Some(Answer::Text(text)) = answers.get(&other) {
        if !other_is_chosen(question, answers) {
            problems.push(Problem::at(Code::OtherNotChosen, &other));
        }
        problems.extend(check_length(text, OTHER_MAX).err().map(|problem| named(problem, &other)));
    }
    problems
}

fn other_is_chosen(question: &Question, answers: &Answers) -> bool {
    let Some(other) = question.other() else { return false };
    match answers.get(&question.name) {
        Some(Answer::Code(code)) => *code == other.code,
        Some(Answer::Codes(codes)) => codes.contains(&other.code),
        Some(Answer::Text(_)) | None => false,
    }
}
