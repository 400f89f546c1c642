//! The manipulation report of a survey, for whoever sees the survey; copied texts, for whoever may read texts.

use super::guard::Console;
use super::markup::el;
use super::parts;
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::report;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/report")
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let app = &console.app;
    let current = app.current(&survey).await?;
    let edition = &current.edition;
    let report = report::report(&*app.store, edition).await.map_err(Refusal::of_store)?;
    let reads_texts = console.may(Right::ReadTexts, &survey);
    if reads_texts && !report.copies.is_empty() {
        console.did(Act::ReadTexts, Some(&survey), "report").await?;
    }
    let definition = app.store.definition(&survey, &edition.version).await.map_err(Refusal::of_store)?;
    let results = report::results(&definition.unwrap_or_default());
    let lang = edition.survey.language(&console.said.lang);
    let inside = report::html(&report, edition, results.as_deref(), (lang, &app.days, reads_texts));
    let main = vec![el("section").class("q").attr("lang", lang).drawn(&inside)];
    Ok(parts::page(&console, console.said.get("report"), None, main))
}
