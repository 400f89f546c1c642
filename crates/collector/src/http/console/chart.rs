//! The pictures on the page of a survey as files, with the threshold of the console.

use super::guard::Console;
use super::survey::Arrived;
use crate::http::chart;
use crate::http::query::SurveyId;
use crate::refusal::Refusal;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

pub(super) async fn get(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&id).await?;
    let told = Arrived::at(&console, &id).await?.told(&console, &current, None);
    chart::respond(told, id, &console.query, "no-store").await
}
