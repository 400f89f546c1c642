//! `/s/ID/results` and `/api/v1/surveys/ID/results`: what others answered, as a page, as a block for a form that was
//! sent, and for programs.

use super::document::{self, Page};
use super::query::{Query, SurveyId};
use super::view::Place;
use super::vision::Vision;
use super::{App, language, page};
use crate::edition::Current;
use crate::encoded::{Effort, Encoded};
use crate::refusal::Refusal;
use crate::results::{self, Asking, Results, Told, block, told};
use crate::times::Standing;
use crate::visits::sentences;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use qulaq::State as Shown;
use std::sync::Arc;

/// Caches ask again each minute; what has not changed is not sent again.
const CACHE: &str = "public, max-age=60";

/// The page, which needs no script.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let told = in_words(&app, &current, &wanted(&current, &query, &headers), Asking::Anybody).await?;
    let told = told.ok_or(Refusal::NoResults)?;
    let survey = &current.edition.survey;
    let lang = told.lang();
    let title = format!("{} · {}", results::title(lang), page::title(survey, lang));
    let vision = Vision::of(&query);
    let name = document::escape(survey.title.get(lang));
    let back = format!(
        "<p class=\"foot\"><a href=\"/s/{}?lang={lang}{}\">{name}</a></p>\n",
        survey.id,
        document::escape(&vision.query())
    );
    let files = format!("/s/{}/results/chart", survey.id);
    let main = format!("{}{back}", block(&told, 1, None, Some(&files)));
    let languages = survey.languages.iter().map(String::as_str).collect();
    let page = Page { lang, title: &title, languages, vision, main: &main };
    Ok(document::respond(&app, StatusCode::OK, &page))
}

/// The same block for the end of a form in somebody's page.
pub(super) async fn fragment(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = wanted(&current, &query, &headers);
    let told = in_words(&app, &current, &lang, Asking::AfterSending).await?.ok_or(Refusal::NoResults)?;
    let html = inside(&app, &current, &told, Place::inside(&query));
    let made = Encoded::make("text/html; charset=utf-8", Effort::EachTime, move || html).await?;
    Ok(made.respond(&headers, CACHE))
}

/// The figures for programs.
pub(super) async fn json(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = wanted(&current, &query, &headers);
    let told = in_words(&app, &current, &lang, Asking::Anybody).await?.ok_or(Refusal::NoResults)?;
    let json = told.json(&current.edition).to_string();
    let made = Encoded::make("application/json", Effort::EachTime, move || json).await?;
    Ok(made.respond(&headers, CACHE))
}

/// What stands after the form in a reply: the results, when it was sent; where they come in place, the place for them.
pub(super) async fn after(
    app: &App,
    current: &Current,
    (state, lang): (&Shown, &str),
    place: Place,
) -> Result<String, Refusal> {
    if !matches!(state, Shown::Sent { .. }) {
        return Ok(String::new());
    }
    let told = in_words(app, current, lang, Asking::AfterSending).await?;
    Ok(told.map(|told| inside(app, current, &told, place)).unwrap_or_default())
}

/// What stands after the form on a page of its own from the beginning: the place for results, and a link where everybody
/// may see them already.
pub(super) fn around(current: &Current, lang: &str, vision: Vision) -> String {
    let sharing = current.edition.sharing.as_ref();
    let everybody = sharing.is_some_and(|sharing| sharing.shows(current.standing, Asking::Anybody));
    let link = everybody.then(|| results::link(&current.edition.survey.id, lang, &vision.query()));
    format!("{}{}", slot(current, lang), link.unwrap_or_default())
}

/// What stands after a form that can be answered: what is said of visits that are counted, and the place in which results
/// come once it is sent.
pub(super) fn slot(current: &Current, lang: &str) -> String {
    let counted =
        if current.standing == Standing::Open { sentences(&current.edition, lang) } else { String::new() };
    counted + place(current)
}

/// The place in which results come; nothing where none will.
fn place(current: &Current) -> &'static str {
    let shows = |sharing: &results::Sharing| sharing.shows(current.standing, Asking::AfterSending);
    let comes = current.standing == Standing::Open && current.edition.sharing.as_ref().is_some_and(shows);
    if comes { "<div data-results></div>" } else { "" }
}

fn inside(app: &App, current: &Current, told: &Told, place: Place) -> String {
    let host = if matches!(place, Place::Inside(_)) { app.public_url.as_str() } else { "" };
    let survey = &current.edition.survey.id;
    let everybody = current.edition.sharing.as_ref();
    let everybody = everybody.is_some_and(|sharing| sharing.shows(current.standing, Asking::Anybody));
    let page = everybody.then(|| format!("{host}/s/{survey}/results?lang={}", told.lang()));
    block(told, place.level_beside(), page.as_deref(), None)
}

fn wanted(current: &Current, query: &Query, headers: &HeaderMap) -> String {
    language::of_survey(&current.edition.survey, query, headers)
}

/// The results that anybody may see, in the language that is asked for.
pub(super) async fn for_anybody(
    app: &App,
    survey: &str,
    query: &Query,
    headers: &HeaderMap,
) -> Result<Told, Refusal> {
    let current = app.current(survey).await?;
    let lang = wanted(&current, query, headers);
    in_words(app, &current, &lang, Asking::Anybody).await?.ok_or(Refusal::NoResults)
}

/// The same in a language of the survey; `None` where nobody sees any.
pub(super) async fn as_shown(app: &App, current: &Current, lang: &str) -> Result<Option<Told>, Refusal> {
    in_words(app, current, lang, Asking::Anybody).await
}

/// What everybody sees at this minute, in no language yet; `None` where nobody sees any.
pub(super) async fn released(app: &App, current: &Current) -> Result<Option<Arc<Results>>, Refusal> {
    let sharing = current.edition.sharing.as_ref();
    let Some(sharing) = sharing.filter(|sharing| sharing.shows(current.standing, Asking::Anybody)) else {
        return Ok(None);
    };
    results::results(app, current, sharing).await
}

/// The results in a language; `None` where whoever asks is not to see any.
async fn in_words(app: &App, current: &Current, lang: &str, asking: Asking) -> Result<Option<Told>, Refusal> {
    let sharing = current.edition.sharing.as_ref().filter(|sharing| sharing.shows(current.standing, asking));
    let Some(sharing) = sharing else { return Ok(None) };
    let results = results::results(app, current, sharing).await?;
    Ok(Some(told(&current.edition, sharing, lang, (&app.days, results.as_deref()))))
}
