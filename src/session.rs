//! What the parts of a form share while it lives.

use crate::node::{Element, Node, element};
use crate::view::{State, View};
use crate::words::Words;
use leptos::prelude::*;
use std::sync::Arc;
use survey::order::shuffled;
use survey::route::{Occasion, Route};
use survey::text::{piped, pipes};
use survey::{Answers, Choice, Problem, Survey, Text};

/// The fixed part of a view and the signals of its moving part. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) fixed: Arc<Fixed>,
    pub(crate) state: RwSignal<State>,
    pub(crate) answers: RwSignal<Answers>,
    pub(crate) problems: RwSignal<Vec<Problem>>,
    pub(crate) sending: RwSignal<Sending>,
    /// The questions that have been shown so far.
    pub(crate) seen: RwSignal<Vec<String>>,
    /// Whether an answer is being changed on the way to sending.
    pub(crate) changing: RwSignal<bool>,
    /// Changes when the citizen has stopped typing for a while: counts are spoken then and not at every key.
    pub(crate) pause: RwSignal<u32>,
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
    pub(crate) media: String,
    pub(crate) heading_level: u8,
    pub(crate) response_id: Option<String>,
    pub(crate) seed: Option<u32>,
    pub(crate) occasion: Occasion,
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
        let occasion = view.occasion();
        let answers = RwSignal::new(view.answers);
        let survey = Arc::clone(&view.survey);
        Self {
            state: RwSignal::new(view.state),
            answers,
            problems: RwSignal::new(view.problems),
            sending: RwSignal::new(Sending::Idle),
            seen: RwSignal::new(view.seen),
            changing: RwSignal::new(view.changing),
            pause: RwSignal::new(0),
            route: Memo::new(move |_| answers.with(|answers| Route::of(&survey, answers, occasion))),
            fixed: Arc::new(Fixed {
                survey: view.survey,
                words,
                version: view.version,
                lang: view.lang,
                action: view.action,
                media: view.media,
                heading_level: view.heading_level.clamp(1, 6),
                response_id: view.response_id,
                seed: view.seed,
                occasion,
            }),
        }
    }

    /// An author's text in the language of the form, as it is written. Words of the interface stand in for standard
    /// options.
    pub(crate) fn text<'a>(&'a self, text: &'a Text) -> &'a str {
        match text {
            Text::Word(key) => self.word(key),
            text => text.get(&self.fixed.lang),
        }
    }

    /// An author's text with the answers that it asks for.
    pub(crate) fn say(&self, text: &Text) -> String {
        self.route.with_untracked(|route| self.say_by(route, text))
    }

    fn say_by(&self, route: &Route, text: &Text) -> String {
        piped(self.text(text), &mut |name| crate::spoken::of_variable(self, route, name))
    }

    /// `element` with an author's text, which follows the answers if it asks for any.
    pub(crate) fn with_text(&self, element: Element, text: &Text) -> Element {
        if pipes(self.text(text)).next().is_none() {
            return element.text(self.text(text));
        }
        let (session, text) = (self.clone(), text.clone());
        element.live_text(move || session.route.with(|route| session.say_by(route, &text)))
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
        let text = self.say(text);
        text.split("\n\n").map(|paragraph| element("p").text(paragraph.trim()).into()).collect()
    }

    /// The indexes of options, rows or questions in the order in which they stand.
    pub(crate) fn order(
        &self,
        shuffle: bool,
        salt: &str,
        items: usize,
        pinned: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        shuffled(self.fixed.occasion.seed, salt, items, |item| !shuffle || pinned(item))
    }

    /// Options or rows in the order in which they stand.
    pub(crate) fn in_order<'a>(&self, shuffle: bool, salt: &str, choices: &'a [Choice]) -> Vec<&'a Choice> {
        let order = self.order(shuffle, salt, choices.len(), |item| choices[item].is_pinned());
        order.into_iter().map(|item| &choices[item]).collect()
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
