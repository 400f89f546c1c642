//! Problems in the citizen's words: what happened and how to mend it, in the words of the question (GOV.UK Design
//! System, error message).

use crate::session::Session;
use survey::definition::Variable;
use survey::{Choice, Code, Control, Problem, Question};

/// The message for a problem, and the id of the field that mends it.
pub(crate) struct Message {
    /// What to say.
    pub(crate) text: String,
    /// The field to go to.
    pub(crate) field: String,
    /// The variable whose question it stands at.
    pub(crate) question: String,
}

/// The message for a problem; `None` for one that no citizen can mend.
pub(crate) fn message(session: &Session, problem: &Problem) -> Option<Message> {
    let name = problem.question.as_deref()?;
    let (question, of_other) = match session.fixed.survey.variable(name)? {
        Variable::Answer(question) => (question, false),
        Variable::Other(question) => (question, true),
    };
    let text = match problem.code {
        Code::Rule => rule_text(session, problem, question)?,
        code => session.fixed.words.fill(key(code, question), &values(session, problem, question)),
    };
    let field = if of_other { other_field(question) } else { first_field(question) };
    Some(Message { text, field, question: question.name.clone() })
}

fn key(code: Code, question: &Question) -> &'static str {
    match (code, question.kind.control()) {
        (Code::Required, Control::Words { .. }) => "required_text",
        (Code::Required, Control::Several(_)) => "required_choices",
        (Code::Required, Control::One(_) | Control::Points(_)) => "required_choice",
        (Code::TooLong, _) => "too_long",
        (Code::TooFew, _) => "too_few",
        (Code::TooMany, _) => "too_many",
        (Code::Exclusive, _) => "exclusive",
        (Code::OutOfRange, _) => "out_of_range",
        (Code::UnknownOption, _) => "unknown_option",
        (Code::OtherNotChosen, _) => "other_not_chosen",
        _ => "not_taken",
    }
}

fn values(session: &Session, problem: &Problem, question: &Question) -> Vec<(&'static str, String)> {
    let concerned =
        |choice: &&Choice| if problem.code == Code::Exclusive { choice.exclusive } else { choice.other };
    let option = question
        .kind
        .choices()
        .iter()
        .find(concerned)
        .map_or("", |choice| session.text(&choice.text))
        .to_owned();
    let number = |name: &str| problem.param(name).map_or(String::new(), |number| number.to_string());
    vec![
        ("q", session.text(&question.text).to_owned()),
        ("option", option),
        ("min", number("min")),
        ("max", number("max")),
    ]
}

fn rule_text(session: &Session, problem: &Problem, question: &Question) -> Option<String> {
    let (page, _) = session.fixed.survey.place(&question.name)?;
    let rule = usize::try_from(problem.param("rule")?).ok()?;
    let rule = session.fixed.survey.pages.get(page)?.rules.get(rule)?;
    Some(session.text(&rule.text).to_owned())
}

/// The id of a question's first field.
pub(crate) fn first_field(question: &Question) -> String {
    match question.kind.control() {
        Control::One(choices) | Control::Several(choices) => {
            choices.first().map_or(String::new(), |choice| choice_field(question, choice.code))
        }
        Control::Points(scale) => choice_field(question, scale.from),
        Control::Words { .. } => question.name.clone(),
    }
}

/// The id of the field of one option.
pub(crate) fn choice_field(question: &Question, code: i64) -> String {
    format!("{}-{code}", question.name)
}

/// The id of the field for words of one's own.
pub(crate) fn other_field(question: &Question) -> String {
    format!("{}-other", question.name)
}
