//! Options one below the other: radio buttons for one of a list, checkboxes for several.

use super::words;
use crate::message::choice_field;
use crate::node::{Element, Node, element};
use crate::session::Session;
use leptos::prelude::*;
use survey::{Answer, Choice, Question};

/// Options one below the other; `input` is `radio` or `checkbox`.
pub(super) fn list(session: &Session, question: &Question, choices: &[Choice], input: &'static str) -> Node {
    let options = choices.iter().flat_map(|choice| option(session, question, choice, input));
    element("div").class("options").children(options).into()
}

/// One option: a native field, its label, and the field for words of one's own if it asks for them.
fn option(session: &Session, question: &Question, choice: &Choice, input: &'static str) -> Vec<Node> {
    let label =
        element("label").attr("for", &choice_field(question, choice.code)).text(session.text(&choice.text));
    let option = element("div")
        .part("option", "option")
        .child(field(session, question, choice.code, input))
        .child(label);
    let other = choice.other.then(|| words::other(session, question, choice));
    [Some(option.into()), other].into_iter().flatten().collect()
}

/// The native field for one code of a question.
pub(super) fn field(session: &Session, question: &Question, code: i64, input: &'static str) -> Element {
    let checked = session.answers.with_untracked(|answers| match answers.get(&question.name) {
        Some(Answer::Code(chosen)) => *chosen == code,
        Some(Answer::Codes(chosen)) => chosen.contains(&code),
        Some(Answer::Text(_)) | None => false,
    });
    element("input")
        .attr("type", input)
        .attr("id", &choice_field(question, code))
        .attr("name", &question.name)
        .attr("value", &code.to_string())
        .flag("checked", checked)
}
