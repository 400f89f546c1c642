//! Pictures of results as files: those that everybody sees, at `/s/ID/results/chart`; those of the console ask here too.

use super::query::{Query, SurveyId};
use super::{App, results};
use crate::refusal::Refusal;
use crate::results::{Chart, Told};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Pictures that are made at the same time: the rest of the processors is for citizens.
static MAKING: Semaphore = Semaphore::const_new(2);

/// A file of what everybody may see.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let told = results::for_anybody(&app, &survey, &query, &headers).await?;
    respond(told, survey, &query, "public, max-age=60").await
}

/// The file that an address asks for.
pub(super) async fn respond(
    told: Told,
    survey: String,
    query: &Query,
    cache: &'static str,
) -> Result<Response, Refusal> {
    let row = query.get("row").map(|row| row.parse().map_err(|_| Refusal::UnknownRoute)).transpose()?;
    let question = query.get("question").unwrap_or_default();
    let wanted = Chart { question, row, kind: query.get("as").unwrap_or_default() };
    let _room =
        MAKING.acquire().await.map_err(|error| Refusal::internal("no picture can be made", &error))?;
    let making = tokio::task::spawn_blocking(move || told.file(&survey, &wanted));
    let file = making.await.map_err(|error| Refusal::internal("a picture could not be made", &error))?;
    let file = file.ok_or(Refusal::UnknownRoute)?;
    let name = format!("attachment; filename=\"{}\"", file.name);
    let about = [
        (CONTENT_TYPE, file.content_type),
        (CONTENT_DISPOSITION, name.as_str()),
        (CACHE_CONTROL, cache),
        // An SVG that is opened is a document: it runs and loads nothing.
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ];
    Ok((about, file.content).into_response())
}
