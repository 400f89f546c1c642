//! `GET /api/v1/surveys/ID/fragment`: the rendered form, made once for each version, language, heading level and
//! way of answering, and anew when the day or the standing of the survey changes; each time where anything comes in a random
//! order, or stands around it.

use super::around::{self, HTML, Spot, Surrounding};
use super::query::{Manner, Query, SurveyId};
use super::view::{Place, beside, first};
use super::{App, invited, results};
use crate::edition::Current;
use crate::encoded::{Effort, Encoded};
use crate::refusal::Refusal;
use crate::times::Standing;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use qulaq::View;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use survey::calendar::Date;
use tokio::sync::OnceCell;

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let survey = &current.edition.survey;
    let lang = survey.language(&query.get("lang").unwrap_or_default()).to_owned();
    let begun = (survey.defaults(), app.occasion(survey)?);
    let manner = query.manner();
    let view = first(&current.edition, current.standing, (lang, manner), begun);
    let place = Place::inside(&query);
    let view = place.fit(&app, view);
    let slot = results::slot(&current, &view.lang);
    let (mut response, waits_since) = if view.seed.is_some() || around::stands(&current) {
        let (began, lang) = (Instant::now(), view.lang.clone());
        let spot = Spot { app: &app, current: &current, lang: &lang, place, query: &query, posted: None };
        let stands = around::around(&spot).await?;
        (anew(&current, view, (slot, manner.query()), stands, &headers).await?, Some(began))
    } else {
        let kept = app.fragments.slot(&current, &view, manner);
        let waits_since = (!kept.initialized()).then(Instant::now);
        let (edition, begin) = (Arc::clone(&current.edition), manner.query());
        let make =
            || Encoded::make(HTML, Effort::Once, move || invited::opening(&edition, &view, &begin) + &slot);
        (kept.get_or_try_init(make).await?.respond(&headers, "no-cache"), waits_since)
    };
    response.headers_mut().extend(told(waits_since));
    Ok(response)
}

/// A form that is not kept here. One in a random order is for one citizen: nobody else keeps it either.
async fn anew(
    current: &Current,
    view: View,
    (slot, begin): (String, String),
    stands: Surrounding,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let edition = Arc::clone(&current.edition);
    let cache = if view.seed.is_some() { "no-store" } else { "no-cache" };
    let make = move || {
        let form = beside(invited::opening(&edition, &view, &begin), &stands.before);
        format!("{}{form}{slot}{}", stands.before, stands.after)
    };
    Ok(Encoded::make(HTML, Effort::EachTime, make).await?.respond(headers, cache))
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
    standing: Standing,
    today: Option<Date>,
    by_form: HashMap<Form, Slot>,
}

/// What the forms of one version differ in: language, heading level, how somebody answers.
type Form = (String, u8, Manner);

/// Filled by the first who asks, while others who ask wait.
type Slot = Arc<OnceCell<Encoded>>;

impl Fragments {
    fn slot(&self, current: &Current, view: &View, manner: Manner) -> Slot {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_survey = all.entry(view.survey.id.clone()).or_default();
        let (standing, today) = (current.standing, view.today);
        if of_survey.version != view.version || (of_survey.standing, of_survey.today) != (standing, today) {
            *of_survey = OfSurvey { version: view.version.clone(), standing, today, ..OfSurvey::default() };
        }
        let key = (view.lang.clone(), view.heading_level, manner);
        Arc::clone(of_survey.by_form.entry(key).or_default())
    }
}
