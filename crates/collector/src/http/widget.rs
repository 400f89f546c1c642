//! `/widget/…`: what pages load. Any page may: a module script is fetched across origins.

use super::App;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use std::sync::Arc;

/// A file below the version never changes. The loader above it moves with the program, so it is asked for again soon.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    path: Option<Path<String>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Path(path) = path.ok_or(Refusal::UnknownRoute)?;
    let file = app.package.file(&path).ok_or(Refusal::UnknownRoute)?;
    let versioned = path.contains('/');
    let cache = if versioned { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let mut response = file.respond(&headers, cache);
    for (name, value) in FOR_EVERYBODY {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

const FOR_EVERYBODY: [(HeaderName, HeaderValue); 2] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
];
