//! Tokens for programs: listed, made and revoked by owners.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, cell, form, hidden, section, select, table};
use super::people::asked_survey;
use crate::clock::Minute;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{NewToken, Scope, TokenRecord};
use crate::token::Token;
use axum::Extension;
use axum::response::Response;
use jiff::civil::Date;
use std::sync::Arc;

const PATH: &str = "/console/tokens";

pub(super) async fn show(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let told = parts::told_of(&console, &["token_revoked"]);
    page(&console, told).await
}

pub(super) async fn post(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    match console.fields.get("do") {
        "make" => make(&console).await,
        "revoke" => {
            let name = console.fields.raw("token");
            if console.app.store.revoke_token(name).await.map_err(Refusal::of_store)? {
                console.did(Act::RevokedToken, None, name).await?;
            }
            Ok(console.go(PATH, &[("told", "token_revoked")]))
        }
        _ => Err(Refusal::Malformed),
    }
}

/// Makes a token and shows it, once.
async fn make(console: &Console) -> Result<Response, Refusal> {
    let refused = |key: &str| Some(parts::refused(console, console.said.get(key)));
    let name = console.fields.get("token").to_owned();
    if name.is_empty() || name.chars().any(char::is_control) {
        return page(console, refused("token_name_bad")).await;
    }
    let Ok(expires) = expiry(console) else { return page(console, refused("day_bad")).await };
    let scope = Scope::named(console.fields.get("scope")).ok_or(Refusal::Malformed)?;
    let surveys = asked_survey(console).await?.map(|survey| vec![survey]);
    let token = Token::new(&console.app.random).map_err(Refusal::of_randomness)?;
    let created = (console.app.clock)();
    let record = NewToken { hash: token.hash(), name: name.clone(), surveys, scope, created, expires };
    if !console.app.store.add_token(record).await.map_err(Refusal::of_store)? {
        return page(console, refused("token_taken")).await;
    }
    console.did(Act::MadeToken, None, &name).await?;
    let told = parts::told(&console.said.fill("token_once", &[("name", &name)]));
    let secret = el("p").class("secret").child(el("code").text(token.reveal()));
    page(console, Some(el("div").child(told).child(secret))).await
}

/// The minute after the day that a form names; none when it names none.
fn expiry(console: &Console) -> Result<Option<Minute>, jiff::Error> {
    match console.fields.get("expires") {
        "" => Ok(None),
        day => console.app.days.end_of(day.parse::<Date>()?).map(Some),
    }
}

async fn page(console: &Console, told: Option<Element>) -> Result<Response, Refusal> {
    let said = &console.said;
    let tokens = console.app.store.tokens().await.map_err(Refusal::of_store)?;
    let heads = ["token", "scope", "survey", "expires", "state"].map(|key| said.get(key));
    let rows = tokens.iter().map(|token| row(console, token)).collect();
    let note = el("p").class("hint").text(said.get("tokens_note"));
    let main = vec![
        section(said.get("tokens"), [note, table(said.get("tokens"), &heads, rows)]),
        section(said.get("make_token"), [making(console).await?]),
    ];
    Ok(parts::page(console, said.get("tokens"), told, main))
}

fn row(console: &Console, token: &TokenRecord) -> Vec<Element> {
    let (said, days) = (&console.said, &console.app.days);
    let surveys = token.surveys.as_ref().map(|surveys| surveys.join(", "));
    // The minute before is of the last day.
    let until = token.expires.and_then(|minute| days.of(Minute(minute.0 - 1)).ok());
    let over = token.is_over((console.app.clock)()).then(|| cell(said.get("token_over")));
    let revoke = vec![hidden("token", &token.name), button(console, "back", "revoke")];
    vec![
        cell(&token.name),
        cell(said.get(scope_key(token.scope))),
        cell(surveys.as_deref().unwrap_or(said.get("every_survey"))),
        cell(&until.map_or_else(|| said.get("never").to_owned(), |day| said.day(day))),
        el("div").children(over).child(form(console, PATH, "revoke", revoke)),
    ]
}

fn scope_key(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "scope_read",
        Scope::Clerk => "scope_clerk",
    }
}

async fn making(console: &Console) -> Result<Element, Refusal> {
    let said = &console.said;
    let scopes = Scope::ALL.map(|scope| (scope.name(), said.get(scope_key(scope))));
    let [_, survey] = super::people::role_fields(console).await?;
    let expires = Field {
        kind: "date",
        hint: Some(said.get("expires_hint")),
        ..Field::text("expires", said.get("expires"))
    };
    let fields = vec![
        Field::text("token", said.get("token_name")).element(),
        select("scope", said.get("scope"), &scopes, Scope::default().name()),
        survey,
        expires.element(),
        button(console, "next", "make_token"),
    ];
    Ok(form(console, PATH, "make", fields))
}
