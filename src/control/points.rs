//! A point on a line of numbers: radio buttons in a row, the worded ends above it, options beside the line below.

use super::choice::{field, list};
use crate::message::choice_field;
use crate::node::{Node, element};
use crate::session::Session;
use survey::kind::Scale;
use survey::{Question, Text};

pub(super) fn points(session: &Session, question: &Question, scale: &Scale) -> Vec<Node> {
    let end = |text: &Option<Text>| element("span").text(text.as_ref().map_or("", |text| session.text(text)));
    let ends = element("div")
        .class("ends")
        .attr("aria-hidden", "true")
        .child(end(&scale.low))
        .child(end(&scale.high));
    let points = (scale.from..=scale.to).map(|code| point(session, question, scale, code));
    let points = element("div").class("points").children(points);
    let beside = (!scale.choices.is_empty()).then(|| list(session, question, &scale.choices, "radio"));
    [Some(ends.into()), Some(points.into()), beside].into_iter().flatten().collect()
}

/// The end points carry their meaning in their own label: a number alone says nothing to who cannot see the row.
fn point(session: &Session, question: &Question, scale: &Scale, code: i64) -> Node {
    let meaning = match code {
        code if code == scale.from => scale.low.as_ref(),
        code if code == scale.to => scale.high.as_ref(),
        _ => None,
    };
    let meaning =
        meaning.map(|text| element("span").class("spoken").text(", ").text(session.text(text)).into());
    let label =
        element("label").attr("for", &choice_field(question, code)).text(&code.to_string()).children(meaning);
    element("div").part("point", "option").child(field(session, question, code, "radio")).child(label).into()
}
