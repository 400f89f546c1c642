//! `GET /api/v1/surveys/ID/quotas`: of which groups enough are heard, for forms that are filled in without the server.

use super::App;
use super::query::SurveyId;
use crate::quota;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let full = quota::full(&app, &current, &current.edition).await?;
    let quotas = &current.edition.survey.quotas;
    let names: Vec<&str> = full.into_iter().map(|quota| quotas[quota].name.as_str()).collect();
    let about = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
    Ok((about, json!({ "full": names }).to_string()).into_response())
}
