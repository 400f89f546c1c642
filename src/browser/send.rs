//! Posts a response and says what became of it. The same id goes with every try, so that a try whose reply was lost
//! is not a second response.

use crate::session::Fixed;
use gloo_net::http::{Request, Response};
use gloo_timers::future::TimeoutFuture;
use serde::Deserialize;
use serde_json::json;
use survey::{Answers, Problem};
use web_sys::{ReferrerPolicy, RequestCredentials};

/// Where a response goes.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) endpoint: String,
    pub(super) collector: bool,
    pub(super) id: String,
}

/// What became of a response.
pub(super) enum Outcome {
    /// It is kept. An endpoint that is no collector may give no receipt.
    Kept(Option<String>),
    /// The collector found these problems.
    Problems(Vec<Problem>),
    /// The survey has been closed.
    Closed,
    /// It was refused for a reason that the citizen cannot mend.
    Refused,
    /// Nobody answered, though it was tried again.
    Unreachable,
}

/// Waits before the second, third and fourth try, in milliseconds.
const WAITS: [u32; 3] = [1_000, 3_000, 8_000];

pub(super) async fn send(target: &Target, fixed: &Fixed, answers: &Answers) -> Outcome {
    let body = json!({
        "id": target.id,
        "survey": fixed.survey.id,
        "version": fixed.version,
        "lang": fixed.lang,
        "channel": "embed",
        "answers": answers,
        "paradata": { "path": "wasm" },
    })
    .to_string();
    for wait in WAITS {
        if let Some(outcome) = try_once(target, &body).await {
            return outcome;
        }
        TimeoutFuture::new(wait).await;
    }
    try_once(target, &body).await.unwrap_or(Outcome::Unreachable)
}

/// One try; `None` when another may succeed.
async fn try_once(target: &Target, body: &str) -> Option<Outcome> {
    let request = Request::post(&target.endpoint)
        .header("content-type", "application/json")
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .body(body);
    let Ok(request) = request else { return Some(Outcome::Refused) };
    let response = request.send().await.ok()?;
    match response.status() {
        408 | 429 | 500..=599 => None,
        200..=299 => Some(kept(target, response).await),
        _ => Some(refused(response).await),
    }
}

#[derive(Deserialize)]
struct Receipt {
    receipt: String,
}

/// A collector that says "kept" without a receipt is not one: something stands between.
async fn kept(target: &Target, response: Response) -> Outcome {
    match response.json::<Receipt>().await {
        Ok(receipt) => Outcome::Kept(Some(receipt.receipt)),
        Err(_) if target.collector => Outcome::Refused,
        Err(_) => Outcome::Kept(None),
    }
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    problems: Vec<Problem>,
}

async fn refused(response: Response) -> Outcome {
    match response.json::<Refusal>().await {
        Ok(refusal) if refusal.kind.ends_with(":closed") => Outcome::Closed,
        Ok(refusal) if !refusal.problems.is_empty() => Outcome::Problems(refusal.problems),
        _ => Outcome::Refused,
    }
}
