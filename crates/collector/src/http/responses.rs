//! `POST /api/v1/surveys/ID/responses` keeps a response, `DELETE /api/v1/responses` takes one back.

use super::query::SurveyId;
use super::{App, body, client};
use crate::intake;
use crate::receipt::Receipt;
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

const JSON: &str = "application/json";

/// 201 with the receipt, after the response has reached the disk; 200 with the same receipt for a repetition.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    request: Request,
) -> Result<Response, Refusal> {
    let sender = client::sender(&app, &request);
    let body = body::read(&app.room, request, JSON).await?;
    let kept = intake::receive(&app, &survey, &body, sender).await?;
    let status = if kept.new { StatusCode::CREATED } else { StatusCode::OK };
    let about = [(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")];
    let mut reply = json!({ "receipt": kept.receipt.to_string() });
    if let Some(number) = kept.number {
        reply["number"] = number.to_string().into();
    }
    Ok((status, about, reply.to_string()).into_response())
}

/// The receipt is in the body: an address ends up in logs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    receipt: String,
}

/// 204 after the response has been deleted, however often it is asked.
pub(super) async fn withdraw(State(app): State<Arc<App>>, request: Request) -> Result<StatusCode, Refusal> {
    let body = body::read(&app.room, request, JSON).await?;
    let Withdrawal { receipt } = serde_json::from_slice(&body).map_err(|_| Refusal::Malformed)?;
    take_back(&app, &receipt).await.map(|()| StatusCode::NO_CONTENT)
}

/// The day on which the response with this receipt was deleted because its time was over; `None` for every other.
pub(super) async fn expired(app: &App, receipt: &str) -> Result<Option<Date>, Refusal> {
    let Some(receipt) = Receipt::read(receipt) else { return Ok(None) };
    let minute = app.store.expired(receipt.hash()).await.map_err(Refusal::of_store)?;
    Ok(minute.and_then(|minute| app.days.of(minute).ok()))
}

/// Takes back the response with this receipt, written as people write it.
pub(super) async fn take_back(app: &App, receipt: &str) -> Result<(), Refusal> {
    let receipt = Receipt::read(receipt).ok_or(Refusal::UnknownReceipt)?;
    match app.store.withdraw(receipt.hash()).await.map_err(Refusal::of_store)? {
        true => {
            // A file that was made before this has the answer in it.
            app.jobs.look().await;
            Ok(())
        }
        false => Err(Refusal::UnknownReceipt),
    }
}
