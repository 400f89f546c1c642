//! Refusals as `application/problem+json` (RFC 9457). Every status of the API that is not a success is made here.
//! People who wanted a page get one instead, from `failure`.

use super::body::LIMIT;
use crate::download::Wanted;
use crate::refusal::Refusal;
use crate::store::Uninvited;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;
use survey::{Code, Problem};

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code) = status_and_code(&self);
        let problem = json!({
            "type": format!("urn:qulaq:problem:{code}"),
            "title": title(&self),
            "status": status.as_u16(),
            "detail": detail(&self),
            "problems": problems(&self),
        });
        let about = [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")];
        let mut response = (status, about, problem.to_string()).into_response();
        let further = match &self {
            Self::Unauthorized => Some((WWW_AUTHENTICATE, "Bearer")),
            Self::Busy | Self::NotReady | Self::Timeout => Some((RETRY_AFTER, "2")),
            // Somebody has to look after these; who comes back at once comes for nothing.
            Self::TooManyCodes => Some((RETRY_AFTER, "3600")),
            Self::Full | Self::Unavailable => Some((RETRY_AFTER, "10")),
            _ => None,
        };
        response.headers_mut().extend(further.map(|(name, value)| (name, HeaderValue::from_static(value))));
        // For `failure`, which tells people.
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

fn problems(refusal: &Refusal) -> Vec<Problem> {
    match refusal {
        Refusal::Invalid(problems) => problems.clone(),
        Refusal::QuotaFull(quota) => {
            let quota = i64::try_from(*quota).unwrap_or(i64::MAX);
            vec![Problem::of(Code::QuotaFull).with("quota", quota)]
        }
        _ => Vec::new(),
    }
}

/// The word by which programs know a refusal.
pub(super) fn code(refusal: &Refusal) -> &'static str {
    status_and_code(refusal).1
}

/// Both are promises: programs go by them.
fn status_and_code(refusal: &Refusal) -> (StatusCode, &'static str) {
    match refusal {
        Refusal::UnknownRoute => (StatusCode::NOT_FOUND, "unknown_route"),
        Refusal::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
        Refusal::UnknownSurvey => (StatusCode::NOT_FOUND, "unknown_survey"),
        Refusal::NoResults => (StatusCode::NOT_FOUND, "no_results"),
        Refusal::UnknownVersion => (StatusCode::NOT_FOUND, "unknown_version"),
        Refusal::UnknownReceipt => (StatusCode::NOT_FOUND, "unknown_receipt"),
        Refusal::UnknownFormat => (StatusCode::BAD_REQUEST, "unknown_format"),
        Refusal::ExportOption(_) => (StatusCode::BAD_REQUEST, "export_option"),
        Refusal::OnlyJson => (StatusCode::NOT_IMPLEMENTED, "only_json"),
        Refusal::ContentType(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type"),
        Refusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        Refusal::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too_slow"),
        Refusal::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
        Refusal::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        Refusal::Closed => (StatusCode::FORBIDDEN, "closed"),
        Refusal::NotOpen => (StatusCode::FORBIDDEN, "not_open"),
        Refusal::QuotaFull(_) => (StatusCode::FORBIDDEN, "quota_full"),
        Refusal::NoInvitation => (StatusCode::FORBIDDEN, "no_invitation"),
        Refusal::Uninvited(Uninvited::Unknown) => (StatusCode::FORBIDDEN, "invitation_unknown"),
        Refusal::Uninvited(Uninvited::Spent) => (StatusCode::FORBIDDEN, "invitation_spent"),
        Refusal::Uninvited(Uninvited::Over) => (StatusCode::FORBIDDEN, "invitation_over"),
        Refusal::TooManyCodes => (StatusCode::TOO_MANY_REQUESTS, "too_many_codes"),
        Refusal::NoPartials => (StatusCode::FORBIDDEN, "no_partials"),
        Refusal::Conflict => (StatusCode::CONFLICT, "conflict"),
        Refusal::Withdrawn => (StatusCode::GONE, "withdrawn"),
        Refusal::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized"),
        Refusal::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Refusal::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
        Refusal::NotReady => (StatusCode::SERVICE_UNAVAILABLE, "not_ready"),
        Refusal::Timeout => (StatusCode::SERVICE_UNAVAILABLE, "timeout"),
        Refusal::Full => (StatusCode::INSUFFICIENT_STORAGE, "storage_full"),
        Refusal::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        Refusal::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}

/// What happened.
fn title(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::UnknownRoute => "There is nothing at this address",
        Refusal::MethodNotAllowed => "This address does not take this method",
        Refusal::UnknownSurvey => "There is no such survey",
        Refusal::NoResults => "The survey shows no results now",
        Refusal::UnknownVersion => "The survey has no such version",
        Refusal::UnknownReceipt => "No response has this receipt",
        Refusal::UnknownFormat => "There is no export of this format",
        Refusal::ExportOption(_) => "The export cannot be made like this",
        Refusal::OnlyJson => "There is no description in this format",
        Refusal::ContentType(_) => "The body is of a wrong content type",
        Refusal::TooLarge => "The body is too large",
        Refusal::TooSlow => "The body took too long to arrive",
        Refusal::Malformed => "The body cannot be read",
        Refusal::Invalid(_) => "The response cannot be kept as it is",
        Refusal::Closed => "The survey is closed",
        Refusal::NotOpen => "The survey is not open yet",
        Refusal::QuotaFull(_) => "Enough are heard of this group",
        Refusal::NoInvitation => "The survey is answered by invitation",
        Refusal::Uninvited(Uninvited::Unknown) => "No invitation has this code",
        Refusal::Uninvited(Uninvited::Spent) => "A response was sent with this invitation",
        Refusal::Uninvited(Uninvited::Over) => "The invitation has expired",
        Refusal::TooManyCodes => "Too many wrong codes came from this network",
        Refusal::NoPartials => "The survey takes whole responses alone",
        Refusal::Conflict => "Another response has this id",
        Refusal::Withdrawn => "The response with this id was taken back",
        Refusal::Unauthorized => "A valid token is needed",
        Refusal::Forbidden => "The token does not open this survey",
        Refusal::Busy => "The collector is busy",
        Refusal::NotReady => "The collector cannot keep anything now",
        Refusal::Timeout => "The answer was not ready in time",
        Refusal::Full => "The collector has no room left",
        Refusal::Unavailable => "The collector cannot reach what it keeps responses in",
        Refusal::Internal => "Something broke in the collector",
    }
}

/// What to do.
fn detail(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownRoute => "Compare the address with the documentation.",
        Refusal::MethodNotAllowed => "The Allow header lists the methods that it takes.",
        Refusal::UnknownSurvey => "Check the id; a survey is here after `qulaq publish`.",
        Refusal::NoResults => "Its definition says by `results` who sees them, and when.",
        Refusal::UnknownVersion => "Leave `version` out for the current one.",
        Refusal::UnknownReceipt => "Compare the receipt number, character by character.",
        Refusal::UnknownFormat => {
            return format!("Say `format=` with one of {}.", Wanted::names().join(", "));
        }
        Refusal::ExportOption(reason) => return reason.clone(),
        Refusal::OnlyJson => "Say `format=json`.",
        Refusal::ContentType(wanted) => return format!("Send `Content-Type: {wanted}`."),
        Refusal::TooLarge => return format!("Send at most {} KiB.", LIMIT / 1024),
        Refusal::TooSlow => "Send it again; a response that is sent twice is kept once.",
        Refusal::Malformed => "Send one JSON object as documented, or the fields of the form.",
        Refusal::Invalid(_) => "Mend what `problems` lists and send it again; nothing was kept.",
        Refusal::Closed => "It takes no more responses; nothing was kept.",
        Refusal::NotOpen => {
            "Send it from the time on that `opens` in the definition names; nothing was kept."
        }
        Refusal::QuotaFull(_) => "`problems` names the quota; nothing was kept.",
        Refusal::NoInvitation => "Send the code of an invitation as `invitation`; nothing was kept.",
        Refusal::Uninvited(Uninvited::Unknown) => {
            "Compare the code, character by character; nothing was kept."
        }
        Refusal::Uninvited(_) => "Nothing was kept.",
        Refusal::TooManyCodes => "Try again after the time that Retry-After gives; nothing was kept.",
        Refusal::NoPartials => "Its author would have to ask for them (`partials`); nothing was kept.",
        Refusal::Conflict => "Make a new random id for each response; nothing was changed.",
        Refusal::Withdrawn => "Make a new random id to answer again; nothing was kept.",
        Refusal::Unauthorized => {
            "Send `Authorization: Bearer TOKEN`, with a token made by `qulaq token create`."
        }
        Refusal::Forbidden => "Ask for a token that does.",
        Refusal::Busy => "Try again after the time that Retry-After gives; nothing was kept.",
        Refusal::NotReady => "The log says why. Send nobody here until this address answers with 200.",
        Refusal::Timeout => "Try again; a response that is sent twice is kept once.",
        Refusal::Full | Refusal::Unavailable => {
            "It was logged. Try again after the time that Retry-After gives; a response that is sent twice is kept once."
        }
        Refusal::Internal => "It was logged. Try again later; a response that is sent twice is kept once.",
    }
    .to_owned()
}
