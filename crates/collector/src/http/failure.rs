//! Refusals for people: who opens or posts a page in a browser reads what happened in words, not in JSON.

use super::document::{self, Page, escape};
use super::query::Query;
use super::view::Place;
use super::{App, frame, language};
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH};
use axum::middleware::Next;
use axum::response::Response;
use qulaq::words;
use std::sync::Arc;

/// Puts a page in place of a refusal, where a page was asked for. Status and headers stay what they are.
pub(super) async fn as_page(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if !wants_page(&request) {
        return next.run(request).await;
    }
    let query = Query::of(request.uri());
    let (place, lang) = (Place::of_page(&query), language::of_interface(&query, request.headers()));
    let response = next.run(request).await;
    match response.extensions().get::<Arc<Refusal>>().cloned() {
        Some(refusal) => replaced(&app, response, &refusal, place, &lang),
        None => response,
    }
}

/// Browsers name HTML when they open a page or post a form; scripts and programs do not.
fn wants_page(request: &Request) -> bool {
    let path = request.uri().path();
    let mut accepted = request.headers().get_all(ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    (path.starts_with("/s/") || path.starts_with("/console") || path == "/withdraw")
        && accepted.any(|value| value.contains("text/html"))
}

fn replaced(app: &App, refused: Response, refusal: &Refusal, place: Place, lang: &str) -> Response {
    let words = words::of(lang);
    let (key, mended_by_opening_again) = told(refusal);
    let trouble = words.get("trouble");
    let again = if mended_by_opening_again {
        let address = escape(&format!("?{}", place.query(lang)));
        format!("<p><a href=\"{address}\">{}</a></p>", escape(words.get("again")))
    } else {
        String::new()
    };
    let (heading, text) = (escape(trouble), escape(words.get(key)));
    let main = format!("<div class=\"q\"><h1 class=\"title\">{heading}</h1><p>{text}</p>{again}</div>");
    let page = Page { lang, title: trouble, languages: Vec::new(), vision: place.vision(), main: &main };
    let (page, body) = match place {
        Place::Framed(_) => frame::respond_bare(app, refused.status(), &page),
        Place::Hosted(_) | Place::Inside(_) => document::respond(app, refused.status(), &page),
    }
    .into_parts();
    let mut head = refused.into_parts().0;
    head.headers.remove(CONTENT_LENGTH);
    for (name, value) in &page.headers {
        head.headers.insert(name, value.clone());
    }
    Response::from_parts(head, body)
}

/// The key of the words for a refusal, and whether the citizen should open the page again.
fn told(refusal: &Refusal) -> (&'static str, bool) {
    match refusal {
        Refusal::UnknownRoute | Refusal::UnknownSurvey => ("no_survey", false),
        Refusal::Conflict => ("conflict", true),
        Refusal::Withdrawn => ("taken_back", true),
        Refusal::TooMany
        | Refusal::Busy
        | Refusal::NotReady
        | Refusal::Timeout
        | Refusal::TooSlow
        | Refusal::Full
        | Refusal::Unavailable
        | Refusal::Internal => ("busy", false),
        _ => ("unreadable", true),
    }
}
