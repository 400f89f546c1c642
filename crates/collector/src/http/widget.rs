//! `/widget/…`: what pages load. Any page may: a module script is fetched across origins.

use super::App;
use crate::encoded::Encoded;
use crate::package::{self, PackageError};
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use std::sync::Arc;

/// A file below the version never changes. The loader above it names the version, and an older one would name files
/// that an upgraded program does not have: a browser asks whether it is still the same before each use.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    path: Option<Path<String>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Path(path) = path.ok_or(Refusal::UnknownRoute)?;
    let versioned = path.contains('/');
    let cache = if versioned { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = match app.package.file(&path) {
        Some(file) => file.respond(&headers, cache),
        None => of_other_version(&app, path).await?.respond(&headers, cache),
    };
    for (name, value) in FOR_EVERYBODY {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// A file of a version that an earlier, or a later, program brought: read each time, because few pages pin one.
async fn of_other_version(app: &App, path: String) -> Result<Encoded, Refusal> {
    let directory = app.package.of_other_version(&path).ok_or(Refusal::UnknownRoute)?.to_owned();
    let reading = tokio::task::spawn_blocking(move || package::read_file(&directory, &path));
    let read = reading.await.map_err(|error| Refusal::internal("a file could not be read", &error))?;
    read.map_err(|error| match error {
        // Somebody has tidied up since the files were listed.
        PackageError::Incomplete(_) => Refusal::UnknownRoute,
        error => Refusal::internal("a file of the widget could not be read", &error),
    })
}

const FOR_EVERYBODY: [(HeaderName, HeaderValue); 2] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
];
