//! Who may read responses: a program with a token, or somebody who is signed in at the console.

use super::{App, console};
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Scope, TokenRecord};
use crate::token::Token;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

/// Lets a request pass whose token, or else whose session, opens the survey, and says whose it is. Both come before the
/// survey: who has none learns nothing about which surveys there are.
pub(super) async fn to_responses(app: &App, headers: &HeaderMap, survey: &str) -> Result<String, Refusal> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        let person = console::signed_in(app, headers).await?.ok_or(Refusal::Unauthorized)?;
        let may = person.roles.give(Right::Download, survey);
        return if may { Ok(person.name) } else { Err(Refusal::Forbidden) };
    };
    let token = header.to_str().ok().and_then(Token::of_header).ok_or(Refusal::Unauthorized)?;
    let record =
        app.store.token(token.hash()).await.map_err(Refusal::of_store)?.ok_or(Refusal::Unauthorized)?;
    if record.is_over((app.clock)()) {
        return Err(Refusal::Unauthorized);
    }
    if opens(&record, Scope::Read, survey) {
        Ok(format!("token {}", record.name))
    } else {
        Err(Refusal::Forbidden)
    }
}

/// Whether a token lets its holder do this with the survey, as long as it is not over.
pub(super) fn opens(token: &TokenRecord, scope: Scope, survey: &str) -> bool {
    let surveys = token.surveys.as_ref();
    token.scope == scope && surveys.is_none_or(|surveys| surveys.iter().any(|opened| opened == survey))
}
