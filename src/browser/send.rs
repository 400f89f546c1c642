//! Posts a response and says what became of it. The loader does the posting and its retries, for this module and for
//! a form that has none; the same id goes with every try, so that a try whose reply was lost is not a second response.

use super::Options;
use super::json;
use crate::words::Words;
use serde_json::Value;
use std::rc::Rc;
use survey::{Answers, Code, Problem, Survey};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Where a response goes.
#[derive(Clone)]
pub(super) struct Target(Rc<Options>);

/// What became of a response.
pub(super) enum Outcome {
    /// It is kept. An endpoint that is no collector may give no receipt.
    Kept(Option<String>),
    /// The collector found these problems.
    Problems(Vec<Problem>),
    /// The citizen's group has been heard: the index of its quota.
    Full(usize),
    /// The survey has been closed.
    Closed,
    /// It was refused for a reason that the citizen cannot mend.
    Refused,
    /// Nobody answered, though it was tried again.
    Unreachable,
}

/// The reply to a post, as the loader gives it.
#[wasm_bindgen]
extern "C" {
    type Reply;

    #[wasm_bindgen(method, getter)]
    fn ok(this: &Reply) -> bool;
    /// The body as a value, if it was JSON.
    #[wasm_bindgen(method, getter)]
    fn json(this: &Reply) -> JsValue;
}

impl Target {
    pub(super) fn new(options: Options) -> Self {
        Self(Rc::new(options))
    }

    /// Dispatches an event; its detail never holds an answer.
    pub(super) fn emit(&self, name: &str, key: &str, value: &str) {
        let detail = js_sys::Object::new();
        _ = js_sys::Reflect::set(&detail, &JsValue::from_str(key), &JsValue::from_str(value));
        self.0.emit(name, &detail);
    }

    /// The words of another language.
    pub(super) async fn words(&self, lang: &str) -> Option<Words> {
        Some(Words::from_value(json::read(&self.0.words(lang).await.ok()?)))
    }

    /// The definition, read for the other pace.
    pub(super) fn definition(&self) -> Option<Survey> {
        Survey::from_published(&json::read(&self.0.definition()))
    }

    pub(super) fn alive(&self, place: &str) {
        self.0.alive(place);
    }

    /// Tells where the citizen came to, with the questions that have been shown and what was answered by then.
    pub(super) fn moved(&self, place: &str, pushes: bool, seen: &str, answers: &Answers) {
        self.0.moved(place, pushes, seen, &json::value(&answers.to_value()));
    }

    pub(super) fn keep(&self, draft: &str) {
        self.0.keep(draft);
    }

    pub(super) fn removed(&self, draft: &str, group: &str, entry: usize) {
        self.0.removed(draft, group, entry);
    }

    pub(super) fn suggest(&self, name: &str, field: &HtmlElement, texts: js_sys::Array, said: &str) {
        self.0.suggest(name, field, texts, said);
    }

    /// Whether a quota is full.
    pub(super) fn full(&self, name: &str) -> bool {
        let full = json::read(&self.0.full());
        full.as_array().is_some_and(|full| full.iter().any(|known| known.as_str() == Some(name)))
    }

    /// Sends answers that stand; what goes around them the loader's half knows.
    pub(super) async fn send(&self, answers: &Answers) -> Outcome {
        match self.0.post(&json::value(&answers.to_value())).await {
            Ok(reply) => self.outcome(reply.unchecked_ref()),
            Err(_) => Outcome::Unreachable,
        }
    }

    fn outcome(&self, reply: &Reply) -> Outcome {
        let body = json::read(&reply.json());
        let receipt = body.get("receipt").and_then(Value::as_str).map(str::to_owned);
        if reply.ok() {
            // A collector that says "kept" without a receipt is not one: something stands between.
            return if receipt.is_none() && self.0.collector() {
                Outcome::Refused
            } else {
                Outcome::Kept(receipt)
            };
        }
        if let Some(quota) = quota(&body) {
            return Outcome::Full(quota);
        }
        if body.get("type").and_then(Value::as_str).is_some_and(|kind| kind.ends_with(":closed")) {
            return Outcome::Closed;
        }
        let problems = body.get("problems").and_then(Value::as_array);
        let problems: Vec<Problem> = problems.into_iter().flatten().filter_map(Problem::read).collect();
        if problems.is_empty() { Outcome::Refused } else { Outcome::Problems(problems) }
    }
}

/// The quota that a refusal names.
fn quota(body: &Value) -> Option<usize> {
    let problem = Problem::read(body.get("problems")?.as_array()?.first()?)?;
    let full = problem.code == Code::QuotaFull;
    problem.param("quota").filter(|_| full).and_then(|quota| usize::try_from(quota).ok())
}
