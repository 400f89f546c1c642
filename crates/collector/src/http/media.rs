//! `/s/ID/media/VERSION/PATH`: the pictures, sound and videos of a version. Any page may show them.

use super::App;
use crate::refusal::Refusal;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use std::sync::Arc;
use tower_http::services::ServeFile;

/// What is in the files is part of what names the version, so nothing below it ever changes. Parts of a file are sent
/// when they are asked for (RFC 9110 §14), without which some browsers play no video.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    path: Option<Path<(String, String, String)>>,
    request: Request,
) -> Result<Response, Refusal> {
    let Path((survey, version, path)) = path.ok_or(Refusal::UnknownRoute)?;
    let medium = app.store.medium(&survey, &version, &path).await.map_err(Refusal::of_store)?;
    let medium = medium.ok_or(Refusal::UnknownRoute)?;
    let Some(file) = app.store.content(&medium.content).await.map_err(Refusal::of_store)? else {
        tracing::error!(
            "a file of a survey is not in the store: the data is not complete, ask `qulaq doctor`"
        );
        return Err(Refusal::UnknownRoute);
    };
    let served = ServeFile::new(file).try_call(request).await;
    let served = served.map_err(|error| Refusal::internal("a file of a survey cannot be read", &error))?;
    let mut response = served.map(Body::new);
    let content_type = HeaderValue::from_str(&medium.content_type);
    let content_type = content_type.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, content_type);
    for (name, value) in FOR_EVERYBODY_FOR_EVER {
        headers.insert(name, value);
    }
    Ok(response)
}

const FOR_EVERYBODY_FOR_EVER: [(HeaderName, HeaderValue); 3] = [
    (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
];
