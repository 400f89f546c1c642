//! The same questions for each entry of a group, with buttons to add one and to take one away. The buttons post the
//! form, so that they work without scripts.

use crate::form::button;
use crate::node::{Node, element};
use crate::question::{Asked, Spot, question};
use crate::session::Session;
use survey::domain::entries::{Entries, count_field, entry_prefix};
use survey::form::Go;
use survey::{Answer, Answers, Control, Domain, Question, Survey};

pub(super) fn entries(asked: &Asked<'_>) -> Vec<Node> {
    let place = asked.place();
    let (session, name) = (asked.session.clone(), asked.question.name.clone());
    let count = move || session.answers.with(|answers| shown(answers.get(&name)));
    let session = asked.session.clone();
    // Drawn anew when an entry comes or goes, and not while one is filled in.
    let list = element("div").class("entries").live_by(count, move |count| {
        let Some((outer, group)) = group_at(&session.fixed.survey, place) else { return Vec::new() };
        let entries = (0..count).map(|number| entry(&session, outer, group, place, number));
        entries.chain(more(&session, outer, group, count)).collect()
    });
    vec![list.into()]
}

/// The group at a place, and what it asks.
fn group_at(survey: &Survey, (page, index): (usize, usize)) -> Option<(&Question, &Entries)> {
    let outer = survey.pages.get(page)?.questions.get(index)?;
    match &outer.domain {
        Domain::Entries(group) => Some((outer, group)),
        _ => None,
    }
}

/// The field that says how many entries there are, and the button for one more.
fn more(session: &Session, outer: &Question, group: &Entries, shown: usize) -> Vec<Node> {
    let field = element("input")
        .attr("type", "hidden")
        .attr("name", &count_field(&outer.name))
        .attr("value", &shown.to_string());
    let mut nodes = vec![field.into()];
    if shown < group.max {
        let text = session.word("add_another").to_owned();
        let text = match &outer.control {
            Control::Entries { item: Some(item) } => [text.as_str(), ": ", session.text(item)].concat(),
            _ => text,
        };
        nodes.push(button("add", "button", &Go::Add(outer.name.clone()), &text).into());
    }
    nodes
}

/// How many entries stand on the screen: one before anything was answered.
fn shown(answer: Option<&Answer>) -> usize {
    match answer {
        Some(Answer::Entries(entries)) => entries.len().max(1),
        _ => 1,
    }
}

fn entry(session: &Session, outer: &Question, group: &Entries, place: (usize, usize), number: usize) -> Node {
    let answers = session.answers.with_untracked(|answers| match answers.get(&outer.name) {
        Some(Answer::Entries(entries)) => entries.get(number).cloned().unwrap_or_default(),
        _ => Answers::default(),
    });
    let prefix = entry_prefix(&outer.name, number);
    let inner = |(index, inner): (usize, &Question)| {
        let asked = Asked {
            session,
            question: inner,
            spot: Spot::Inner(place, number, index),
            name: [prefix.as_str(), inner.name.as_str()].concat(),
            answer: answers.get(&inner.name).cloned(),
        };
        question(&asked)
    };
    let said = |key: &str| session.fixed.words.fill(key, &[("n", (number + 1).to_string())]);
    let remove = (number > 0)
        .then(|| button("remove", "button", &Go::Remove(outer.name.clone(), number), &said("remove")).into());
    element("fieldset")
        .part("entry", "entry")
        .attr("tabindex", "-1")
        .child(element("legend").class("row-text").text(&said("entry")))
        .children(group.questions.iter().enumerate().map(inner))
        .children(remove)
        .into()
}
