//! `/console`: where officials and analysts sign in, see how their surveys stand, and get the responses. Every page
//! works without scripts and has none.
//!
//! A route is a line in the table below, with what somebody needs for it: there is no other way to add one, and none
//! that does not go through `guard`.

mod account;
mod agreement;
mod archive;
mod chart;
mod coded;
mod comments;
mod counts;
mod cross;
mod cut;
mod door;
mod download;
mod downloads;
mod frame;
mod guard;
mod identities;
mod invitations;
mod log;
mod markup;
mod matter;
mod matters;
mod meeting;
mod moderation;
mod opinions;
mod outcome;
mod pages;
mod parts;
mod people;
mod person;
mod provider;
mod public;
mod quality;
mod reconciliation;
mod report;
mod session;
mod signing;
mod survey;
mod surveys;
mod texts;
mod tokens;
mod vocabulary;
mod weights;
mod words;

use super::App;
use crate::encoded::Encoded;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::PersonRecord;
use axum::Router;
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use guard::Need::{self, Everywhere, Nothing, OnSurvey, Person};
use std::sync::{Arc, LazyLock};

pub(crate) use signing::Signing;

/// A route: its path, what somebody needs to take it, and what is done there.
type Route = (&'static str, Need, MethodRouter<Arc<App>>);

/// Every route: those of any survey, and those of mechanisms.
fn routes() -> Vec<Route> {
    routes_of_all().into_iter().chain(routes_of_mechanisms()).collect()
}

fn routes_of_all() -> Vec<Route> {
    vec![
        ("/console/sign-in", Nothing, get(door::show).post(door::post)),
        (provider::PATH, Nothing, get(provider::leave)),
        (provider::BACK, Nothing, get(provider::come)),
        ("/console/sign-out", Person, post(door::leave)),
        ("/console", Person, get(surveys::show)),
        ("/console/account", Person, get(account::show).post(account::post)),
        ("/console/people", Everywhere(Right::Manage), get(people::show).post(people::post)),
        ("/console/people/{person}", Everywhere(Right::Manage), get(person::show).post(person::post)),
        ("/console/tokens", Everywhere(Right::Manage), get(tokens::show).post(tokens::post)),
        ("/console/log", Everywhere(Right::Manage), get(log::show)),
        ("/console/surveys/{survey}", OnSurvey(Right::See), get(survey::show)),
        ("/console/surveys/{survey}/texts", OnSurvey(Right::ReadTexts), get(texts::show).post(texts::post)),
        ("/console/surveys/{survey}/frame", OnSurvey(Right::ReadTexts), get(frame::show).post(frame::post)),
        (
            "/console/surveys/{survey}/agreement",
            OnSurvey(Right::ReadTexts),
            get(agreement::show).post(agreement::post),
        ),
        ("/console/surveys/{survey}/words", OnSurvey(Right::See), get(vocabulary::show)),
        ("/console/surveys/{survey}/chart", OnSurvey(Right::See), get(chart::get)),
        ("/console/surveys/{survey}/public", OnSurvey(Right::See), get(public::show)),
        (
            "/console/surveys/{survey}/downloads",
            OnSurvey(Right::Download),
            get(downloads::show).post(downloads::post),
        ),
        ("/console/surveys/{survey}/downloads/{download}", OnSurvey(Right::Download), get(downloads::fetch)),
        ("/console/surveys/{survey}/cross", OnSurvey(Right::Download), get(cross::show)),
        ("/console/surveys/{survey}/quality", OnSurvey(Right::Download), get(quality::show)),
        (
            "/console/surveys/{survey}/weights",
            OnSurvey(Right::Download),
            get(weights::show).post(weights::post),
        ),
        (
            "/console/surveys/{survey}/invitations",
            OnSurvey(Right::Manage),
            get(invitations::show).post(invitations::post),
        ),
        ("/console/surveys/{survey}/report", OnSurvey(Right::See), get(report::show)),
        (
            "/console/surveys/{survey}/outcome",
            OnSurvey(Right::Publish),
            get(outcome::show).post(outcome::post),
        ),
        (
            "/console/surveys/{survey}/archive",
            OnSurvey(Right::Publish),
            get(archive::show).post(archive::post),
        ),
    ]
}

/// Those of surveys that do more than ask.
fn routes_of_mechanisms() -> Vec<Route> {
    vec![
        ("/console/surveys/{survey}/pages", OnSurvey(Right::See), get(pages::show)),
        (
            "/console/surveys/{survey}/reconciliation",
            OnSurvey(Right::See),
            get(reconciliation::show).post(reconciliation::post),
        ),
        ("/console/matters", Person, get(matters::show_all)),
        ("/console/surveys/{survey}/matters", OnSurvey(Right::Handle), get(matters::show)),
        (
            "/console/surveys/{survey}/matters/{number}",
            OnSurvey(Right::Handle),
            get(matter::show).post(matter::post),
        ),
        (
            "/console/surveys/{survey}/moderation",
            OnSurvey(Right::Moderate),
            get(moderation::show).post(moderation::post),
        ),
        ("/console/surveys/{survey}/opinions", OnSurvey(Right::See), get(opinions::show)),
        (
            "/console/surveys/{survey}/comments",
            OnSurvey(Right::ReadTexts),
            get(comments::show).post(comments::post),
        ),
        ("/console/surveys/{survey}/comments/report", OnSurvey(Right::ReadTexts), get(comments::report)),
        ("/console/surveys/{survey}/meeting", OnSurvey(Right::See), get(meeting::show)),
        (
            "/console/surveys/{survey}/attendance",
            OnSurvey(Right::ReadTexts),
            get(meeting::show_attendance).post(meeting::post_attendance),
        ),
        (
            "/console/surveys/{survey}/minutes",
            OnSurvey(Right::ReadTexts),
            get(meeting::show_minutes).post(meeting::post_minutes),
        ),
        ("/console/surveys/{survey}/minutes/file", OnSurvey(Right::ReadTexts), get(meeting::minutes_file)),
    ]
}

/// The paths of the console, for whoever tests that each is guarded.
#[must_use]
pub fn paths() -> Vec<&'static str> {
    routes().into_iter().map(|(path, ..)| path).collect()
}

/// The console, and its style.
pub(super) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let guarded = |router: Router<Arc<App>>, (path, need, handlers): Route| {
        router.route(path, handlers.layer(from_fn_with_state((Arc::clone(app), need), guard::guard)))
    };
    routes()
        .into_iter()
        .fold(Router::new(), guarded)
        .route("/assets/console.css", get(style))
        .method_not_allowed_fallback(async || Refusal::MethodNotAllowed)
}

/// Who is signed in, for routes that a program with a token may take too; nobody where another site leads there.
pub(super) async fn signed_in(app: &App, headers: &HeaderMap) -> Result<Option<PersonRecord>, Refusal> {
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return Ok(None);
    }
    Ok(session::find(app, headers).await?.map(|signed| signed.person))
}

async fn style(headers: HeaderMap) -> Response {
    STYLE.respond(&headers, "no-cache")
}

static STYLE: LazyLock<Encoded> = LazyLock::new(|| {
    let style = include_str!("console.css");
    Encoded::with_copies("text/css; charset=utf-8", style.into(), None, None)
});
