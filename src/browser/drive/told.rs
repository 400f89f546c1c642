//! What else than typing and buttons changes a form: another language, a page of the browser's history, a draft that was
//! kept on the device, a pause in typing.

use super::Driver;
use crate::browser::{at_pace, draw_anew, fields, json};
use crate::session::Sending;
use crate::view::{State, View};
use leptos::task::spawn_local;
use serde_json::{Map, Value};
use std::sync::Arc;
use survey::{Answers, At, Pace, Survey};
use wasm_bindgen::prelude::*;
use web_sys::Event;

impl Driver {
    /// Goes on at another pace, where the citizen is.
    pub(super) fn pace(&self, pace: Pace, at: At) {
        let (session, fixed) = (&self.session, &self.session.fixed);
        let Some(survey) = self.target.definition() else { return };
        let seed = fixed.occasion.seed;
        let survey = at_pace(survey, pace, seed);
        let at = session.route.with_untracked(|route| {
            let goes_on = |answers: &Answers| fixed.survey.at_other_pace(&survey, at, seed, (route, answers));
            session.answers.with_untracked(goes_on)
        });
        self.speak(survey, &fixed.lang, at);
    }

    /// Shows the same moment in another language, or at another pace: the form is drawn anew from what there is.
    pub(super) fn speak(&self, survey: Arc<Survey>, lang: &str, at: At) {
        let (session, fixed) = (&self.session, &self.session.fixed);
        let view = View {
            survey,
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
            assisted: self.form().as_ref().map(fields::assisted).unwrap_or_default(),
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
        let Some(place) = event.detail().as_string() else { return self.resume_or_pause(&event.detail()) };
        let Some(at) = self.at() else { return };
        if let Some(form) = self.form() {
            self.read_page(&form);
        }
        let wanted = self.at_place(&place);
        if wanted != at && self.session.sending.get_untracked() != Sending::Now {
            self.show(wanted, Vec::new(), false);
        }
    }

    /// The opposite of `place`; the beginning, where an older version had a question that is gone.
    fn at_place(&self, place: &str) -> At {
        if place.is_empty() {
            return At::Review;
        }
        At::Page(self.session.fixed.survey.place(place).map_or(0, |(page, _)| page))
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
        let at = draft.get("at").and_then(Value::as_str).unwrap_or_default();
        self.session.seen.set(seen.split_whitespace().map(str::to_owned).collect());
        self.session.change(answers);
        // Drawn anew also where it is the same page: its fields show what was kept.
        self.session.state.set(State::Closed);
        self.show(self.at_place(at), Vec::new(), true);
    }

    /// The names of the questions that have been shown.
    pub(super) fn seen(&self) -> String {
        self.session.seen.get_untracked().join(" ")
    }

    /// What there is so far, to be kept on the device.
    pub(super) fn draft(&self) -> String {
        let mut draft = Map::new();
        draft.insert("answers".to_owned(), self.session.answers.with_untracked(Answers::to_value));
        draft.insert("seen".to_owned(), Value::from(self.seen()));
        draft.insert("at".to_owned(), Value::from(self.place()));
        json::text(&Value::Object(draft))
    }
}
