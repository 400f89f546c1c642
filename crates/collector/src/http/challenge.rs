//! `GET /api/v1/surveys/ID/challenge`: what a browser works on while somebody answers. Nothing is kept of it.

use super::App;
use super::query::SurveyId;
use crate::guard::Challenge;
use crate::refusal::Refusal;
use crate::tier::Tier;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    if app.current(&survey).await?.edition.tier != Tier::Work {
        return Err(Refusal::UnknownRoute);
    }
    let challenge = Challenge::new(&app, &survey).map_err(Refusal::of_randomness)?;
    let said = json!({
        "challenge": challenge.signed(&app.key, &survey),
        "puzzles": challenge.puzzles,
        "bits": challenge.bits,
        "seconds": Challenge::SECONDS,
    });
    let about = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
    Ok((about, said.to_string()).into_response())
}
