//! `GET /api/v1/surveys/ID/fragment`: the rendered form, made once for each version, language and heading level.

use super::App;
use super::query::{Query, SurveyId};
use super::view::{Place, first};
use crate::edition::Current;
use crate::encoded::Encoded;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use qulaq::View;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::OnceCell;

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = current.edition.survey.language(&query.get("lang").unwrap_or_default()).to_owned();
    let view = Place::inside(&query).fit(&app, first(&current.edition, current.open, lang));
    let slot = app.fragments.slot(&current, &view);
    let waits_since = (!slot.initialized()).then(Instant::now);
    let make = || Encoded::make("text/html; charset=utf-8", move || qulaq::render(view));
    let mut response = slot.get_or_try_init(make).await?.respond(&headers, "no-cache");
    response.headers_mut().extend(told(waits_since));
    Ok(response)
}

/// How the fragment came about, for whoever measures a page (W3C Server Timing): out of memory, or after waiting since
/// then until it was rendered and compressed. Pages of other origins may read it.
fn told(waits_since: Option<Instant>) -> [(HeaderName, HeaderValue); 2] {
    let timing = waits_since.map(|since| format!("render;dur={:.1}", since.elapsed().as_secs_f64() * 1000.0));
    let timing = timing.and_then(|timing| HeaderValue::from_str(&timing).ok());
    [
        (
            HeaderName::from_static("server-timing"),
            timing.unwrap_or(HeaderValue::from_static("fragment;desc=\"hit\"")),
        ),
        (HeaderName::from_static("timing-allow-origin"), HeaderValue::from_static("*")),
    ]
}

/// The rendered forms of each survey as it stands. Those of an earlier version go with the first request for a later
/// one.
#[derive(Debug, Default)]
pub(crate) struct Fragments(Mutex<HashMap<String, OfSurvey>>);

#[derive(Debug, Default)]
struct OfSurvey {
    version: String,
    open: bool,
    by_language_and_level: HashMap<(String, u8), Slot>,
}

/// Filled by the first who asks, while others who ask wait.
type Slot = Arc<OnceCell<Encoded>>;

impl Fragments {
    fn slot(&self, current: &Current, view: &View) -> Slot {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_survey = all.entry(view.survey.id.clone()).or_default();
        if of_survey.version != view.version || of_survey.open != current.open {
            let (version, open) = (view.version.clone(), current.open);
            *of_survey = OfSurvey { version, open, ..OfSurvey::default() };
        }
        let key = (view.lang.clone(), view.heading_level);
        Arc::clone(of_survey.by_language_and_level.entry(key).or_default())
    }
}
