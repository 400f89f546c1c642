//! Signing in and out.

use super::guard::{Console, Visit};
use super::markup::{Element, el};
use super::parts::{self, Field, button, hidden};
use super::session::{self, Secret};
use super::signing::{Tried, try_password};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::Which;
use axum::Extension;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// Where names and passwords are asked for.
pub(super) async fn show(Extension(visit): Extension<Arc<Visit>>) -> Response {
    let told = parts::told_of(&visit, &["signed_out"]);
    door(&visit, StatusCode::OK, told)
}

/// Somebody who is let in gets a new session, whatever their browser held before: nobody can have put it there.
pub(super) async fn post(
    Extension(visit): Extension<Arc<Visit>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !session::is_private(&visit.app.public_url) {
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
    let secret = session::begin(&visit.app, &person.name).await?;
    visit.write_down(&person.name, Act::SignedIn, None, "").await?;
    let to = visit.query.get("to").filter(|to| is_ours(to));
    let response = match to {
        Some(to) => visit.go_back(&to),
        None => visit.go("/console", &[]),
    };
    Ok(with_cookie(response, &secret.cookie(&visit.app)))
}

/// Whether an address leads to a page of the console and nowhere else.
fn is_ours(to: &str) -> bool {
    let rest = to.strip_prefix("/console");
    rest.is_some_and(|rest| {
        rest.is_empty() || (rest.starts_with(['/', '?']) && rest.bytes().all(|byte| byte.is_ascii_graphic()))
    })
}

/// Ends the session.
pub(super) async fn leave(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    end(&console, console.signed.session.hash).await?;
    console.did(Act::SignedOut, None, "").await?;
    let response = console.go("/console/sign-in", &[("told", "signed_out")]);
    Ok(with_cookie(response, &session::forgetting(&console.app)))
}

async fn end(visit: &Visit, hash: crate::store::Digest) -> Result<(), Refusal> {
    visit.app.store.end_sessions(Which::One(hash)).await.map(drop).map_err(Refusal::of_store)
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    let cookie = HeaderValue::from_str(cookie).ok();
    response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    response
}

fn refused(visit: &Visit, status: StatusCode, key: &str) -> Response {
    door(visit, status, Some(parts::refused(visit, visit.said.get(key))))
}

fn door(visit: &Visit, status: StatusCode, told: Option<Element>) -> Response {
    let said = &visit.said;
    let head = el("div").class("q").child(el("h1").class("title").text(said.get("console"))).children(told);
    let main = if session::is_private(&visit.app.public_url) {
        form(visit)
    } else {
        el("p").class("q").text(said.get("needs_https"))
    };
    parts::respond(visit, status, said.get("sign_in"), "", vec![head, main])
}

fn form(visit: &Visit) -> Element {
    let said = &visit.said;
    let to = visit.query.get("to").filter(|to| is_ours(to));
    let pairs: Vec<(&str, &str)> = to.iter().map(|to| ("to", to.as_str())).collect();
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
        .attr("action", &visit.to("/console/sign-in", &pairs))
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
