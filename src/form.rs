//! The form as a whole: a real `<form>` that posts without scripts, around whatever its state shows.

use crate::aids;
use crate::end;
use crate::node::{Element, Node, element};
use crate::page;
use crate::review;
use crate::session::{Sending, Session};
use crate::view::State;
use crate::words::{direction, name};
use survey::At;
use survey::form::{self, Go};

/// The form. Both ends draw it from an equal view, so that the browser finds the nodes that the server wrote.
pub(crate) fn form(session: &Session) -> Node {
    let fixed = &session.fixed;
    let body = session.clone();
    let seed = fixed.seed.map(|seed| hidden(form::SEED, &seed.to_string()).into());
    element("form")
        .part("q", "form")
        .attr("method", "post")
        .attr("action", &fixed.action)
        .attr("data-module", if fixed.survey.needs_whole() { "whole" } else { "app" })
        .attr("accept-charset", "utf-8")
        .attr("novalidate", "")
        .attr("lang", &fixed.lang)
        .attr("dir", direction(&fixed.lang))
        .child(hidden(form::VERSION, &fixed.version))
        .child(hidden(form::LANG, &fixed.lang))
        .children(fixed.response_id.as_ref().map(|id| hidden(form::ID, id).into()))
        .children(seed)
        .children(aids::fields(session))
        .child(element("div").class("body").live(move || content(&body)))
        .children(status(session))
        .children(aids::aids(session))
        .children(help(session))
        .into()
}

/// A field that is posted and not shown.
pub(crate) fn hidden(name: &'static str, value: &str) -> Element {
    element("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

/// A button that posts the form.
pub(crate) fn button(class: &'static str, part: &str, go: &Go, text: &str) -> Element {
    let button = element("button").part(class, part).attr("type", "submit").attr("name", form::GO);
    button.attr("value", &go.to_value()).text(text)
}

fn content(session: &Session) -> Vec<Node> {
    match session.state.get() {
        State::At(At::Page(index)) => asking(session, page::page(session, index)),
        State::At(At::Review) => asking(session, review::review(session)),
        State::Sent { receipt } => vec![end::sent(session, receipt.as_deref())],
        State::Closed => vec![end::closed(session)],
        State::NotYet => vec![end::not_yet(session)],
        State::Full(quota) => vec![end::full(session, quota)],
    }
}

/// The buttons for other languages stand first, where they are looked for; Enter presses the first button of a form,
/// and that is onwards all the same.
fn asking(session: &Session, page: Node) -> Vec<Node> {
    let enter = button("enter", "enter", &Go::Next, "").attr("tabindex", "-1").attr("aria-hidden", "true");
    std::iter::once(enter.into()).chain(languages(session)).chain([page]).collect()
}

/// A button for each language, named in that language (WCAG 3.1.2); nothing when there is but one.
fn languages(session: &Session) -> Option<Node> {
    let fixed = &session.fixed;
    if fixed.survey.languages.len() < 2 {
        return None;
    }
    let one = |lang: &String| {
        let text = name(lang).unwrap_or(lang);
        let button = button("language", "language", &Go::Language(lang.clone()), text).attr("lang", lang);
        if *lang == fixed.lang { button.attr("aria-current", "true").into() } else { button.into() }
    };
    let buttons = fixed.survey.languages.iter().map(one);
    let group = element("div").part("languages", "languages").attr("role", "group");
    Some(group.attr("aria-label", session.word("language_switch")).children(buttons).into())
}

/// Whom to ask. It stands below everything that changes, so that it is at the same place on every page, after sending
/// and where there is nothing to ask (WCAG 2.2, 3.2.6).
fn help(session: &Session) -> Option<Node> {
    let contact = session.fixed.survey.contact.as_ref()?;
    let mut help = element("div").part("help", "help").child(element("strong").text(session.word("help")));
    for (scheme, text) in [("tel:", &contact.phone), ("", &contact.hours), ("mailto:", &contact.email)] {
        let Some(text) = text else { continue };
        let text = session.text(text);
        let line = if scheme.is_empty() {
            element("span")
        } else {
            let mut address = scheme.to_owned();
            address.extend(text.chars().filter(|c| *c != ' '));
            element("a").attr("href", &address)
        };
        help = help.child(line.text(text));
    }
    Some(help.into())
}

/// Says politely that sending goes on, and urgently that it failed. Both regions stand in the page from the start:
/// a live region that arrives together with its words is not read out.
fn status(session: &Session) -> [Node; 2] {
    let (now, failed, sending) = (session.clone(), session.clone(), session.clone());
    let now = move || match now.sending.get() {
        Sending::Now => now.word("sending").to_owned(),
        Sending::Idle | Sending::Failed(_) => String::new(),
    };
    let say = move |key: &str| failed.fixed.words.fill(key, &[("send", failed.word("send").to_owned())]);
    // The loader, which sends the form where there is no module, takes its words from here.
    let words = say("failed");
    let failed = move || match sending.sending.get() {
        Sending::Failed(key) => say(key),
        Sending::Idle | Sending::Now => String::new(),
    };
    [
        element("p").part("status", "status").attr("role", "status").live_text(now).into(),
        element("p")
            .part("failed", "failed")
            .attr("role", "alert")
            .attr("data-words", &words)
            .live_text(failed)
            .into(),
    ]
}
