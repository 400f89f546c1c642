//! One line a request, and its counts: method, route, status, duration.
//!
//! Never the address itself, which has what people typed into it; never a body, an IP address, a user agent, a receipt
//! or a token.

use super::{App, problem};
use crate::refusal::Refusal;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

pub(super) async fn request(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = named(request.method().as_str());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.answered(method, route, status, took);
    if let Some(refusal) = response.extensions().get::<Arc<Refusal>>() {
        app.metrics.refused(problem::code(refusal));
    }
    tracing::info!(method, route, status, milliseconds = took.as_secs_f64() * 1000.0, "request");
    response
}

/// A method is a word of the client's: only the usual ones are repeated.
fn named(method: &str) -> &'static str {
    let usual = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    usual.into_iter().find(|usual| *usual == method).unwrap_or("(other)")
}
