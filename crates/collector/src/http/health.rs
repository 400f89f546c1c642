//! `/healthz`: the program runs. `/readyz`: it could keep a response now.

use super::App;
use crate::refusal::{Refusal, log_failure};
use crate::store::StoreError;
use axum::extract::State;
use std::sync::Arc;
use std::time::Duration;

/// How long a write may take until the collector counts as not ready: a stuck disk says nothing at all.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// Writes as a response is written, and takes it back. A full disk and a store that is gone are told as they are to
/// whoever answers a survey.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, Refusal> {
    match tokio::time::timeout(PATIENCE, app.store.probe()).await {
        Ok(Ok(())) => Ok("ready\n"),
        Ok(Err(error @ (StoreError::Full(_) | StoreError::Unavailable(_)))) => Err(Refusal::of_store(error)),
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
