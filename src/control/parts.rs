//! A field for each part of a date or a time: no calendar, no leaping from field to field (GOV.UK Design System, date
//! input).

use super::words::input;
use crate::node::{Node, element};
use crate::question::Asked;
use survey::domain::moment::Unit;
use survey::{Answer, Domain};

pub(super) fn parts(asked: &Asked<'_>) -> Vec<Node> {
    let Domain::Moment(moment) = &asked.question.domain else { return Vec::new() };
    let values = match &asked.answer {
        Some(Answer::Text(text)) => moment.unit.parts(text),
        Some(Answer::Typed(typed)) => typed.clone(),
        _ => Vec::new(),
    };
    let part = |(index, part): (usize, &&'static str)| {
        let id = asked.id(part);
        let label = element("label").attr("for", &id).text(asked.session.word(word(part)));
        let field = input("off")
            .attr("inputmode", if *part == "m" { "text" } else { "numeric" })
            .attr("part", "input")
            .attr("id", &id)
            .attr("name", &format!("{}.{part}", asked.name))
            .attr("value", values.get(index).map_or("", String::as_str));
        let class = if *part == "y" { "part wide" } else { "part" };
        element("div").class(class).child(label).child(field).into()
    };
    let parts = moment.unit.fields().iter().enumerate().map(part);
    vec![element("div").class("parts").children(parts).into()]
}

/// The words for a part.
pub(crate) fn word(part: &str) -> &'static str {
    match part {
        "d" => "day",
        "m" => "month",
        "y" => "year",
        "h" => "hour",
        _ => "minute",
    }
}

/// The words of an example.
pub(super) fn example(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "date_example",
        Unit::Month => "month_example",
        Unit::Time => "time_example",
    }
}
