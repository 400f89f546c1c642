//! `/.well-known/security.txt`: whom to tell about a weakness.

use super::App;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// There is none where the settings name nobody.
pub(super) async fn get(State(app): State<Arc<App>>) -> Result<Response, Refusal> {
    let text = app.security_txt.clone().ok_or(Refusal::UnknownRoute)?;
    let about = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    Ok((about, text).into_response())
}
