//! A point on a line of numbers: radio buttons in a row, the worded ends above it, options beside the line below.

use super::choice::{field, options};
use crate::node::{Node, element};
use crate::question::Asked;
use survey::kind::Points;
use survey::{Choice, Text};

pub(super) fn points(asked: &Asked<'_>, scale: &Points) -> Vec<Node> {
    let end =
        |text: &Option<Text>| element("span").text(text.as_ref().map_or("", |text| asked.session.text(text)));
    let ends = element("div")
        .class("ends")
        .attr("aria-hidden", "true")
        .child(end(&scale.low))
        .child(end(&scale.high));
    let count =
        asked.question.choices.iter().filter(|choice| (scale.from..=scale.to).contains(&choice.code)).count();
    let (points, beside) = asked.question.choices.split_at(count);
    let points = points.iter().map(|choice| point(asked, scale, choice));
    let points = element("div").class("points").children(points);
    let beside = (!beside.is_empty()).then(|| options(asked, beside));
    [Some(ends.into()), Some(points.into()), beside].into_iter().flatten().collect()
}

/// The end points carry their meaning in their own label: a number alone says nothing to who cannot see the row.
fn point(asked: &Asked<'_>, scale: &Points, choice: &Choice) -> Node {
    let meaning = match choice.code {
        code if code == scale.from => scale.low.as_ref(),
        code if code == scale.to => scale.high.as_ref(),
        _ => None,
    };
    let meaning =
        meaning.map(|text| element("span").class("spoken").text(", ").text(asked.session.text(text)).into());
    let id = asked.id(&choice.code.to_string());
    let label = element("label").attr("for", &id).text(&choice.code.to_string()).children(meaning);
    let field = field(&id, &asked.name, choice.code, "radio", asked.answer.as_ref());
    element("div").part("point", "option").child(field).child(label).into()
}
