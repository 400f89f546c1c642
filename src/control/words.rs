//! Words of one's own: an input line, or an area of several lines. Never a `maxlength`: text is counted and explained,
//! not cut (GOV.UK Design System, character count).

use crate::message::other_field;
use crate::node::{Element, Node, element};
use crate::session::Session;
use leptos::prelude::*;
use survey::{Answer, Choice, Question};

/// The field of a text question.
pub(crate) fn words(session: &Session, question: &Question, lines: usize) -> Element {
    let text = typed(session, &question.name);
    let field = if lines > 1 {
        element("textarea").attr("rows", &lines.to_string()).text(&text)
    } else {
        line().attr("value", &text)
    };
    field.attr("part", "input").attr("id", &question.name).attr("name", &question.name)
}

/// The field of an "other" option. It is shown while the option is chosen or something is written in it; the blank
/// placeholder is how the stylesheet tells.
pub(super) fn other(session: &Session, question: &Question, choice: &Choice) -> Node {
    let label = session.fixed.words.fill("other_text", &[("option", session.text(&choice.text).to_owned())]);
    let name = question.other_name();
    let field = line()
        .attr("value", &typed(session, &name))
        .attr("part", "input")
        .attr("id", &other_field(question))
        .attr("name", &name)
        .attr("placeholder", " ");
    let label = element("label").attr("for", &other_field(question)).text(&label);
    element("div").class("other").child(label).child(field).into()
}

fn line() -> Element {
    element("input").attr("type", "text").attr("autocomplete", "off")
}

/// What was typed into a text field so far.
fn typed(session: &Session, variable: &str) -> String {
    session.answers.with_untracked(|answers| match answers.get(variable) {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    })
}
