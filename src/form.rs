//! The form as a whole: a real `<form>` that posts without scripts, around whatever its state shows.

use crate::node::{Element, Node, element};
use crate::page;
use crate::session::{Sending, Session};
use crate::view::State;
use crate::words::direction;
use leptos::prelude::*;
use survey::form;

/// The form. Both ends draw it from an equal view, so that the browser finds the nodes that the server wrote.
pub(crate) fn form(session: &Session) -> Node {
    let fixed = &session.fixed;
    let body = session.clone();
    element("form")
        .part("q", "form")
        .attr("method", "post")
        .attr("action", &fixed.action)
        .attr("accept-charset", "utf-8")
        .attr("novalidate", "")
        .attr("lang", &fixed.lang)
        .attr("dir", direction(&fixed.lang))
        .child(hidden(form::VERSION, &fixed.version))
        .child(hidden(form::LANG, &fixed.lang))
        .children(fixed.response_id.as_ref().map(|id| hidden(form::ID, id).into()))
        .child(element("div").class("body").live(move || vec![content(&body)]))
        .children(status(session))
        .into()
}

/// A field that is posted and not shown.
pub(crate) fn hidden(name: &'static str, value: &str) -> Element {
    element("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

fn content(session: &Session) -> Node {
    match session.state.get() {
        State::Page(index) => page::page(session, index),
        State::Sent { receipt } => sent(session, receipt),
        State::Closed => closed(session),
    }
}

/// Says politely that sending goes on, and urgently that it failed. Both regions stand in the page from the start:
/// a live region that arrives together with its words is not read out.
fn status(session: &Session) -> [Node; 2] {
    let (now, failed, sending) = (session.clone(), session.clone(), session.sending);
    let now = move || match now.sending.get() {
        Sending::Now => now.word("sending").to_owned(),
        Sending::Idle | Sending::Failed(_) => String::new(),
    };
    let say = move |key: &str| failed.fixed.words.fill(key, &[("send", failed.word("send").to_owned())]);
    // The loader, which sends the form where there is no module, takes its words from here.
    let words = say("failed");
    let failed = move || match sending.get() {
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

fn sent(session: &Session, receipt: Option<String>) -> Node {
    let thanks = session.fixed.survey.thanks.as_ref().map(|text| session.paragraphs(text));
    element("div")
        .part("sent", "sent")
        .child(session.heading(0, "title", session.word("sent")))
        .children(receipt.into_iter().flat_map(|receipt| receipt_lines(session, &receipt)))
        .children(thanks.unwrap_or_default())
        .into()
}

/// The receipt, and where it can be used. A form that no collector serves has no such place.
fn receipt_lines(session: &Session, receipt: &str) -> [Node; 2] {
    let output = element("output").attr("part", "receipt").text(receipt);
    let link = session.fixed.action.rsplit_once("/s/").map(|(collector, _)| {
        let href = format!("{collector}/withdraw?lang={}", session.fixed.lang);
        // Out of a frame, whose policy holds it in; elsewhere it is the same window.
        element("a").attr("href", &href).attr("target", "_top").text(session.word("withdraw")).into()
    });
    [
        element("p").class("receipt").text(session.word("receipt")).text(" ").child(output).into(),
        element("p").text(session.word("receipt_note")).text(" ").children(link).into(),
    ]
}

fn closed(session: &Session) -> Node {
    element("div")
        .part("closed", "closed")
        .child(session.heading(0, "title", session.text(&session.fixed.survey.title)))
        .child(element("p").text(session.word("closed")))
        .into()
}

#[cfg(feature = "ssr")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::{View, render};
    use std::sync::Arc;
    use survey::{Answers, Survey};

    /// What is shown after sending with a form that posts to `action`.
    fn sent(action: &str) -> String {
        let survey = serde_json::json!({
            "format": 1, "id": "visit", "languages": ["ru"], "title": "Визит",
            "pages": [{"id": "p1", "questions": [{"name": "words", "type": "text", "text": "Что?"}]}]
        });
        render(View {
            survey: Arc::new(Survey::from_value(&survey).unwrap()),
            version: "v".into(),
            lang: "ru".into(),
            action: action.into(),
            heading_level: 2,
            state: State::Sent { receipt: Some("629Z7".into()) },
            answers: Answers::default(),
            problems: Vec::new(),
            response_id: None,
        })
    }

    #[test]
    fn beside_the_receipt_stands_where_the_collector_takes_it() {
        let link =
            |base: &str| format!("<a href=\"{base}/withdraw?lang=ru\" target=\"_top\">Отозвать ответ</a>");
        assert!(sent("/s/visit?lang=ru").contains(&link("")));
        let embedded = "https://qulaq.example";
        assert!(sent(&format!("{embedded}/s/visit?heading-level=3")).contains(&link(embedded)));
        let below_a_path = "https://example.kz/s/qulaq";
        assert!(sent(&format!("{below_a_path}/s/visit")).contains(&link(below_a_path)));
    }

    #[test]
    fn a_form_without_a_collector_has_no_such_link() {
        let html = sent("");
        assert!(html.contains("629Z7") && !html.contains("<a "), "{html}");
    }
}
