//! What the parts of a form share while it lives.

use crate::node::{Element, Node, element};
use crate::view::{State, View};
use crate::watched::Watched;
use crate::words::Words;
use std::ops::Deref;
use std::sync::Arc;
use survey::order::shuffled;
use survey::route::{Occasion, Route};
use survey::text::{piped, pipes};
use survey::{Answers, Choice, Problem, Survey, Text};

/// The fixed part of a view and the signals of its moving part. One word, and cheap to clone.
#[derive(Clone)]
pub(crate) struct Session(Arc<Parts>);

impl Deref for Session {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What a session is made of.
pub(crate) struct Parts {
    pub(crate) fixed: Fixed,
    pub(crate) state: Watched<State>,
    pub(crate) answers: Watched<Answers>,
    pub(crate) problems: Watched<Vec<Problem>>,
    pub(crate) sending: Watched<Sending>,
    /// The questions that have been shown so far.
    pub(crate) seen: Watched<Vec<String>>,
    /// Whether an answer is being changed on the way to sending.
    pub(crate) changing: Watched<bool>,
    /// Changes when the citizen has stopped typing for a while: counts are spoken then and not at every key.
    pub(crate) pause: Watched<u32>,
    /// Which pages and questions the answers lead to.
    pub(crate) route: Watched<Route>,
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
    pub(crate) assisted: String,
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
        let route = Route::of(&view.survey, &view.answers, occasion);
        Self(Arc::new(Parts {
            state: Watched::new(view.state),
            answers: Watched::new(view.answers),
            route: Watched::new(route),
            problems: Watched::new(view.problems),
            sending: Watched::new(Sending::Idle),
            seen: Watched::new(view.seen),
            changing: Watched::new(view.changing),
            pause: Watched::new(0),
            fixed: Fixed {
                survey: view.survey,
                words,
                version: view.version,
                lang: view.lang,
                action: view.action,
                media: view.media,
                heading_level: view.heading_level.clamp(1, 6),
                response_id: view.response_id,
                seed: view.seed,
                assisted: view.assisted,
                occasion,
            },
        }))
    }

    /// Changes the answers, and tells those who depend on them only when something did change.
    #[cfg(feature = "hydrate")]
    pub(crate) fn change(&self, answers: Answers) {
        if self.answers.with_untracked(|before| *before == answers) {
            return;
        }
        let route = Route::of(&self.fixed.survey, &answers, self.fixed.occasion);
        self.answers.set(answers);
        if self.route.with_untracked(|before| *before != route) {
            self.route.set(route);
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
        let mut paragraphs = vec![String::new()];
        for line in text.split('\n').map(str::trim) {
            match paragraphs.last_mut() {
                Some(last) if !line.is_empty() => {
                    if !last.is_empty() {
                        last.push('\n');
                    }
                    last.push_str(line);
                }
                _ => paragraphs.push(String::new()),
            }
        }
        let paragraphs = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty());
        paragraphs.map(|paragraph| element("p").text(&paragraph).into()).collect()
    }

    /// Options or rows in the order in which they stand.
    pub(crate) fn in_order<'a>(&self, shuffle: bool, salt: &str, choices: &'a [Choice]) -> Vec<&'a Choice> {
        let pinned = |item: usize| !shuffle || choices[item].is_pinned();
        let order = shuffled(self.fixed.occasion.seed, salt, choices.len(), pinned);
        order.into_iter().map(|item| &choices[item]).collect()
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
