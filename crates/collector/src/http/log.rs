//! One line a request: method, route, status, duration.
//!
//! Never the address itself, which has what people typed into it; never a body, an IP address, a user agent, a receipt
//! or a token.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

pub(super) async fn request(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    tracing::info!(
        method = named(method.as_str()),
        route = route.as_ref().map_or("(none)", MatchedPath::as_str),
        status = response.status().as_u16(),
        milliseconds = began.elapsed().as_secs_f64() * 1000.0,
        "request"
    );
    response
}

/// A method is a word of the client's: only the usual ones are repeated.
fn named(method: &str) -> &str {
    let usual = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    if usual.contains(&method) { method } else { "(other)" }
}
