//! A place for each option: drop-down lists, and in the browser buttons that move an option up and down. No dragging
//! (WCAG 2.5.7).

use crate::node::{Node, element};
use crate::question::Asked;
use survey::{Answer, Choice, Domain};

pub(super) fn ranks(asked: &Asked<'_>) -> Vec<Node> {
    let Domain::Ranking { places } = asked.question.domain else { return Vec::new() };
    let choices =
        asked.session.in_order(asked.question.shuffle, &asked.question.name, &asked.question.choices);
    let places = places.min(choices.len());
    let items = choices.into_iter().map(|choice| item(asked, choice, places));
    let said = element("p").class("spoken").attr("role", "status").attr("data-moved", "");
    vec![element("div").class("ranks").children(items).into(), said.into()]
}

fn item(asked: &Asked<'_>, choice: &Choice, places: usize) -> Node {
    let session = asked.session;
    let text = session.say(&choice.text);
    let id = asked.id(&choice.code.to_string());
    let named = |key: &str| session.fixed.words.fill(key, &[("option", text.clone())]);
    let place = place(asked, choice.code);
    let option = |number: usize| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let value = number.to_string();
        element("option")
            .attr("value", &value)
            .flag("selected", place == value)
            .text(&session.fixed.words.ordinal(number))
            .into()
    };
    let none = element("option").attr("value", "").text("–").into();
    let select = element("select")
        .attr("part", "input")
        .attr("id", &id)
        .attr("name", &format!("{}.{}", asked.name, choice.code))
        .attr("aria-label", &named("rank_place"))
        .children(std::iter::once(none).chain((1..=places).map(option)));
    let button = |step: &str, sign: &str, key: &str| {
        element("button")
            .part("move", "button")
            .attr("type", "button")
            .attr("data-move", step)
            .attr("aria-label", &named(key))
            .text(sign)
    };
    element("div")
        .part("rank", "option")
        .attr("data-code", &choice.code.to_string())
        .child(select)
        .child(element("span").class("name").text(&text))
        .child(button("-1", "↑", "rank_up"))
        .child(button("1", "↓", "rank_down"))
        .into()
}

/// The place that an option has, as the value of its list.
fn place(asked: &Asked<'_>, code: i64) -> String {
    match &asked.answer {
        Some(Answer::Codes(codes)) => codes
            .iter()
            .position(|chosen| *chosen == code)
            .map_or(String::new(), |place| (place + 1).to_string()),
        Some(Answer::Typed(typed)) => {
            let item = asked.question.choices.iter().position(|choice| choice.code == code);
            item.and_then(|item| typed.get(item)).cloned().unwrap_or_default()
        }
        _ => String::new(),
    }
}
