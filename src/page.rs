//! One page: what goes before its questions, the questions, the buttons.

use crate::form::hidden;
use crate::message::{Message, message};
use crate::node::{Element, Node, element};
use crate::question;
use crate::session::Session;
use leptos::prelude::*;
use survey::Page;
use survey::form;

/// The page with this index. It is drawn anew when the citizen comes to it, from the answers given by then.
pub(crate) fn page(session: &Session, index: usize) -> Node {
    let Some(page) = session.fixed.survey.pages.get(index) else { return Node::Text(String::new()) };
    let questions = page.questions.iter().enumerate();
    element("div")
        .part("page", "page")
        .attr("tabindex", "-1")
        .child(summary(session))
        .children(introduction(session, index))
        .children(page.title.as_ref().map(|title| session.heading(1, "page-title", session.text(title))))
        .children(carried(session, page, index))
        .children(questions.map(|(place, question)| question::question(session, question, (index, place))))
        .child(buttons(session, index))
        .into()
}

/// The name of the survey, who asks and why: before the first question, and only there.
fn introduction(session: &Session, index: usize) -> Vec<Node> {
    let survey = &session.fixed.survey;
    if session.route.with_untracked(|route| route.before(index).is_some()) {
        return Vec::new();
    }
    let agency =
        survey.agency.as_ref().map(|agency| element("p").class("agency").text(session.text(agency)).into());
    let notice = survey.notice.as_ref();
    let notice = notice
        .map(|notice| element("div").part("notice", "notice").children(session.paragraphs(notice)).into());
    let title = session.heading(0, "title", session.text(&survey.title));
    [Some(title), agency, notice].into_iter().flatten().collect()
}

/// Fields that carry what the page does not show, for a form that is posted without scripts.
fn carried(session: &Session, page: &Page, index: usize) -> Vec<Node> {
    let of_page = |name: &str| {
        page.questions.iter().any(|question| question.name == name || question.other_name() == name)
    };
    let shown = session.route.with_untracked(|route| form::shown_names(page, index, route));
    let mut fields = vec![hidden(form::PAGE, &index.to_string()).into(), hidden(form::SHOWN, &shown).into()];
    let others = session.answers.with_untracked(|answers| answers.filter(|name| !of_page(name)));
    if !others.is_empty() {
        fields.push(hidden(form::CARRIED, &others.to_value().to_string()).into());
    }
    fields
}

/// Everything that must be mended, each with a link to its field (GOV.UK Design System, error summary).
fn summary(session: &Session) -> Element {
    let session = session.clone();
    element("div").live(move || {
        let problems = session.problems.get();
        let messages: Vec<Message> =
            problems.iter().filter_map(|problem| message(&session, problem)).collect();
        if messages.is_empty() { Vec::new() } else { vec![list(&session, messages)] }
    })
}

fn list(session: &Session, messages: Vec<Message>) -> Node {
    let items = messages.into_iter().map(|message| {
        let link = element("a").attr("href", &format!("#{}", message.field)).text(&message.text);
        element("li").child(link).into()
    });
    element("div")
        .part("summary", "summary")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .child(session.heading(1, "summary-title", session.word("error_summary")))
        .child(element("ul").children(items))
        .into()
}

/// Onwards first and Back second: the first button of a form is the one that Enter presses.
fn buttons(session: &Session, index: usize) -> Element {
    let back = session.route.with_untracked(|route| route.before(index).is_some());
    let back = back.then(|| button("back", "back").text(session.word("back")).into());
    let onwards = session.clone();
    let onwards = move || {
        let more = onwards.route.with(|route| route.after(index).is_some());
        onwards.word(if more { "continue" } else { "send" }).to_owned()
    };
    element("div")
        .part("buttons", "buttons")
        .child(button("next", "button").live_text(onwards))
        .children(back)
}

fn button(go: &'static str, part: &str) -> Element {
    element("button").part(go, part).attr("type", "submit").attr("name", form::GO).attr("value", go)
}
