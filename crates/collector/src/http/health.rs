//! `/healthz`: the program runs. `/readyz`: it could keep a response now.

use super::App;
use crate::refusal::{Refusal, log_failure};
use axum::extract::State;
use std::sync::Arc;
use std::time::Duration;

/// How long a write may take until the collector counts as not ready: a stuck disk says nothing at all.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// Writes through the same queue as a response does, and takes it back.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, Refusal> {
    match tokio::time::timeout(PATIENCE, app.store.probe()).await {
        Ok(Ok(())) => Ok("ready\n"),
        Ok(Err(error)) => {
            log_failure("the collector is not ready", &error);
            Err(Refusal::NotReady)
        }
        Err(_) => {
            tracing::error!("the collector is not ready: the store does not answer");
            Err(Refusal::NotReady)
        }
    }
}
