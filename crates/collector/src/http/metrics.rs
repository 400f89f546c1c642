//! `/metrics`, for Prometheus: on the collector's own socket for the addresses on a list, or on a socket of its own.

use super::{App, client};
use crate::metrics::{CONTENT_TYPE as OPEN_METRICS, Metrics};
use crate::network::Network;
use crate::refusal::Refusal;
use crate::server::Peer;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use std::sync::Arc;

/// Who may read what is measured, on the socket that everybody reaches.
#[derive(Clone, Debug, Default)]
pub struct Audience {
    /// Where they ask from.
    pub allowed: Vec<Network>,
    /// The proxies that are believed about where somebody asks from.
    pub proxies: Vec<Network>,
}

/// For everybody else there is nothing here.
pub(super) async fn get_if_allowed(
    State(app): State<Arc<App>>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Audience { allowed, proxies } = &app.audience;
    let address = peer.and_then(|Extension(peer)| client::address(peer, &headers, proxies));
    let is_allowed = address.is_some_and(|address| allowed.iter().any(|network| network.has(address)));
    if is_allowed { tell(&app.metrics) } else { Err(Refusal::UnknownRoute) }
}

/// The same on a socket of its own, for whoever reaches it.
pub fn router(metrics: Metrics) -> Router {
    let told = move || async move { tell(&metrics) };
    Router::new().route("/metrics", get(told)).fallback(async || Refusal::UnknownRoute)
}

fn tell(metrics: &Metrics) -> Result<Response, Refusal> {
    let text = metrics.text().map_err(|error| Refusal::internal("the metrics could not be told", &error))?;
    Ok(([(CONTENT_TYPE, OPEN_METRICS), (CACHE_CONTROL, "no-store")], text).into_response())
}
