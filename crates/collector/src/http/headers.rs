//! What every answer says to a browser, whatever it is: a page of ours has said more by itself, and keeps it.

use super::App;
use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// What is said where nothing else was. Nobody else's page holds a window of ours, embeds what is not for it, or is told
/// where somebody came from; and no page of ours needs a camera, a microphone or a place.
const EVERYWHERE: [(HeaderName, HeaderValue); 4] = [
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
             microphone=(), midi=(), payment=(), usb=()",
        ),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Data that somebody opens as a page does nothing there.
const INERT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'",
);

/// A script that runs as a worker goes by the policy that it comes with: what it may do is for the page to say.
const OF_SCRIPTS: HeaderValue = HeaderValue::from_static("frame-ancestors 'none'");

/// Browsers come back with `https` alone for a year. Subdomains are other people's (RFC 6797, 6.1.2).
const A_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

pub(super) async fn complete(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if app.public_url.as_str().starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, A_YEAR);
    }
    let policy = if is_script(headers) { OF_SCRIPTS } else { INERT };
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in EVERYWHERE {
        headers.entry(name).or_insert(value);
    }
    response
}

fn is_script(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    kind.starts_with(b"text/javascript")
}
