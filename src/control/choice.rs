//! Options one below the other: radio buttons for one of a list, checkboxes for several; with a card or a face where
//! they have one.

use super::words;
use crate::media::picture;
use crate::node::{Element, Node, element};
use crate::question::Asked;
use survey::definition::Card;
use survey::{Answer, Choice, Control, Domain};

/// The options in their order, and how many more can be chosen.
pub(super) fn list(asked: &Asked<'_>) -> Vec<Node> {
    let options = options(asked, &asked.question.choices);
    let remaining = match asked.question.domain {
        Domain::Several { max, .. } if max < asked.question.choices.len() => Some(remaining(asked, max)),
        _ => None,
    };
    std::iter::once(options).chain(remaining).collect()
}

/// Some of the options, one below the other.
pub(super) fn options(asked: &Asked<'_>, choices: &[Choice]) -> Node {
    let order = asked.session.in_order(asked.question.shuffle, &asked.question.name, choices);
    let class = match asked.question.control {
        Control::Cards => "options cards",
        Control::Faces => "options faces",
        _ => "options",
    };
    element("div").class(class).children(order.into_iter().flat_map(|choice| option(asked, choice))).into()
}

/// One option: a native field, its label, and the field for words of one's own if it asks for them.
fn option(asked: &Asked<'_>, choice: &Choice) -> Vec<Node> {
    let input = if matches!(asked.question.domain, Domain::Several { .. }) { "checkbox" } else { "radio" };
    let id = asked.id(&choice.code.to_string());
    let field = field(&id, &asked.name, choice.code, input, asked.answer.as_ref());
    let text = asked.session.with_text(element("span"), &choice.text);
    let label = element("label").attr("for", &id).children(face(asked, choice.code)).child(text);
    let label = label.children(choice.card.iter().flat_map(|card| self::card(asked, card)));
    let option = offered(asked, choice, element("div").part("option", "option")).child(field).child(label);
    let other = choice.other.then(|| words::other(asked, choice));
    // "None of these" is set apart from what it excludes (GOV.UK Design System, checkboxes).
    let or = (choice.exclusive && input == "checkbox")
        .then(|| element("p").class("or").text(asked.session.word("or")).into());
    [or, Some(option.into()), other].into_iter().flatten().collect()
}

/// An option that is offered under a condition comes and goes with it.
fn offered(asked: &Asked<'_>, choice: &Choice, option: Element) -> Element {
    if choice.show_if.is_none() {
        return option;
    }
    let (session, place, code) = (asked.session.clone(), asked.place(), choice.code);
    option.live_attr("hidden", move || {
        session.route.with(|route| (!route.offers(place, code)).then(String::new))
    })
}

/// The native field for one code.
pub(super) fn field(
    id: &str,
    name: &str,
    code: i64,
    input: &'static str,
    answer: Option<&Answer>,
) -> Element {
    let checked = match answer {
        Some(Answer::Code(chosen)) => *chosen == code,
        Some(Answer::Codes(chosen)) => chosen.contains(&code),
        _ => false,
    };
    element("input")
        .attr("type", input)
        .attr("id", id)
        .attr("name", name)
        .attr("value", &code.to_string())
        .flag("checked", checked)
}

/// A face for whoever reads faces more easily than words; the words stand beside it.
fn face(asked: &Asked<'_>, code: i64) -> Option<Node> {
    // None younger than Unicode 6.1: an old telephone shows a newer one as an empty box.
    const FACES: [&str; 5] = ["😞", "😟", "😐", "😊", "😄"];
    if !matches!(asked.question.control, Control::Faces) {
        return None;
    }
    let face = usize::try_from(code - 1).ok().and_then(|code| FACES.get(code))?;
    Some(element("span").class("face").attr("aria-hidden", "true").text(face).into())
}

/// What stands on a card below its title.
fn card(asked: &Asked<'_>, card: &Card) -> Vec<Node> {
    let session = asked.session;
    let line = |class: &str, text: &Option<survey::Text>| {
        let text = text.as_ref()?;
        Some(session.with_text(element("span").class(class), text).into())
    };
    let lines = [line("about", &card.about), line("place", &card.place), line("cost", &card.cost)];
    let image = card.image.as_ref().map(|image| picture(session, image));
    image.into_iter().chain(lines.into_iter().flatten()).collect()
}

/// How many can be chosen.
pub(super) fn how_many(asked: &Asked<'_>, max: usize) -> String {
    let session = asked.session;
    if max < asked.question.choices.len() {
        session.fixed.words.count("select_up_to", i64::try_from(max).unwrap_or(i64::MAX), &[])
    } else {
        session.word("select_all").to_owned()
    }
}

/// How many more can be chosen, said when it changes.
fn remaining(asked: &Asked<'_>, max: usize) -> Node {
    let (session, read) = (asked.session.clone(), asked.reader());
    let left = move || {
        let chosen = session.answers.with(|answers| match read(answers) {
            Some(Answer::Codes(codes)) => codes.len(),
            _ => 0,
        });
        let left = i64::try_from(max.saturating_sub(chosen)).unwrap_or(i64::MAX);
        if chosen == 0 { String::new() } else { session.fixed.words.count("remaining", left, &[]) }
    };
    element("p").part("count", "count").attr("role", "status").live_text(left).into()
}
