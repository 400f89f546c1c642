//! `/healthz`: the program runs. `/readyz`: it could keep a response now.

use super::App;
use crate::refusal::Refusal;
use axum::extract::State;
use std::sync::Arc;

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, Refusal> {
    app.store.probe().await.map(|()| "ready\n").map_err(Refusal::of_store)
}
