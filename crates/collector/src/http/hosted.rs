//! `/s/ID`: the survey as a page of its own, and the form that it and embedded forms post without the widget.

use super::fragment::{HEADING_LEVEL, action, start};
use super::query::{Query, SurveyId};
use super::{App, body, document};
use crate::edition::{Current, Edition};
use crate::intake::{self, Envelope};
use crate::random;
use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use qulaq::View;
use serde_json::{Map, Value};
use std::sync::Arc;
use survey::form::{self, Posted, Step, step};
use survey::response::parse_id;
use survey::{Code, Problem, Survey};

const FORM: &str = "application/x-www-form-urlencoded";

/// Who asks for this type gets the form alone, to put it where the form was.
const FRAGMENT: &str = "text/x-qulaq-fragment";

pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = query.get("lang").unwrap_or_else(|| preferred(&current.edition.survey, &headers));
    let lang = current.edition.survey.language(&lang).to_owned();
    let view = View { response_id: Some(new_id(&app)?), ..start(&current, lang) };
    Ok(Place::Page.respond(&app, StatusCode::OK, view))
}

/// The first language of the browser that the survey has. Browsers list them in order, so the weights are not read.
fn preferred(survey: &Survey, headers: &HeaderMap) -> String {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut tags = accepted.split(',').filter_map(|item| item.split(';').next()).map(str::trim);
    let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    tags.find(|tag| survey.languages.contains(&base(tag))).unwrap_or_default().to_owned()
}

pub(super) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let place = Place::of(&query, request.headers());
    let body = body::read(request, FORM).await?;
    let current = app.current(&survey).await?;
    let (edition, posted) = read(&app, &current, &body).await?;
    let view = View {
        version: edition.version.clone(),
        response_id: Some(response_id(&app, &posted)?),
        answers: posted.answers.clone(),
        ..start(&current, lang_of(&edition, &posted))
    };
    let view = View { survey: Arc::clone(&edition.survey), ..view };
    if !current.open {
        return Ok(place.respond(&app, StatusCode::FORBIDDEN, view));
    }
    let (status, view) = advance(&app, &edition, &posted, view, place).await?;
    Ok(place.respond(&app, status, view))
}
