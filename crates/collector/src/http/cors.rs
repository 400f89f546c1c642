//! Whose pages may call the API: origins on a list, without cookies. Its own pages need no permission.

use crate::origin::Allowed;
use axum::http::header::{CONTENT_TYPE, ETAG, InvalidHeaderValue, RETRY_AFTER};
use axum::http::{HeaderValue, Method};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long browsers may remember the permission; they keep it for two hours at most.
const REMEMBER: Duration = Duration::from_secs(2 * 60 * 60);

pub(super) fn layer(allowed: &[Allowed]) -> Result<CorsLayer, InvalidHeaderValue> {
    Ok(CorsLayer::new()
        .allow_origin(origins(allowed)?)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([CONTENT_TYPE])
        .expose_headers([ETAG, RETRY_AFTER])
        .max_age(REMEMBER))
}

fn origins(allowed: &[Allowed]) -> Result<AllowOrigin, InvalidHeaderValue> {
    let exact = allowed.iter().map(|allowed| match allowed {
        Allowed::Exactly(origin) => HeaderValue::from_str(origin.as_str()).map(Some),
        Allowed::Any => Ok(None),
    });
    let list: Option<Vec<HeaderValue>> = exact.collect::<Result<_, _>>()?;
    Ok(list.map_or_else(AllowOrigin::any, AllowOrigin::list))
}
