//! The collector over HTTP: one function that returns a router.
//!
//! Here is the table of routes and what lies around all of them; a route is one file.

mod access;
mod accessibility;
mod app;
mod around;
mod body;
mod challenge;
mod chart;
mod clerk;
mod client;
mod codebook;
pub mod console;
mod consultation;
mod cors;
mod counts;
mod definition;
mod document;
mod export;
mod exporting;
mod failure;
mod follow;
mod forum;
mod fragment;
mod frame;
mod headers;
mod health;
mod hosted;
mod invited;
mod language;
mod log;
mod media;
mod meeting;
pub mod metrics;
mod minutes;
mod oembed;
mod openapi;
mod outcome;
mod page;
mod paper;
mod partials;
mod problem;
mod query;
mod quotas;
mod responses;
mod results;
mod security_txt;
mod view;
mod vision;
mod whereabouts;
mod widget;
mod withdraw;
mod working;

use crate::refusal::Refusal;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;

pub(crate) use app::App;
pub use app::Parts;
pub(crate) use document::{escape, languages_of};
pub(crate) use invited::opening;
pub(crate) use query::{Manner, Query};
pub(crate) use view::first as first_view;

/// How long a request may take until its answer begins. What streams after that has no limit.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The collector.
///
/// # Errors
/// When the store does not give the collector's own secrets.
pub async fn router(parts: Parts) -> anyhow::Result<Router> {
    router_with(parts, "").await
}

/// The same with HTML in the head of each of its own pages, which then run the scripts of their own origin.
pub(crate) async fn router_with(parts: Parts, head: &'static str) -> anyhow::Result<Router> {
    let cors = cors::layer(&parts.allow_origin)?;
    let app = Arc::new(App { head, ..App::new(parts).await? });
    Ok(api()
        .layer(cors)
        .merge(open_routes())
        .merge(console::router(&app))
        .fallback(async || Refusal::UnknownRoute)
        .layer(from_fn(in_time))
        .layer(CatchPanicLayer::custom(|_| Refusal::Internal.into_response()))
        .layer(from_fn_with_state(Arc::clone(&app), failure::as_page))
        .layer(from_fn_with_state(Arc::clone(&app), headers::complete))
        .layer(from_fn_with_state(Arc::clone(&app), log::request))
        .with_state(app))
}

/// What the pages of allowed origins may call.
fn api() -> Router<Arc<App>> {
    Router::new()
        .route("/s/{survey}", get(hosted::show).post(hosted::post))
        .route("/s/{survey}/follow", get(follow::show).post(follow::post))
        .route("/s/{survey}/votes", post(forum::post_votes))
        .route("/s/{survey}/support", post(meeting::post_support))
        .route("/s/{survey}/comment", post(consultation::post))
        .route("/api/v1/surveys/{survey}", get(definition::get))
        .route("/api/v1/surveys/{survey}/fragment", get(fragment::get))
        .route("/api/v1/surveys/{survey}/around", get(around::get))
        .route("/api/v1/surveys/{survey}/quotas", get(quotas::get))
        .route("/api/v1/surveys/{survey}/counts", post(counts::post))
        .route("/api/v1/surveys/{survey}/challenge", get(challenge::get))
        .route("/api/v1/surveys/{survey}/responses", post(responses::post))
        .route("/api/v1/surveys/{survey}/partials", put(partials::put).delete(partials::delete))
        .route("/api/v1/surveys/{survey}/results", get(results::json))
        .route("/api/v1/surveys/{survey}/results/fragment", get(results::fragment))
        .route("/api/v1/surveys/{survey}/outcome/fragment", get(outcome::fragment))
        .route("/api/v1/outcomes/fragment", get(outcome::fragment_of_all))
        .route("/s/{survey}/outcome.atom", get(outcome::atom_of))
        .route("/s/{survey}/outcome.json", get(outcome::json_of))
        .route("/outcomes.atom", get(outcome::atom_of_all))
        .route("/outcomes.json", get(outcome::json_of_all))
        .route("/api/v1/responses", delete(responses::withdraw))
        .method_not_allowed_fallback(async || Refusal::MethodNotAllowed)
}

/// What is nobody's page to call, and what is everybody's to load.
fn open_routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v1/surveys/{survey}/export", get(export::get))
        .route("/api/v1/surveys/{survey}/codebook", get(codebook::get))
        .route("/s/{survey}/accessibility", get(accessibility::show))
        .route("/s/{survey}/ideas", get(forum::show_ideas))
        .route("/s/{survey}/ideas/{number}", get(forum::show_idea))
        .route("/s/{survey}/opinions", get(forum::show_opinions))
        .route("/s/{survey}/meeting.ics", get(meeting::get_calendar))
        .route("/s/{survey}/results", get(results::show))
        .route("/s/{survey}/results/chart", get(chart::get))
        .route("/s/{survey}/outcome", get(outcome::show))
        .route("/s/{survey}/minutes", get(minutes::show))
        .route("/s/{survey}/minutes.docx", get(minutes::docx))
        .route("/outcomes", get(outcome::show_all))
        .route("/s/{survey}/media/{version}/{*path}", get(media::get))
        .route("/s/{survey}/comments", get(consultation::comments))
        .route("/s/{survey}/decisions", get(consultation::decisions))
        .route("/s/{survey}/decision", get(consultation::ask).post(consultation::own_show))
        .route("/s/{survey}/paper", get(paper::show))
        .route("/s/{survey}/clerk", get(clerk::show).post(clerk::post))
        .route("/assets/paper.css", get(paper::style))
        .route("/withdraw", get(withdraw::show).post(withdraw::post))
        .route("/widget/{*path}", get(widget::get))
        .route("/assets/page.css", get(document::style))
        .route("/assets/frame.js", get(frame::script))
        .route("/oembed", get(oembed::get))
        .route("/metrics", get(metrics::get_if_allowed))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/openapi.json", get(openapi::get))
        .route("/.well-known/security.txt", get(security_txt::get))
        .method_not_allowed_fallback(async || Refusal::MethodNotAllowed)
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::Timeout.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use tower::ServiceExt;

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_never_comes_is_not_waited_for_forever() {
        let slow = Router::new().route("/", get(std::future::pending::<()>)).layer(from_fn(in_time));
        let began = tokio::time::Instant::now();
        let response = slow.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status().as_u16(), 503);
        assert_eq!(response.headers()["retry-after"], "2");
        assert_eq!(began.elapsed(), TIMEOUT);
    }
}
