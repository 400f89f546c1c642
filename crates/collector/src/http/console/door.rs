//! Signing in and out.

use super::guard::{Console, Visit};
use super::markup::{Element, el};
use super::parts::{self, Field, button, hidden};
use super::provider;
use super::session::{self, Secret};
use super::signing::{Tried, try_password};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{Way, Which};
use axum::Extension;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// Where names and passwords are asked for.
pub(super) async fn show(Extension(visit): Extension<Arc<Visit>>) -> Response {
    let told = parts::told_of(&visit, &["signed_out"]);
    let out = way_out(&visit).filter(|_| told.is_some());
    door(&visit, StatusCode::OK, told.map(|told| el("div").child(told).children(out)))
}

/// A link to where somebody who came by the provider signs out of it too.
fn way_out(visit: &Visit) -> Option<Element> {
    let provider = visit.app.provider.as_ref().filter(|_| visit.query.get("way").is_some())?;
    let back = format!("{}/console/sign-in", visit.app.public_url);
    let address = provider.way_out(&back)?;
    Some(el("p").child(parts::link(&address, &with_name(visit, "provider_sign_out"))))
}

/// The words with this key, and in them what people call the provider.
pub(super) fn with_name(visit: &Visit, key: &str) -> String {
    let name = visit.app.provider.as_ref().map_or("", |provider| &provider.config().name);
    visit.said.fill(key, &[("name", name)])
}

/// Somebody who is let in gets a new session, whatever their browser held before: nobody can have put it there.
pub(super) async fn post(
    Extension(visit): Extension<Arc<Visit>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !session::is_private(&visit.app.public_url) || session::only_provider(&visit.app) {
        return Ok(door(&visit, StatusCode::FORBIDDEN, None));
    }
    let (name, password) = (visit.fields.get("name"), visit.fields.raw("password").to_owned());
    let person = match try_password(&visit.app, (name, password), visit.address).await? {
        Tried::Right(person) => person,
        Tried::Wrong => return Ok(refused(&visit, StatusCode::FORBIDDEN, "wrong_password")),
        Tried::TooMany => {
            let mut response = refused(&visit, StatusCode::TOO_MANY_REQUESTS, "too_many_tries");
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("900"));
            return Ok(response);
        }
    };
    if let Some(before) = Secret::of(&visit.app, &headers) {
        end(&visit, before.hash()).await?;
    }
    let secret = session::begin(&visit.app, &person.name, Way::Password).await?;
    visit.write_down(&person.name, Act::SignedIn, None, "").await?;
    let to = visit.query.get("to").filter(|to| is_ours(to));
    let response = match to {
        Some(to) => visit.go_back(&to),
        None => visit.go("/console", &[]),
    };
    Ok(with_cookie(response, &secret.cookie(&visit.app)))
}

/// Whether an address leads to a page of the console and nowhere else.
pub(super) fn is_ours(to: &str) -> bool {
    let rest = to.strip_prefix("/console");
    rest.is_some_and(|rest| {
        rest.is_empty() || (rest.starts_with(['/', '?']) && rest.bytes().all(|byte| byte.is_ascii_graphic()))
    })
}

/// Ends the session.
pub(super) async fn leave(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    end(&console, console.signed.session.hash).await?;
    console.did(Act::SignedOut, None, "").await?;
    let by_provider = console.signed.session.way == Way::Provider;
    let way = by_provider.then_some(("way", Way::Provider.name()));
    let pairs: Vec<(&str, &str)> = [("told", "signed_out")].into_iter().chain(way).collect();
    let response = console.go("/console/sign-in", &pairs);
    Ok(with_cookie(response, &session::forgetting(&console.app)))
}

pub(super) async fn end(visit: &Visit, hash: crate::store::Digest) -> Result<(), Refusal> {
    visit.app.store.end_sessions(Which::One(hash)).await.map(drop).map_err(Refusal::of_store)
}

pub(super) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

pub(super) fn refused(visit: &Visit, status: StatusCode, key: &str) -> Response {
    door(visit, status, Some(parts::refused(visit, &with_name(visit, key))))
}

pub(super) fn door(visit: &Visit, status: StatusCode, told: Option<Element>) -> Response {
    let said = &visit.said;
    let head = el("div").class("q").child(el("h1").class("title").text(said.get("console"))).children(told);
    let ways = if session::is_private(&visit.app.public_url) {
        let to = visit.query.get("to").filter(|to| is_ours(to));
        let to: Vec<(&str, &str)> = to.iter().map(|to| ("to", to.as_str())).collect();
        let form = (!session::only_provider(&visit.app)).then(|| form(visit, &to));
        visit.app.provider.iter().map(|_| to_provider(visit, &to)).chain(form).collect()
    } else {
        vec![el("p").class("q").text(said.get("needs_https"))]
    };
    let main = std::iter::once(head).chain(ways).collect();
    parts::respond(visit, status, said.get("sign_in"), "", main)
}

fn to_provider(visit: &Visit, to: &[(&str, &str)]) -> Element {
    let link = parts::link(&visit.to(provider::PATH, to), &with_name(visit, "sign_in_with"));
    el("div").class("q").child(el("p").class("buttons").child(link.class("next")))
}

fn form(visit: &Visit, pairs: &[(&str, &str)]) -> Element {
    let said = &visit.said;
    let name = Field {
        autocomplete: "username",
        value: visit.fields.get("name"),
        ..Field::text("name", said.get("sign_in_name"))
    };
    let password = Field {
        kind: "password",
        autocomplete: "current-password",
        hint: Some(said.get("password_hint")),
        ..Field::text("password", said.get("password"))
    };
    el("form")
        .class("q")
        .attr("method", "post")
        .attr("action", &visit.to("/console/sign-in", pairs))
        .attr("accept-charset", "utf-8")
        .child(name.element())
        .child(password.element())
        .child(hidden("do", "sign-in"))
        .child(button(visit, "next", "sign_in"))
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn signing_in_leads_to_a_page_of_the_console_and_nowhere_else() {
        for ours in ["/console", "/console?lang=kk", "/console/surveys/a?lang=kk&scheme=wb"] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in
            ["", "/", "/consoles", "//evil.example", "https://evil.example/console", "/console/\r\nx", "/s/a"]
        {
            assert!(!is_ours(other), "{other}");
        }
    }
}
