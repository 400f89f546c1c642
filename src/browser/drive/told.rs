//! What else than typing and buttons changes a form: another language, a page of the browser's history, a draft that was
//! kept on the device, a pause in typing.

use super::Driver;
use crate::browser::{draw_anew, json};
use crate::session::Sending;
use crate::view::{State, View};
use leptos::task::spawn_local;
use serde_json::{Map, Value};
use std::sync::Arc;
use survey::{Answers, At};
use wasm_bindgen::prelude::*;
use web_sys::Event;

impl Driver {
    /// Shows the same moment in another language: the form is drawn anew from what there is.
    pub(super) fn speak(&self, lang: &str, at: At) {
        let (session, fixed) = (&self.session, &self.session.fixed);
        let view = View {
            survey: Arc::clone(&fixed.survey),
            version: fixed.version.clone(),
            lang: lang.to_owned(),
            action: fixed.action.clone(),
            media: fixed.media.clone(),
            heading_level: fixed.heading_level,
            state: State::At(at),
            answers: session.answers.get_untracked(),
            problems: Vec::new(),
            response_id: fixed.response_id.clone(),
            seed: fixed.seed,
            today: fixed.occasion.today,
            seen: session.seen.get_untracked(),
            changing: session.changing.get_untracked(),
        };
        let (container, target) = (self.container.clone(), self.target.clone());
        let lang = lang.to_owned();
        spawn_local(async move {
            let Some(words) = target.words(&lang).await else { return };
            draw_anew(view, words, container, target);
        });
    }

    /// A page of the browser's history, an answer kept on the device, or a pause in typing.
    pub(super) fn told(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<web_sys::CustomEvent>() else { return };
        let Some(place) = event.detail().as_f64() else { return self.resume_or_pause(&event.detail()) };
        let Some(at) = self.at() else { return };
        if let Some(form) = self.form() {
            self.read_page(&form);
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is one of our own small numbers")]
        let wanted = usize::try_from(place as i64).map_or(At::Review, At::Page);
        if wanted != at && self.session.sending.get_untracked() != Sending::Now {
            self.show(wanted, Vec::new(), false);
        }
    }

    /// A draft that was kept on the device, or nothing: the citizen has stopped typing.
    fn resume_or_pause(&self, detail: &JsValue) {
        let draft = json::read(detail);
        let survey = &self.session.fixed.survey;
        let Some(kept) = draft.get("answers").and_then(Value::as_object) else {
            return self.session.pause.set(self.session.pause.get_untracked() + 1);
        };
        let answers = Answers::read_kept(survey, kept);
        let seen = draft.get("seen").and_then(Value::as_str).unwrap_or_default();
        let page = draft.get("page").and_then(Value::as_u64).and_then(|page| usize::try_from(page).ok());
        let last = survey.pages.len().saturating_sub(1);
        self.session.seen.set(seen.split_whitespace().map(str::to_owned).collect());
        self.session.change(answers);
        // Drawn anew also where it is the same page: its fields show what was kept.
        self.session.state.set(State::Closed);
        self.show(page.map_or(At::Review, |page| At::Page(page.min(last))), Vec::new(), true);
    }

    /// What there is so far, to be kept on the device.
    pub(super) fn draft(&self, at: At) -> String {
        let mut draft = Map::new();
        draft.insert("answers".to_owned(), self.session.answers.with_untracked(Answers::to_value));
        draft.insert("seen".to_owned(), Value::from(self.session.seen.get_untracked().join(" ")));
        if let At::Page(page) = at {
            draft.insert("page".to_owned(), Value::from(page));
        }
        json::text(&Value::Object(draft))
    }
}
