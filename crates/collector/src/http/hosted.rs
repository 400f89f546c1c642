//! `/s/ID`: the survey as a page of its own, and the forms, there and elsewhere, that are posted without the widget.

use super::query::{Query, SurveyId};
use super::view::{Place, first};
use super::{App, body, language};
use crate::edition::{Current, Edition};
use crate::intake::{self, Envelope};
use crate::random;
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use axum::response::Response;
use data_encoding::HEXLOWER;
use qulaq::View;
use serde_json::{Map, Value};
use std::sync::Arc;
use survey::form::{self, Posted, Step, step};
use survey::response::parse_id;
use survey::{Answers, Code, Problem};

/// The first page, with a fresh id, so that the form can be sent twice and counts once.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Current { edition, open } = app.current(&survey).await?;
    let there_is = |lang: &str| edition.survey.languages.iter().any(|tag| tag == lang);
    let lang = query.get("lang").or_else(|| language::preferred(&headers, there_is));
    let lang = edition.survey.language(&lang.unwrap_or_default()).to_owned();
    let view = View { response_id: Some(new_id(&app)?), ..first(&edition, open, lang) };
    Ok(Place::of_page(&query).respond(&app, StatusCode::OK, view))
}

/// One step through the form: the next page, the same one with what must be mended, or the receipt.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let place = Place::of_posted(&query, request.headers());
    let body = body::read(request, body::FORM).await?;
    let current = app.current(&survey).await?;
    let (edition, posted) = read(&app, &current, &body).await?;
    let id = posted_id(&app, &posted)?;
    let lang = edition.survey.language(posted.lang.as_deref().unwrap_or_default()).to_owned();
    let view = first(&edition, current.open, lang);
    let view = View { answers: posted.answers.clone(), response_id: Some(id), ..view };
    let step = step(&edition.survey, &posted);
    // A form that stands in somebody's page is the same for everybody and has no id: sent twice, it would count twice.
    if posted.id.is_none() && matches!(step, Step::Send(_)) && current.open {
        return Ok(place.ask_to_send(&app, View { state: qulaq::State::Page(posted.page), ..view }));
    }
    let (status, view) = advance(&app, &edition, step, place, view).await?;
    Ok(place.respond(&app, status, view))
}

/// Reads a form by the version that it was made from.
async fn read(app: &App, current: &Current, body: &[u8]) -> Result<(Arc<Edition>, Posted), Refusal> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let version = fields.iter().find(|(name, _)| name == form::VERSION);
    let edition = match version {
        Some((_, version)) => intake::answered_edition(app, &current.edition.survey.id, version).await?,
        None => Arc::clone(&current.edition),
    };
    let posted = Posted::read(&edition.survey, fields).map_err(Refusal::of_problems)?;
    Ok((edition, posted))
}

async fn advance(
    app: &App,
    edition: &Edition,
    step: Step,
    place: Place,
    view: View,
) -> Result<(StatusCode, View), Refusal> {
    match step {
        // Answers that were kept before it was closed get their receipt again.
        Step::Send(answers) => match send(app, edition, place, &view, &answers).await {
            Ok(state) => Ok((StatusCode::OK, View { state, ..view })),
            Err(Refusal::Closed) => Ok(closed(view)),
            Err(refusal) => Err(refusal),
        },
        Step::Page { .. } if view.state == qulaq::State::Closed => Ok(closed(view)),
        Step::Page { page, problems } => {
            let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok((status, View { state: qulaq::State::Page(page), problems, ..view }))
        }
    }
}

fn closed(view: View) -> (StatusCode, View) {
    (StatusCode::FORBIDDEN, View { state: qulaq::State::Closed, ..view })
}

/// Keeps the answers. The receipt is shown in the reply itself: in an address it would end up in histories and logs.
async fn send(
    app: &App,
    edition: &Edition,
    place: Place,
    view: &View,
    answers: &Answers,
) -> Result<qulaq::State, Refusal> {
    let (channel, path) = place.channel();
    let envelope = Envelope {
        id: view.response_id.clone().unwrap_or_default(),
        lang: view.lang.clone(),
        channel: channel.to_owned(),
        paradata: Map::from_iter([("path".to_owned(), Value::from(path))]),
    };
    let kept = intake::keep(app, edition, envelope, answers).await?;
    Ok(qulaq::State::Sent { receipt: Some(kept.receipt.to_string()) })
}

/// The id that came with the form, or a fresh one for the next.
fn posted_id(app: &App, posted: &Posted) -> Result<String, Refusal> {
    let Some(id) = &posted.id else { return new_id(app) };
    parse_id(id).ok_or_else(|| Refusal::Invalid(vec![Problem::at(Code::BadId, form::ID)]))
}

fn new_id(app: &App) -> Result<String, Refusal> {
    let bytes = random::bytes::<16>(&app.random).map_err(Refusal::of_randomness)?;
    Ok(HEXLOWER.encode(&bytes))
}
