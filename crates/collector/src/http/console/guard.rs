//! The one way into every route of the console: who it is, whether they may, and whether a form is our own.

use super::parts;
use super::session::{self, Signed};
use super::words::Said;
use crate::http::query::{Query, SurveyId};
use crate::http::vision::Vision;
use crate::http::{App, body, client, language};
use crate::people::deed::{Act, Deed};
use crate::people::rights::Right;
use crate::refusal::Refusal;
use axum::RequestExt;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{LOCATION, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

/// The field of every form that proves where it came from.
pub(super) const PROOF: &str = "proof";

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Everybody.
    Nothing,
    /// Somebody who is signed in.
    Person,
    /// Somebody who has this right on the survey in the path.
    OnSurvey(Right),
    /// Somebody who has this right on every survey.
    Everywhere(Right),
}

/// Somebody at the console.
pub(super) struct Visit {
    pub(super) app: Arc<App>,
    pub(super) said: Said,
    /// Whether the address says in which language.
    asked: bool,
    pub(super) vision: Vision,
    pub(super) query: Query,
    /// What was posted.
    pub(super) fields: Fields,
    /// The path, and what the address says besides.
    pub(super) here: String,
    pub(super) path: String,
    /// Where they come from, as far as it can be believed. For the throttle alone.
    pub(super) address: Option<IpAddr>,
}

/// Somebody who is signed in, and may be where they are.
pub(super) struct Console {
    visit: Arc<Visit>,
    pub(super) signed: Signed,
}

/// The fields of a form.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field, without spaces around it.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as it was typed.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Lets a request to its route, or says why not.
pub(super) async fn guard(
    State((app, need)): State<(Arc<App>, Need)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let posts = request.method() == Method::POST;
    if posts && !is_from_here(&app, request.headers()) {
        return Err(Refusal::Forbidden);
    }
    let signed = session::find(&app, request.headers()).await?;
    let survey = request.extract_parts::<SurveyId>().await.ok().map(|SurveyId(survey)| survey);
    let fields = if posts { read(&app, &mut request).await? } else { Fields::default() };
    let visit = Arc::new(Visit::of(&app, &request, signed.as_ref(), fields));
    if need == Need::Nothing {
        request.extensions_mut().insert(visit);
        return Ok(next.run(request).await);
    }
    let Some(signed) = signed else { return Ok(visit.to_the_door()) };
    if posts && visit.fields.get(PROOF) != signed.proof {
        return Err(Refusal::Forbidden);
    }
    let console = Arc::new(Console { visit, signed });
    match console.admitted(need, survey.as_deref()) {
        Admitted::In => {
            request.extensions_mut().insert(console);
            Ok(next.run(request).await)
        }
        Admitted::NoSuchSurvey => Err(Refusal::UnknownSurvey),
        Admitted::Not => Ok(parts::forbidden(&console)),
    }
}

enum Admitted {
    In,
    /// Whoever may not see a survey learns nothing about whether there is one.
    NoSuchSurvey,
    Not,
}

/// Reads the form that was posted, and leaves the request without a body.
async fn read(app: &App, request: &mut Request) -> Result<Fields, Refusal> {
    let body = std::mem::replace(request.body_mut(), Body::empty());
    let mut posted = Request::new(body);
    posted.headers_mut().clone_from(request.headers());
    let body = body::read(&app.room, posted, body::FORM).await?;
    Ok(Fields(form_urlencoded::parse(&body).into_owned().collect()))
}

/// Whether a browser says that a form was sent by one of our own pages. Every browser of these years says one or the
/// other; a program that says neither has no cookie that anybody could ride on.
fn is_from_here(app: &App, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    headers.get(ORIGIN).is_none_or(|origin| origin.as_bytes() == app.public_url.as_str().as_bytes())
}

impl Visit {
    fn of(app: &Arc<App>, request: &Request, signed: Option<&Signed>, fields: Fields) -> Self {
        let query = Query::of(request.uri());
        let known = |lang: &String| language::tags().any(|tag| tag == lang);
        let asked = query.get("lang").filter(known);
        let own = signed.map(|signed| signed.person.lang.clone());
        let lang = asked.clone().or(own);
        let lang = lang.unwrap_or_else(|| language::of_interface(&query, request.headers()));
        Self {
            app: Arc::clone(app),
            said: Said::of(&lang),
            asked: asked.is_some(),
            vision: Vision::of(&query),
            query,
            fields,
            here: request.uri().path_and_query().map_or("/console", |here| here.as_str()).to_owned(),
            path: request.uri().path().to_owned(),
            address: client::sender(app, request).from,
        }
    }

    /// The address of another page of the console, in the language and with the looks of this one.
    pub(super) fn to(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.asked && !pairs.iter().any(|(name, _)| *name == "lang") {
            query.append_pair("lang", &self.said.lang);
        }
        query.extend_pairs(self.vision.chosen());
        let query = query.extend_pairs(pairs).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// Sends the browser to another page.
    pub(super) fn go(&self, path: &str, pairs: &[(&str, &str)]) -> Response {
        (StatusCode::SEE_OTHER, [(LOCATION, self.to(path, pairs))]).into_response()
    }

    /// Sends the browser back to where it wanted to go.
    pub(super) fn go_back(&self, to: &str) -> Response {
        (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
    }

    /// Sends the browser to the door, from where it comes back to a page that it asked for.
    fn to_the_door(&self) -> Response {
        self.go("/console/sign-in", &[("to", &self.here)])
    }

    /// Writes down what somebody did.
    pub(super) async fn write_down(
        &self,
        who: &str,
        act: Act,
        survey: Option<&str>,
        details: &str,
    ) -> Result<(), Refusal> {
        let (minute, survey) = ((self.app.clock)(), survey.map(str::to_owned));
        let deed = Deed { minute, who: who.to_owned(), act, survey, details: details.to_owned() };
        self.app.store.write_down(deed).await.map_err(Refusal::of_store)
    }
}

impl Console {
    fn admitted(&self, need: Need, survey: Option<&str>) -> Admitted {
        let roles = &self.signed.person.roles;
        match (need, survey) {
            (Need::Nothing | Need::Person, _) => Admitted::In,
            (Need::Everywhere(right), _) if roles.give_everywhere(right) => Admitted::In,
            (Need::OnSurvey(right), Some(survey)) if roles.give(right, survey) => Admitted::In,
            (Need::OnSurvey(_), Some(survey)) if !roles.give(Right::See, survey) => Admitted::NoSuchSurvey,
            _ => Admitted::Not,
        }
    }

    pub(super) fn may(&self, right: Right, survey: &str) -> bool {
        self.signed.person.roles.give(right, survey)
    }

    /// Writes down what this person did.
    pub(super) async fn did(&self, act: Act, survey: Option<&str>, details: &str) -> Result<(), Refusal> {
        self.write_down(&self.signed.person.name, act, survey, details).await
    }
}

impl Deref for Console {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}
