//! Drives a form: one listener for what is typed, one for the buttons.

mod told;

use super::fields;
use super::send::{Outcome, Target};
use crate::session::{Sending, Session};
use crate::view::State;
use leptos::task::{spawn_local, tick};
use std::sync::Arc;
use survey::check::sent;
use survey::form::{Go, Posted, Step, page_of, shown_names, step};
use survey::{Answers, At, Problem};
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent,
};

/// A form and the element around it.
#[derive(Clone)]
pub(super) struct Driver {
    pub(super) session: Session,
    pub(super) container: HtmlElement,
    pub(super) target: Target,
}

/// Starts to listen, once the form stands in its container; reads what was typed there before.
pub(super) fn start(driver: Driver, takes_over: bool) {
    spawn_local(async move {
        tick().await;
        let Some(form) = driver.form() else { return };
        if takes_over {
            driver.read_page(&form);
        }
        for name in ["input", "change"] {
            let driver = driver.clone();
            listen(&form, name, move |event| driver.changed(&event));
        }
        let submit = driver.clone();
        listen(&form, "submit", move |event| submit.submitted(&event));
        // What the parts of a form that is driven from JavaScript tell: a page of the browser's history, a pause.
        let told = driver.clone();
        listen(&form, "qulaq-told", move |event| told.told(&event));
        _ = driver.container.set_attribute("data-live", "");
        driver.target.alive(&driver.place());
    });
}

fn listen(form: &HtmlFormElement, name: &str, handle: impl Fn(Event) + 'static) {
    let handle = Closure::<dyn Fn(Event)>::new(handle);
    _ = form.add_event_listener_with_callback(name, handle.as_ref().unchecked_ref());
    // The listener lives as long as the form, which lives as long as the page.
    handle.forget();
}

impl Driver {
    fn form(&self) -> Option<HtmlFormElement> {
        self.container.query_selector("form").ok().flatten()?.dyn_into().ok()
    }

    fn at(&self) -> Option<At> {
        match self.session.state.get_untracked() {
            State::At(at) => Some(at),
            _ => None,
        }
    }

    /// Where the citizen is, as the browser's history and drafts keep it: the name of the first question on the page,
    /// which is somewhere at every pace, or nothing where answers are checked.
    fn place(&self) -> String {
        let Some(At::Page(page)) = self.at() else { return String::new() };
        let first = self.session.fixed.survey.pages.get(page).and_then(|page| page.questions.first());
        first.map_or(String::new(), |question| question.name.clone())
    }

    fn read_page(&self, form: &HtmlFormElement) {
        let Some(At::Page(page)) = self.at() else { return };
        let mut answers = self.session.answers.get_untracked();
        fields::read_page(&self.session.fixed.survey, page, form, &mut answers);
        self.session.change(answers);
    }

    fn changed(&self, event: &Event) {
        let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let Some((name, around)) = outer(&field) else { return };
        let survey = Arc::clone(&self.session.fixed.survey);
        let (Some(question), Some(form)) = (survey.question(&name), self.form()) else { return };
        if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
            fields::keep_exclusive(question, field, &around);
        }
        let mut answers = self.session.answers.get_untracked();
        fields::read(question, &form, &mut answers);
        self.session.change(answers);
        if event.type_() == "change" {
            self.target.emit("change", "question", &name);
        }
        if survey::kind::WHOLE && field.has_attribute("data-search") && event.type_() == "input" {
            self.suggest(&question.choices, &name, &field);
        }
    }

    /// Hands the options that a text may mean to the list below the line.
    fn suggest(&self, choices: &[survey::Choice], name: &str, field: &HtmlElement) {
        let typed = field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default();
        let found = crate::control::search_matches(choices, &typed);
        let texts = found.iter().map(|choice| JsValue::from_str(self.session.text(&choice.text)));
        let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
        let words = &self.session.fixed.words;
        let said = if count == 0 && !typed.trim().is_empty() {
            words.get("search_none").to_owned()
        } else {
            words.count("search_results", count, &[])
        };
        self.target.suggest(name, field, texts.collect(), &said);
    }

    fn submitted(&self, event: &Event) {
        event.prevent_default();
        let Some(at) = self.at() else { return };
        if self.session.sending.get_untracked() == Sending::Now {
            return;
        }
        if let Some(form) = self.form() {
            self.read_page(&form);
        }
        let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        let button = button.and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        self.go(at, button.map_or(Go::Next, |button| Go::read(&button.value())));
    }

    /// Does what a button says.
    fn go(&self, at: At, go: Go) {
        let session = &self.session;
        if let At::Page(page) = at {
            let seen = session.seen.get_untracked();
            let seen =
                session.route.with_untracked(|route| shown_names(&session.fixed.survey, page, route, &seen));
            session.seen.set(seen);
        }
        let mut posted = Posted {
            answers: session.answers.get_untracked(),
            at,
            go,
            shown: Some(session.seen.get_untracked()),
            changing: session.changing.get_untracked(),
            ..Posted::default()
        };
        let step = step(&session.fixed.survey, &mut posted, session.fixed.occasion);
        match &posted.go {
            Go::Language(lang) => return self.speak(Arc::clone(&session.fixed.survey), lang, at),
            Go::Pace(pace) => return self.pace(*pace, at),
            Go::Keep => return self.target.keep(&self.draft()),
            _ => {}
        }
        if survey::kind::WHOLE
            && let Go::Remove(group, entry) = &posted.go
        {
            self.target.removed(&self.draft(), group, *entry);
        }
        let stays = matches!(posted.go, Go::Add(_) | Go::Remove(..));
        session.change(posted.answers);
        session.changing.set(posted.changing);
        match step {
            Step::At { .. } if stays => focus_on(self.container.clone(), &[".entry:last-of-type"]),
            Step::At { problems, .. } if problems.is_empty() && self.full().is_some() => {
                self.end(State::Full(self.full().unwrap_or_default()));
            }
            Step::At { at, problems } => self.show(at, problems, true),
            Step::Send(answers) => self.send(answers),
        }
    }

    /// The full quota that the answers so far belong to, if any.
    fn full(&self) -> Option<usize> {
        let survey = &self.session.fixed.survey;
        let full = |name: &str| self.target.full(name);
        survey.quotas.iter().position(|quota| {
            full(&quota.name)
                && self.session.route.with_untracked(|route| route.satisfies(survey, &quota.when))
        })
    }

    fn show(&self, at: At, problems: Vec<Problem>, pushes: bool) {
        let moved = self.session.state.get_untracked() != State::At(at);
        self.session.problems.set(problems);
        self.session.sending.set(Sending::Idle);
        if moved {
            self.session.state.set(State::At(at));
            let id = match at {
                At::Page(page) => self.session.fixed.survey.pages.get(page).map_or("", |page| &page.id),
                At::Review => survey::form::REVIEW,
            };
            self.target.emit("page", "page", id);
            let standing = self.session.route.with_untracked(|route| sent(route.answers()));
            self.target.moved(&self.place(), pushes, &self.seen(), &standing);
        }
        self.focus();
    }

    fn send(&self, answers: Answers) {
        let driver = self.clone();
        driver.session.problems.set(Vec::new());
        driver.session.sending.set(Sending::Now);
        spawn_local(async move {
            let outcome = driver.target.send(&answers).await;
            driver.sent(outcome);
        });
    }

    fn sent(&self, outcome: Outcome) {
        match outcome {
            Outcome::Kept(receipt) => {
                self.end(State::Sent { receipt: receipt.clone() });
                self.target.emit("submitted", "receipt", receipt.as_deref().unwrap_or_default());
            }
            Outcome::Problems(problems) => {
                let survey = &self.session.fixed.survey;
                let pages =
                    problems.iter().filter_map(|problem| page_of(survey, problem.question.as_deref()?));
                let page = pages.min().unwrap_or(0);
                self.show(At::Page(page), problems, true);
                self.target.emit("error", "reason", "problems");
            }
            Outcome::Full(quota) => {
                self.end(State::Full(quota));
                self.target.emit("error", "reason", "full");
            }
            Outcome::Closed => {
                self.end(State::Closed);
                self.target.emit("error", "reason", "closed");
            }
            Outcome::Refused => self.failed("refused"),
            Outcome::Unreachable => self.failed("failed"),
        }
    }

    fn end(&self, state: State) {
        self.session.sending.set(Sending::Idle);
        self.session.state.set(state);
        self.focus();
    }

    fn failed(&self, words: &'static str) {
        self.session.sending.set(Sending::Failed(words));
        self.target.emit("error", "reason", words);
    }

    /// Takes the focus to what must be read next: the summary of what is wrong, or the heading of what is new.
    fn focus(&self) {
        focus_in(self.container.clone());
    }
}

/// The places that can be read next, the most urgent first.
const HEADS: &[&str] = &[".summary", ".title", ".page-title", ".page"];

/// Takes the focus to what must be read first.
pub(super) fn focus_in(container: HtmlElement) {
    focus_on(container, HEADS);
}

fn focus_on(container: HtmlElement, places: &'static [&'static str]) {
    spawn_local(async move {
        tick().await;
        for place in places {
            if let Some(element) = container.query_selector(place).ok().flatten() {
                if let Ok(element) = element.dyn_into::<HtmlElement>() {
                    _ = element.focus();
                }
                return;
            }
        }
    });
}

/// The outermost question around a field, with the name of its variable.
fn outer(field: &HtmlElement) -> Option<(String, Element)> {
    let around = field.closest("[data-question]").ok().flatten()?;
    let name = around.get_attribute("data-question")?;
    match name.split_once('.') {
        None => Some((name, around)),
        Some((outer, _)) => {
            let above = around.parent_element()?.closest("[data-question]").ok().flatten();
            Some((outer.to_owned(), above.unwrap_or(around)))
        }
    }
}
