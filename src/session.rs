//! What the parts of a form share while it lives.

use crate::node::{Node, element};
use crate::view::{State, View};
use crate::words::Words;
use leptos::prelude::*;
use std::sync::Arc;
use survey::route::Route;
use survey::{Answers, Problem, Survey, Text};

/// The fixed part of a view and the signals of its moving part. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) fixed: Arc<Fixed>,
    pub(crate) state: RwSignal<State>,
    pub(crate) answers: RwSignal<Answers>,
    pub(crate) problems: RwSignal<Vec<Problem>>,
    pub(crate) sending: RwSignal<Sending>,
    /// Which pages and questions the answers lead to.
    pub(crate) route: Memo<Route>,
}

/// What does not change while a form lives.
pub(crate) struct Fixed {
    pub(crate) survey: Arc<Survey>,
    pub(crate) words: Words,
    pub(crate) version: String,
    pub(crate) lang: String,
    pub(crate) action: String,
    pub(crate) heading_level: u8,
    pub(crate) response_id: Option<String>,
}

/// How sending goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sending {
    /// Nothing is on its way.
    Idle,
    /// Under way.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser sends"))]
    Now,
    /// It failed; the key of the words that say so.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser sends"))]
    Failed(&'static str),
}

impl Session {
    pub(crate) fn new(view: View, words: Words) -> Self {
        let answers = RwSignal::new(view.answers);
        let survey = Arc::clone(&view.survey);
        Self {
            state: RwSignal::new(view.state),
            answers,
            problems: RwSignal::new(view.problems),
            sending: RwSignal::new(Sending::Idle),
            route: Memo::new(move |_| answers.with(|answers| Route::of(&survey, answers))),
            fixed: Arc::new(Fixed {
                survey: view.survey,
                words,
                version: view.version,
                lang: view.lang,
                action: view.action,
                heading_level: view.heading_level.clamp(1, 6),
                response_id: view.response_id,
            }),
        }
    }

    /// An author's text in the language of the form.
    pub(crate) fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.get(&self.fixed.lang)
    }

    /// Words of the interface.
    pub(crate) fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.fixed.words.get(key)
    }

    /// A heading, `below` levels under the form's own, that can take focus.
    pub(crate) fn heading(&self, below: u8, class: &str, text: &str) -> Node {
        let level = usize::from(self.fixed.heading_level + below).clamp(1, HEADINGS.len());
        element(HEADINGS[level - 1]).class(class).attr("tabindex", "-1").text(text).into()
    }

    /// Text whose empty lines start paragraphs.
    pub(crate) fn paragraphs(&self, text: &Text) -> Vec<Node> {
        let text = self.text(text);
        text.split("\n\n").map(|paragraph| element("p").text(paragraph.trim()).into()).collect()
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
