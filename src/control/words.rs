//! Words of one's own: an input line, or an area of several lines. Never a `maxlength`: text is counted and explained,
//! not cut (GOV.UK Design System, character count).

use crate::node::{Element, Node, element};
use crate::question::Asked;
use crate::session::Session;
use survey::domain::words::Form;
use survey::kind::Line;
use survey::{Answer, Choice, Domain, Text};

/// The field of a question with one line.
pub(super) fn line(asked: &Asked<'_>, line: &Line) -> Element {
    let autocomplete = if line.autocomplete.is_empty() { "off" } else { line.autocomplete };
    let field = input(autocomplete).attr("value", &typed(asked.answer.as_ref()));
    let field = named(asked, field);
    let is_free = matches!(&asked.question.domain, Domain::Words(words) if words.form == Form::Free);
    let field = if is_free { field } else { field.attr("spellcheck", "false") };
    if line.mode.is_empty() { field } else { field.attr("inputmode", line.mode) }
}

/// The field of a question with several.
pub(super) fn area(asked: &Asked<'_>, lines: usize) -> Element {
    named(asked, element("textarea").attr("rows", &lines.to_string()).text(&typed(asked.answer.as_ref())))
}

fn named(asked: &Asked<'_>, field: Element) -> Element {
    field.attr("part", "input").attr("id", &asked.name).attr("name", &asked.name)
}

/// What is counted, after the line.
pub(super) fn unit(session: &Session, unit: Option<&Text>) -> Option<Node> {
    let unit = unit?;
    Some(element("span").part("unit", "unit").text(session.text(unit)).into())
}

/// How many characters are left: seen at once, spoken when the citizen stops typing.
pub(super) fn count(asked: &Asked<'_>) -> Vec<Node> {
    let Domain::Words(words) = &asked.question.domain else { return Vec::new() };
    let (session, max) = (asked.session.clone(), words.max);
    let said = move |answer: Option<&Answer>| {
        let written = match answer {
            Some(Answer::Text(text)) => text.chars().count(),
            _ => 0,
        };
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        match written.checked_sub(max) {
            Some(over) if over > 0 => session.fixed.words.count("characters_over", number(over), &[]),
            _ => session.fixed.words.count("characters_left", number(max.saturating_sub(written)), &[]),
        }
    };
    super::counts(asked, said)
}

/// The field of an "other" option. It is shown while the option is chosen or something is written in it; the blank
/// placeholder is how the stylesheet tells.
pub(super) fn other(asked: &Asked<'_>, choice: &Choice) -> Node {
    let session = asked.session;
    let label = session.fixed.words.fill("other_text", &[("option", session.text(&choice.text).to_owned())]);
    let name = asked.question.other_name();
    let id = asked.id("other");
    let text = session.answers.with_untracked(|answers| typed(answers.get(&name)));
    let field = input("off")
        .attr("value", &text)
        .attr("part", "input")
        .attr("id", &id)
        .attr("name", &name)
        .attr("placeholder", " ");
    let label = element("label").attr("for", &id).text(&label);
    element("div").class("other").child(label).child(field).into()
}

/// An input line.
pub(super) fn input(autocomplete: &str) -> Element {
    element("input").attr("type", "text").attr("autocomplete", autocomplete)
}

/// What stands in a field of text: what was typed, or what it was read as.
pub(super) fn typed(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Text(text)) => text.clone(),
        Some(Answer::Number(number)) => number.to_plain(),
        Some(Answer::Typed(typed)) => typed.join(" "),
        _ => String::new(),
    }
}
