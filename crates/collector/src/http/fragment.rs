//! `GET /api/v1/surveys/ID/fragment`: the rendered form, made once for each version, language and heading level.

use super::App;
use super::query::{Query, SurveyId};
use super::view::{Place, first};
use crate::edition::Current;
use crate::encoded::Encoded;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use qulaq::View;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
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
    let make = || Encoded::make("text/html; charset=utf-8", move || qulaq::render(view));
    Ok(slot.get_or_try_init(make).await?.respond(&headers, "no-cache"))
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
