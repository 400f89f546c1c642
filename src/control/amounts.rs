//! A number for each row, and their sum.

use super::words::{input, typed, unit};
use crate::node::{Node, element};
use crate::question::Asked;
use crate::spoken::number;
use survey::domain::rows::sum;
use survey::number::Number;
use survey::{Answer, Choice, Domain, Text};

pub(super) fn amounts(asked: &Asked<'_>, of: Option<&Text>) -> Vec<Node> {
    let rows = asked.session.in_order(asked.question.shuffle, &asked.question.name, &asked.question.rows);
    let rows = rows.into_iter().map(|row| amount(asked, row, of));
    let rows = element("div").class("amounts").children(rows).into();
    std::iter::once(rows).chain(total(asked)).collect()
}

fn amount(asked: &Asked<'_>, row: &Choice, of: Option<&Text>) -> Node {
    let id = asked.id(&row.code.to_string());
    let answer = super::grid::of_row(asked, row.code);
    let field = input("off")
        .attr("inputmode", "numeric")
        .attr("part", "input")
        .attr("id", &id)
        .attr("name", &format!("{}.{}", asked.name, row.code))
        .attr("value", &typed(answer.as_ref()));
    let label = asked.session.with_text(element("label").attr("for", &id), &row.text);
    super::grid::asked_row(asked, row, element("div").class("amount"))
        .child(label)
        .child(field)
        .children(unit(asked.session, of))
        .into()
}

/// The sum and what is left: seen at once, spoken when the citizen stops typing.
fn total(asked: &Asked<'_>) -> Vec<Node> {
    let Domain::Rows(rows) = &asked.question.domain else { return Vec::new() };
    let Some(total) = rows.total else { return Vec::new() };
    let session = asked.session.clone();
    let said = move |answer: Option<&Answer>| {
        let given = match answer {
            Some(Answer::Rows(rows)) => sum(rows),
            _ => None,
        };
        let given = given.unwrap_or(Number::ZERO);
        let words = &session.fixed.words;
        let of = words.fill("total", &[("n", number(&session, given)), ("max", number(&session, total))]);
        let rest = total.minus(given).unwrap_or(Number::ZERO);
        let (key, rest) = match rest.cmp(&Number::ZERO) {
            std::cmp::Ordering::Equal => return of,
            std::cmp::Ordering::Greater => ("left_to_share", rest),
            std::cmp::Ordering::Less => ("over_shared", rest.negative()),
        };
        [of.as_str(), " · ", &words.fill(key, &[("n", number(&session, rest))])].concat()
    };
    super::counts(asked, said)
}
