//! One question: its text, hint and error around its control.

use crate::control;
use crate::message::message;
use crate::node::{Element, Node, element};
use crate::session::Session;
use leptos::prelude::*;
use survey::{Control, Question};

/// The question at `place`. It stands in the page even while it is hidden: what was answered comes back with it.
pub(crate) fn question(session: &Session, question: &Question, place: (usize, usize)) -> Node {
    let error = error(session, question);
    let route = session.route;
    let frame = |tag: &'static str| {
        element(tag)
            .part("question", "question")
            .attr("data-question", &question.name)
            .live_attr("hidden", move || route.with(|route| (!route.shows(place)).then(String::new)))
    };
    match question.kind.control() {
        Control::Words { lines, .. } => frame("div")
            .child(text(session, question, "label").attr("for", &question.name))
            .children(hint(session, question))
            .child(error_line(session, question, error))
            .child(
                control::words(session, question, lines)
                    .live_attr("aria-describedby", described_by(question, error)),
            ),
        _ => frame("fieldset")
            .live_attr("aria-describedby", described_by(question, error))
            .child(text(session, question, "legend"))
            .children(hint(session, question))
            .child(error_line(session, question, error))
            .children(control::choices(session, question)),
    }
    .into()
}

/// The question's words, with "(optional)" where it may be left out: never an asterisk (GOV.UK Design System, text input).
fn text(session: &Session, question: &Question, tag: &'static str) -> Element {
    let text = element(tag).part("text", "text").text(session.text(&question.text));
    if question.required {
        return text;
    }
    text.text(" ").child(element("span").class("optional").text(session.word("optional")))
}

fn hint(session: &Session, question: &Question) -> Option<Node> {
    let hint = question.hint.as_ref()?;
    Some(element("p").part("hint", "hint").attr("id", &hint_id(question)).text(session.text(hint)).into())
}

/// The messages that stand at this question, if any.
fn error(session: &Session, question: &Question) -> Memo<Option<String>> {
    let (session, name) = (session.clone(), question.name.clone());
    Memo::new(move |_| {
        session.problems.with(|problems| {
            let messages = problems.iter().filter_map(|problem| message(&session, problem));
            let here: Vec<_> =
                messages.filter(|message| message.question == name).map(|message| message.text).collect();
            (!here.is_empty()).then(|| here.join(" "))
        })
    })
}

fn error_line(session: &Session, question: &Question, error: Memo<Option<String>>) -> Element {
    let (id, prefix) = (error_id(question), session.word("error_prefix").to_owned());
    element("div").live(move || {
        let line = |text: String| {
            let prefix = element("span").class("spoken").text(&prefix).text(" ");
            element("p").part("error", "error").attr("id", &id).child(prefix).text(&text).into()
        };
        error.get().into_iter().map(line).collect()
    })
}

/// The ids of the hint and of the error, while they stand there.
fn described_by(
    question: &Question,
    error: Memo<Option<String>>,
) -> impl Fn() -> Option<String> + Send + 'static {
    let hint = question.hint.as_ref().map(|_| hint_id(question));
    let id = error_id(question);
    move || {
        let error = error.with(Option::is_some).then(|| id.clone());
        let ids: Vec<String> = [hint.clone(), error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

fn hint_id(question: &Question) -> String {
    format!("{}-hint", question.name)
}

fn error_id(question: &Question) -> String {
    format!("{}-error", question.name)
}
