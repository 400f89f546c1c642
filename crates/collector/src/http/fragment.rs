//! `GET /api/v1/surveys/ID/fragment`: the rendered form, made once for each version, language and heading level.

use super::App;
use super::query::{Query, SurveyId};
use crate::edition::Current;
use crate::encoded::Encoded;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use qulaq::View;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use survey::Answers;
use survey::route::Route;
use tokio::sync::OnceCell;

/// The heading level of a form inside a page that says nothing.
pub(super) const HEADING_LEVEL: u8 = 2;

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = current.edition.survey.language(&query.get("lang").unwrap_or_default()).to_owned();
    let level = query.heading_level(HEADING_LEVEL);
    let slot = app.fragments.slot(&current, &lang, level);
    let make = || {
        let view = View { action: action(&app, &survey, level), heading_level: level, ..start(&current, lang) };
        Encoded::make("text/html; charset=utf-8", move || qulaq::render(view))
    };
    Ok(slot.get_or_try_init(make).await?.respond(&headers, "no-cache"))
}

/// What somebody sees who has answered nothing yet.
pub(super) fn start(current: &Current, lang: String) -> View {
    let survey = &current.edition.survey;
    let answers = Answers::default();
    let first = Route::of(survey, &answers).first();
    View {
        survey: Arc::clone(survey),
        version: current.edition.version.clone(),
        lang,
        action: String::new(),
        heading_level: 1,
        state: if current.open { qulaq::State::Page(first) } else { qulaq::State::Closed },
        answers,
        problems: Vec::new(),
        response_id: None,
    }
}

/// Where a form inside another page posts. The level goes with it, so that the next page of the form has it too.
pub(super) fn action(app: &App, survey: &str, level: u8) -> String {
    let level = if level == HEADING_LEVEL { String::new() } else { format!("?heading-level={level}") };
    format!("{}/s/{survey}{level}", app.public_url)
}

/// The rendered forms of each survey as it stands; those of an earlier version are dropped with the first request for
/// a later one.
#[derive(Debug, Default)]
pub(crate) struct Fragments(Mutex<HashMap<String, OfSurvey>>);

#[derive(Debug, Default)]
struct OfSurvey {
    version: String,
    open: bool,
    slots: HashMap<(String, u8), Slot>,
}

/// Filled by the first who asks, while others who ask wait.
type Slot = Arc<OnceCell<Encoded>>;

impl Fragments {
    fn slot(&self, current: &Current, lang: &str, level: u8) -> Slot {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_survey = all.entry(current.edition.survey.id.clone()).or_default();
        if (of_survey.version.as_str(), of_survey.open) != (&current.edition.version, current.open) {
            let (version, open) = (current.edition.version.clone(), current.open);
            *of_survey = OfSurvey { version, open, slots: HashMap::new() };
        }
        Arc::clone(of_survey.slots.entry((lang.to_owned(), level)).or_default())
    }
}
