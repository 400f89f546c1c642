//! `PUT /api/v1/surveys/ID/partials` keeps what was answered so far, `DELETE` there deletes it; a form that is posted page
//! by page has the same done for it.

use super::query::SurveyId;
use super::view::Place;
use super::{App, body};
use crate::edition::Edition;
use crate::guard::Sender;
use crate::intake::Envelope;
use crate::partial::{self, Progress, Taken};
use crate::receipt::Receipt;
use crate::refusal::Refusal;
use crate::store::PartialName;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use survey::check::shown_answers;
use survey::response::parse_id;
use survey::{Code, Problem};

const JSON: &str = "application/json";

/// 200 with the turn that is kept now, or with the word that the whole response is.
pub(super) async fn put(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    request: Request,
) -> Result<Response, Refusal> {
    let body = body::read(&app.room, request, JSON).await?;
    let said = match partial::receive(&app, &survey, &body).await? {
        Taken::Turn(turn) => json!({ "turn": turn }),
        Taken::Complete => json!({ "complete": true }),
    };
    let about = [(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")];
    Ok((about, said.to_string()).into_response())
}

/// The id is in the body: an address ends up in logs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deletion {
    id: String,
}

/// 204 after what was kept has been deleted, however often it is asked and whether or not there was anything.
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let body = body::read(&app.room, request, JSON).await?;
    let Deletion { id } = serde_json::from_slice(&body).map_err(|_| Refusal::Malformed)?;
    let id = parse_id(&id).ok_or_else(|| Refusal::Invalid(vec![Problem::at(Code::BadId, "id")]))?;
    if !app.current(&survey).await?.edition.survey.partials {
        return Err(Refusal::NoPartials);
    }
    take_back(&app, &survey, &id).await.map(|()| StatusCode::NO_CONTENT)
}

/// The same for a form that was posted by the button that asks for it.
pub(super) async fn of_form_deleted(app: &App, view: &qulaq::View) -> Result<(), Refusal> {
    if !view.survey.partials {
        return Ok(());
    }
    take_back(app, &view.survey.id, view.response_id.as_deref().unwrap_or_default()).await
}

async fn take_back(app: &App, survey: &str, id: &str) -> Result<(), Refusal> {
    let receipt = Receipt::of(app.key.of_receipt(id)).hash();
    let part = PartialName { survey: survey.to_owned(), id: id.to_owned(), receipt };
    app.store.take_back_partial(part, (app.clock)()).await.map_err(Refusal::of_store)
}

/// Keeps what a form brought that was posted to come to another page. Nothing that goes wrong here keeps anybody from
/// going on; a store that fails has been logged.
pub(super) async fn of_form(app: &App, edition: &Edition, place: Place, view: &qulaq::View) {
    if !edition.survey.partials {
        return;
    }
    let answers = shown_answers(&edition.survey, &view.answers, view.occasion());
    let (channel, paradata) = super::hosted::told(edition, place, view);
    let envelope = Envelope {
        id: view.response_id.clone().unwrap_or_default(),
        lang: view.lang.clone(),
        channel,
        paradata,
        invitation: None,
        work: None,
        sender: Sender::default(),
    };
    let progress = Progress { turn: None, seen: view.seen.clone() };
    drop(partial::keep(app, edition, envelope, &answers, progress).await);
}
