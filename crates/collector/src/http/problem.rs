//! Refusals as `application/problem+json` (RFC 9457). Every status of the API that is not a success is made here.

use super::body::LIMIT;
use crate::refusal::Refusal;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// How a refusal is told.
struct Told {
    /// Ends the URN of its type: a promise, like the status.
    code: &'static str,
    status: StatusCode,
    title: &'static str,
    /// What to do.
    detail: String,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Told { code, status, title, detail } = told(&self);
        let body = json!({
            "type": format!("urn:qulaq:problem:{code}"),
            "title": title,
            "status": status.as_u16(),
            "detail": detail,
            "problems": if let Self::Invalid(problems) = &self { problems.as_slice() } else { &[] },
        });
        let about = [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")];
        let mut response = (status, about, body.to_string()).into_response();
        match self {
            Self::Unauthorized => response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            Self::Busy | Self::Timeout => response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2")),
            _ => None,
        };
        response
    }
}

/// The table of all refusals. It is long because it is flat: a line or two each, and nothing else.
fn told(refusal: &Refusal) -> Told {
    use StatusCode as S;
    let told = |code, status, title, detail: &str| Told { code, status, title, detail: detail.to_owned() };
    match refusal {
        Refusal::UnknownRoute => told("unknown_route", S::NOT_FOUND, "There is nothing at this address", "Compare the address with the documentation."),
        Refusal::MethodNotAllowed => told("method_not_allowed", S::METHOD_NOT_ALLOWED, "This address does not take this method", "The Allow header lists the methods that it takes."),
        Refusal::UnknownSurvey => told("unknown_survey", S::NOT_FOUND, "There is no such survey", "Check the survey's id; it must have been published with `qulaq publish`."),
        Refusal::UnknownVersion => told("unknown_version", S::NOT_FOUND, "The survey has no such version", "Leave `version` out for the current one."),
        Refusal::UnknownReceipt => told("unknown_receipt", S::NOT_FOUND, "No response has this receipt", "Check the receipt number, character by character."),
        Refusal::UnknownFormat => told("unknown_format", S::BAD_REQUEST, "There is no export of this format", "Say `format=csv`."),
        Refusal::ContentType(wanted) => told("content_type", S::UNSUPPORTED_MEDIA_TYPE, "The body is of a wrong content type", &format!("Send `Content-Type: {wanted}`.")),
        Refusal::TooLarge => told("too_large", S::PAYLOAD_TOO_LARGE, "The body is too large", &format!("Send at most {} KiB.", LIMIT / 1024)),
        Refusal::TooSlow => told("too_slow", S::REQUEST_TIMEOUT, "The body took too long to arrive", "Send it again over a better line; sending a response twice keeps it once."),
        Refusal::Malformed => told("malformed", S::BAD_REQUEST, "The body cannot be read", "Send one JSON object as documented, or the fields of the form."),
        Refusal::Invalid(_) => told("invalid", S::UNPROCESSABLE_ENTITY, "The response cannot be kept as it is", "Mend what `problems` lists and send it again; nothing was kept."),
        Refusal::Closed => told("closed", S::FORBIDDEN, "The survey is closed", "It takes no more responses."),
        Refusal::Conflict => told("conflict", S::CONFLICT, "Another response has this id", "Make a new random id for each response; nothing was changed."),
        Refusal::Withdrawn => told("withdrawn", S::GONE, "The response with this id was taken back", "Make a new random id to answer again."),
        Refusal::Unauthorized => told("unauthorized", S::UNAUTHORIZED, "A valid token is needed", "Send `Authorization: Bearer TOKEN`, with a token made by `qulaq token create`."),
        Refusal::Forbidden => told("forbidden", S::FORBIDDEN, "The token does not open this survey", "Ask for a token that does."),
        Refusal::Busy => told("busy", S::SERVICE_UNAVAILABLE, "The collector is busy", "Try again after the time that Retry-After gives; nothing was kept."),
        Refusal::Timeout => told("timeout", S::SERVICE_UNAVAILABLE, "The answer was not ready in time", "Try again; sending a response twice keeps it once."),
        Refusal::Internal => told("internal", S::INTERNAL_SERVER_ERROR, "Something broke in the collector", "It has been logged. Try again later; sending a response twice keeps it once."),
    }
}
