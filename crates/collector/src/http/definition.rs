//! `GET /api/v1/surveys/ID`: the published definition with its version, the current one or the one asked for.

use super::App;
use super::query::{Query, SurveyId};
use crate::edition::Edition;
use crate::encoded::{Effort, Encoded};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;
use std::sync::Arc;
use survey::canonical::canonical;

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (edition, cache_control) = match query.get("version") {
        None => (app.current(&survey).await?.edition, "no-cache"),
        Some(version) => {
            let edition = app.editions.version(&*app.store, &survey, &version).await?;
            (edition, "public, max-age=31536000, immutable")
        }
    };
    let body = body(&app, &edition).await?;
    Ok(body.respond(&headers, cache_control))
}

/// The definition as its author wrote it, and `version` beside its fields.
async fn body<'a>(app: &App, edition: &'a Edition) -> Result<&'a Encoded, Refusal> {
    let make = || async {
        let definition = app.store.definition(&edition.survey.id, &edition.version).await;
        let definition = definition.map_err(Refusal::of_store)?.ok_or(Refusal::UnknownVersion)?;
        let version = edition.version.clone();
        Encoded::make("application/json", Effort::Once, move || with_version(&definition, version)).await
    };
    edition.body.get_or_try_init(make).await
}

fn with_version(definition: &str, version: String) -> String {
    let mut definition: Value = serde_json::from_str(definition).unwrap_or_default();
    definition["version"] = Value::String(version);
    canonical(&definition)
}
