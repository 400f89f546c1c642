//! `/withdraw`: the page where a citizen takes an answer back, with nothing but the receipt.

use super::document::{self, Page, escape};
use super::query::Query;
use super::{App, body, language, responses};
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use qulaq::Words;
use qulaq::words;
use std::sync::Arc;

/// The name of the only field, and its id.
const RECEIPT: &str = "receipt";

/// The empty form.
pub(super) async fn show(State(app): State<Arc<App>>, query: Query, headers: HeaderMap) -> Response {
    let lang = language::of_interface(&query, &headers);
    respond(&app, StatusCode::OK, &lang, &State_::Asked)
}

/// Takes the answer back, or shows what was typed again when no answer has this receipt.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    todo_placeholder()
}
