//! `/s/ID/accessibility`: what is known of how accessible a survey is, for whoever meets a barrier in it.

use super::document::{self, Page};
use super::query::{Query, SurveyId};
use super::vision::Vision;
use super::{App, language};
use crate::refusal::Refusal;
use crate::statement::{self, Statement};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::Value;
use std::sync::Arc;

/// The statement of the current version.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let edition = app.current(&survey).await?.edition;
    let definition = app.store.definition(&survey, &edition.version).await.map_err(Refusal::of_store)?;
    let definition = definition.ok_or(Refusal::UnknownVersion)?;
    let definition: Value = serde_json::from_str(&definition).unwrap_or_default();
    let there_is = |lang: &str| edition.survey.languages.iter().any(|tag| tag == lang);
    let wanted = query.get("lang").or_else(|| language::preferred(&headers, there_is)).unwrap_or_default();
    // The survey may be in more languages than statements are.
    let lang = statement::language(edition.survey.language(&wanted));
    let languages: Vec<&str> = edition
        .survey
        .languages
        .iter()
        .map(String::as_str)
        .filter(|tag| statement::language(tag) == *tag)
        .collect();
    let statement =
        Statement { definition: &definition, version: &edition.version, lang, today: app.today() };
    let title = format!("{} · {}", statement::title(lang), edition.survey.title.get(lang));
    let main = statement.html();
    let page = Page { lang, title: &title, languages, vision: Vision::of(&query), main: &main };
    Ok(document::respond(&app, StatusCode::OK, &page))
}

/// A link to it, for the foot of the survey's own page.
pub(super) fn link(survey: &str, lang: &str, vision: Vision) -> String {
    let lang = document::escape(lang);
    let title = document::escape(&statement::title(&lang));
    let look = document::escape(&vision.query());
    format!("<p class=\"foot\"><a href=\"/s/{survey}/accessibility?lang={lang}{look}\">{title}</a></p>\n")
}
