//! Options for each row. Each row is a group of its own with its own legend, so that it is read out with its meaning;
//! where there is room, the rows stand under a common head, and where there is not, one below the other.

use super::choice::field;
use crate::node::{Element, Node, element};
use crate::question::Asked;
use survey::{Answer, Choice, Domain};

pub(super) fn grid(asked: &Asked<'_>) -> Vec<Node> {
    let Domain::Rows(rows) = &asked.question.domain else { return Vec::new() };
    let input = if matches!(*rows.cell, Domain::Several { .. }) { "checkbox" } else { "radio" };
    let column = |choice: &Choice| asked.session.with_text(element("span"), &choice.text).into();
    let head = element("div")
        .class("head")
        .attr("aria-hidden", "true")
        .child(element("span"))
        .children(asked.question.choices.iter().map(column));
    let order = asked.session.in_order(asked.question.shuffle, &asked.question.name, &asked.question.rows);
    let rows = order.into_iter().map(|choice| row(asked, choice, input));
    let columns = format!("grid columns-{}", asked.question.choices.len());
    vec![element("div").class(&columns).child(head).children(rows).into()]
}

fn row(asked: &Asked<'_>, row: &Choice, input: &'static str) -> Node {
    let name = format!("{}.{}", asked.name, row.code);
    let answer = of_row(asked, row.code);
    let cell = |choice: &Choice| {
        let id = asked.id(&format!("{}-{}", row.code, choice.code));
        let label = asked.session.with_text(element("label").attr("for", &id), &choice.text);
        let field = field(&id, &name, choice.code, input, answer.as_ref());
        element("div").part("option", "option").child(field).child(label).into()
    };
    let legend = asked.session.with_text(element("legend").class("row-text"), &row.text);
    asked_row(asked, row, element("fieldset").class("row"))
        .child(legend)
        .children(asked.question.choices.iter().map(cell))
        .into()
}

/// A row that is asked under a condition comes and goes with it.
pub(super) fn asked_row(asked: &Asked<'_>, row: &Choice, frame: Element) -> Element {
    if row.show_if.is_none() && asked.question.rows_from.is_none() {
        return frame;
    }
    let (session, place, code) = (asked.session.clone(), asked.place(), row.code);
    frame.live_attr("hidden", move || {
        session.route.with(|route| (!route.asks_row(place, code)).then(String::new))
    })
}

/// What was answered in a row.
pub(super) fn of_row(asked: &Asked<'_>, row: i64) -> Option<Answer> {
    match &asked.answer {
        Some(Answer::Rows(rows)) => {
            rows.iter().find(|(code, _)| *code == row).map(|(_, answer)| answer.clone())
        }
        _ => None,
    }
}
