//! Drives a form: one listener for what is typed, one for the buttons.

use super::fields;
use super::send::{Outcome, Target};
use crate::session::{Sending, Session};
use crate::view::State;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use survey::form::{Go, Posted, Step, step};
use survey::{Answers, Problem};
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

/// A form and the element around it.
#[derive(Clone)]
pub(super) struct Driver {
    pub(super) session: Session,
    pub(super) container: HtmlElement,
    pub(super) target: Target,
}

/// Starts to listen, once the form stands in its container; reads what was typed there before.
pub(super) fn start(driver: Driver) {
    spawn_local(async move {
        tick().await;
        let Some(form) = driver.form() else { return };
        driver.read_page(&form);
        for name in ["input", "change"] {
            let driver = driver.clone();
            listen(&form, name, move |event| driver.changed(&event));
        }
        let submit = driver.clone();
        listen(&form, "submit", move |event| submit.submitted(&event));
        _ = driver.container.set_attribute("data-live", "");
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

    fn read_page(&self, form: &HtmlFormElement) {
        let State::Page(page) = self.session.state.get_untracked() else { return };
        self.update(|answers| fields::read_page(&self.session.fixed.survey, page, form, answers));
    }

    /// Changes the answers, and tells those who depend on them only when something did change.
    fn update(&self, change: impl FnOnce(&mut Answers)) {
        self.session.answers.maybe_update(|answers| {
            let before = answers.clone();
            change(answers);
            *answers != before
        });
    }

    fn changed(&self, event: &Event) {
        let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let Ok(Some(around)) = field.closest("[data-question]") else { return };
        let name = around.get_attribute("data-question").unwrap_or_default();
        let (Some(question), Some(form)) = (self.session.fixed.survey.question(&name), self.form()) else {
            return;
        };
        if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
            fields::keep_exclusive(question, field, &around);
        }
        self.update(|answers| fields::read_question(question, &form, answers));
        if event.type_() == "change" {
            self.target.emit("change", "question", &name);
        }
    }

    fn submitted(&self, event: &Event) {
        event.prevent_default();
        let State::Page(page) = self.session.state.get_untracked() else { return };
        if self.session.sending.get_untracked() == Sending::Now {
            return;
        }
        if let Some(form) = self.form() {
            self.read_page(&form);
        }
        let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        let back = button
            .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok())
            .is_some_and(|b| b.value() == "back");
        let posted = Posted {
            answers: self.session.answers.get_untracked(),
            page,
            go: if back { Go::Back } else { Go::Next },
            ..Posted::default()
        };
        match step(&self.session.fixed.survey, &posted) {
            Step::Page { page, problems } => self.show(page, problems),
            Step::Send(answers) => self.send(answers),
        }
    }

    fn show(&self, page: usize, problems: Vec<Problem>) {
        let moved = self.session.state.get_untracked() != State::Page(page);
        self.session.problems.set(problems);
        self.session.sending.set(Sending::Idle);
        if moved {
            self.session.state.set(State::Page(page));
            let id = self.session.fixed.survey.pages.get(page).map_or("", |page| &page.id);
            self.target.emit("page", "page", id);
        }
        self.focus();
    }

    fn send(&self, answers: Answers) {
        let driver = self.clone();
        driver.session.problems.set(Vec::new());
        driver.session.sending.set(Sending::Now);
        spawn_local(async move {
            let outcome = driver.target.send(&driver.session.fixed, &answers).await;
            driver.sent(outcome);
        });
    }

    fn sent(&self, outcome: Outcome) {
        match outcome {
            Outcome::Kept(receipt) => {
                self.session.sending.set(Sending::Idle);
                self.session.state.set(State::Sent { receipt: receipt.clone() });
                self.target.emit("submitted", "receipt", receipt.as_deref().unwrap_or_default());
                self.focus();
            }
            Outcome::Problems(problems) => {
                let place = problems
                    .iter()
                    .filter_map(|problem| self.session.fixed.survey.place(problem.question.as_deref()?));
                let page = place.map(|(page, _)| page).min().unwrap_or(0);
                self.show(page, problems);
                self.target.emit("error", "reason", "problems");
            }
            Outcome::Closed => {
                self.session.sending.set(Sending::Idle);
                self.session.state.set(State::Closed);
                self.target.emit("error", "reason", "closed");
                self.focus();
            }
            Outcome::Refused => self.failed("refused"),
            Outcome::Unreachable => self.failed("failed"),
        }
    }

    fn failed(&self, words: &'static str) {
        self.session.sending.set(Sending::Failed(words));
        self.target.emit("error", "reason", words);
    }

    /// Takes the focus to what must be read next: the summary of what is wrong, or the heading of what is new.
    fn focus(&self) {
        let container = self.container.clone();
        spawn_local(async move {
            tick().await;
            for place in [".summary", ".title", ".page-title", ".page"] {
                if let Some(element) = container.query_selector(place).ok().flatten() {
                    if let Ok(element) = element.dyn_into::<HtmlElement>() {
                        _ = element.focus();
                    }
                    return;
                }
            }
        });
    }
}
