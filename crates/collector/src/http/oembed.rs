//! `GET /oembed`: what a content system asks when somebody pastes the address of a survey (oEmbed 1.0, type `rich`).

use super::query::Query;
use super::{App, frame, page};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// Pixels of a frame in which a form is read well: its column, and a question with its notice.
const WIDTH: u32 = 672;
const HEIGHT: u32 = 800;

/// Seconds for which the description may be kept.
const KEEP: u32 = 24 * 60 * 60;

pub(super) async fn get(State(app): State<Arc<App>>, query: Query) -> Result<Response, Refusal> {
    // §2.3.3: a format that is not provided is 501, an address that is not known 404.
    if query.get("format").is_some_and(|format| format != "json") {
        return Err(Refusal::OnlyJson);
    }
    let url = query.get("url").unwrap_or_default();
    let (survey, lang) = survey_at(app.public_url.as_str(), &url).ok_or(Refusal::UnknownSurvey)?;
    let survey = app.current(&survey).await?.edition.survey.clone();
    let lang = survey.language(&lang).to_owned();
    let most = |name: &str| query.get(name).and_then(|pixels| pixels.parse().ok()).unwrap_or(u32::MAX);
    let (width, height) = (WIDTH.min(most("maxwidth")), HEIGHT.min(most("maxheight")));
    let (host, title) = (app.public_url.as_str(), page::title(&survey, &lang));
    let described = json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": survey.agency.as_ref().map_or("Qulaq", |agency| agency.get(&lang)),
        "provider_url": host,
        "cache_age": KEEP,
        "width": width,
        "height": height,
        "html": frame::snippet(host, &survey.id, &lang, survey.title.get(&lang), width, height),
    });
    Ok(([(CONTENT_TYPE, "application/json")], described.to_string()).into_response())
}

/// The survey whose page has this address, and the language that the address names.
fn survey_at(host: &str, url: &str) -> Option<(String, String)> {
    let path = url.strip_prefix(host)?.strip_prefix("/s/")?;
    let path = path.split('#').next()?;
    let (survey, query) = path.split_once('?').unwrap_or((path, ""));
    let lang = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
    Some((survey.to_owned(), lang.map(|(_, lang)| lang.into_owned()).unwrap_or_default()))
}
