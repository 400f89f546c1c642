//! Who keys in: a token of the scope `clerk`, shown once and remembered for a working day in a cookie.
//!
//! The cookie is sealed and holds the name of the token, never the token; every request looks the token up, so that one
//! which is revoked opens nothing from that moment.

use crate::clock::Minute;
use crate::digest::sha256;
use crate::http::{App, access};
use crate::refusal::Refusal;
use crate::store::{Scope, TokenRecord};
use crate::token::Token;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use data_encoding::BASE64URL_NOPAD;

/// With this prefix a browser takes it from this host alone, over a secure connection, for all paths (RFC 6265bis).
const COOKIE_NAME: &str = "__Host-qulaq-clerk";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// Minutes that a session lasts.
const LASTS: i64 = 10 * 60;

/// Somebody who may key in. What proves it is never to be printed.
pub(super) struct Clerk {
    /// The name of the token.
    pub(super) name: String,
    /// What proves that a form is one of this session: no other page can know it.
    pub(super) form: String,
}

/// The clerk whose cookie came with the request; `None` for nobody, or for one who has no business with this survey.
pub(super) async fn clerk(app: &App, headers: &HeaderMap, survey: &str) -> Result<Option<Clerk>, Refusal> {
    let Some(value) = cookie(headers) else { return Ok(None) };
    let tokens = app.store.tokens().await.map_err(Refusal::of_store)?;
    let now = (app.clock)().0;
    // Compared by their hashes: how long it takes tells nothing about the seal.
    let mine = tokens.into_iter().find(|token| {
        let until = expiry(value).filter(|until| *until > now);
        until.is_some_and(|until| sha256(value) == sha256(self::value(app, token, until)))
    });
    let mine = mine.filter(|token| !token.is_over(Minute(now)) && access::opens(token, Scope::Clerk, survey));
    Ok(mine.map(|token| Clerk { name: token.name, form: app.key.seal(&format!("form {survey} {value}")) }))
}

/// The cookie for whoever holds this token; `None` when it does not open this survey to a clerk.
pub(super) async fn begin(app: &App, token: &str, survey: &str) -> Result<Option<String>, Refusal> {
    let token = Token::typed(token);
    let record = app.store.token(token.hash()).await.map_err(Refusal::of_store)?;
    let now = (app.clock)();
    let opens = |record: &TokenRecord| !record.is_over(now) && access::opens(record, Scope::Clerk, survey);
    let record = record.filter(opens);
    let until = now.0 + LASTS;
    Ok(record.map(|record| {
        format!("{COOKIE_NAME}={}; {ATTRIBUTES}; Max-Age={}", value(app, &record, until), LASTS * 60)
    }))
}

/// A cookie that ends the session.
pub(super) fn end() -> String {
    format!("{COOKIE_NAME}=; {ATTRIBUTES}; Max-Age=0")
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='))
}

/// When a session ends, as its cookie says; whether that is true, its seal says.
fn expiry(value: &str) -> Option<i64> {
    value.split('.').nth(1)?.parse().ok()
}

/// A token of the same name that is made later does not revive the sessions of the one before.
fn value(app: &App, token: &TokenRecord, until: i64) -> String {
    let name = BASE64URL_NOPAD.encode(token.name.as_bytes());
    let seal = app.key.seal(&format!("session {name} {} {until}", token.created.0));
    format!("{name}.{until}.{seal}")
}
