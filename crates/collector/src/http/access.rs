//! Who may read responses.

use super::App;
use crate::refusal::Refusal;
use crate::store::{Scope, TokenRecord};
use crate::token::Token;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

/// Lets a request pass whose token opens the survey. The token comes before the survey: who has none learns nothing
/// about which surveys there are.
pub(super) async fn to_responses(app: &App, headers: &HeaderMap, survey: &str) -> Result<(), Refusal> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(Token::of_header).ok_or(Refusal::Unauthorized)?;
    let record =
        app.store.token(token.hash()).await.map_err(Refusal::of_store)?.ok_or(Refusal::Unauthorized)?;
    if opens(&record, Scope::Read, survey) { Ok(()) } else { Err(Refusal::Forbidden) }
}

/// Whether a token lets its holder do this with the survey.
pub(super) fn opens(token: &TokenRecord, scope: Scope, survey: &str) -> bool {
    let surveys = token.surveys.as_ref();
    token.scope == scope && surveys.is_none_or(|surveys| surveys.iter().any(|opened| opened == survey))
}
