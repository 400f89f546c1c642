//! The same questions for each entry of a group, with buttons to add one and to take one away. The buttons post the
//! form, so that they work without scripts.

use crate::form::button;
use crate::node::{Node, element};
use crate::question::{Asked, Spot, question};
use crate::session::Session;
use leptos::prelude::*;
use survey::domain::entries::{Entries, count_field, entry_prefix};
use survey::form::Go;
use survey::{Answer, Answers, Domain, Question};

pub(super) fn entries(asked: &Asked<'_>) -> Vec<Node> {
    let Domain::Entries(group) = &asked.question.domain else { return Vec::new() };
    let (session, name) = (asked.session.clone(), asked.question.name.clone());
    let count = Memo::new(move |_| session.answers.with(|answers| shown(answers.get(&name))));
    let (session, outer, place) = (asked.session.clone(), asked.question.clone(), asked.place());
    let group = group.clone();
    // Drawn anew when an entry comes or goes, and not while one is filled in.
    let list = element("div").class("entries").live(move || {
        (0..count.get()).map(|number| entry(&session, &outer, &group, place, number)).collect()
    });
    let (session, name) = (asked.session.clone(), asked.question.name.clone());
    let max = match &asked.question.domain {
        Domain::Entries(group) => group.max,
        _ => 0,
    };
    let more = element("div").live(move || {
        let shown = count.get();
        let field = element("input").attr("type", "hidden").attr("name", &count_field(&name)).attr("value", &shown.to_string());
        let add = (shown < max).then(|| {
            button("add", "button", &Go::Add(name.clone()), session.word("add_another")).into()
        });
        std::iter::once(field.into()).chain(add).collect()
    });
    vec![list.into(), more.into()]
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
    let remove = (number > 0).then(|| {
        button("remove", "button", &Go::Remove(outer.name.clone(), number), &said("remove")).into()
    });
    element("fieldset")
        .part("entry", "entry")
        .child(element("legend").class("row-text").text(&said("entry")))
        .children(group.questions.iter().enumerate().map(inner))
        .children(remove)
        .into()
}
