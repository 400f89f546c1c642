//! What a preview serves besides the pages of the collector: the faults while there are any, the survey inside a page,
//! and the script by which all of them follow the file.

use super::watch::{Seen, Shown};
use crate::advice::Finding;
use crate::command::embed::snippet::{Script, Snippet};
use crate::command::embed::{Mode, Target};
use crate::http::{Query, escape, languages_of};
use crate::origin::Origin;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch::Receiver;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

/// What each page of the collector has in its head.
pub(super) const HEAD: &str = "<link rel=\"stylesheet\" href=\"/preview/live.css\">\n\
                               <script src=\"/preview/live.js\" defer></script>\n";

/// Where the survey stands inside a page.
const INSIDE: &str = "/preview/inside";

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                      style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What every page of the preview can reach.
struct Preview {
    seen: Receiver<Seen>,
    host: Origin,
    lang: Option<String>,
}

/// The collector with the pages of the preview around it.
pub(super) fn around(collector: Router, seen: Receiver<Seen>, host: Origin, lang: Option<String>) -> Router {
    let preview = Arc::new(Preview { seen, host, lang });
    let collector = collector.layer(from_fn_with_state(Arc::clone(&preview), as_it_stands));
    Router::new()
        .route("/", get(start))
        .route(INSIDE, get(inside))
        .route("/preview/events", get(events))
        .route("/preview/live.js", get(async || file("text/javascript", include_str!("live.js"))))
        .route("/preview/live.css", get(async || file("text/css", include_str!("live.css"))))
        // Browsers ask for it beside every page that names no other.
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .with_state(preview)
        .fallback_service(collector)
}

fn file(content_type: &'static str, content: &'static str) -> Response {
    ([(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-cache")], content).into_response()
}

/// The address that was printed leads to the survey, whatever its id is now.
async fn start(State(preview): State<Arc<Preview>>) -> Response {
    let seen = preview.seen.borrow().clone();
    match &seen.shown {
        Some(shown) => Redirect::to(&preview.address(shown)).into_response(),
        None => faults(&seen),
    }
}

/// Puts the faults in place of a survey that is faulty, and leads from an id that was changed to the one there is.
async fn as_it_stands(State(preview): State<Arc<Preview>>, request: Request, next: Next) -> Response {
    let Some(asked) = request.uri().path().strip_prefix("/s/") else { return next.run(request).await };
    let seen = preview.seen.borrow().clone();
    match &seen.shown {
        None => faults(&seen),
        Some(shown) if shown.survey.id != asked => Redirect::to(&preview.address(shown)).into_response(),
        Some(_) => next.run(request).await,
    }
}

/// Each state of the file as an event of the page (HTML Living Standard, §9.2), the present one at once.
async fn events(
    State(preview): State<Arc<Preview>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let states = WatchStream::new(preview.seen.clone());
    let events = states.map(|seen| Ok(Event::default().data(told(&seen).to_string())));
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// What the script has to know of a state.
fn told(seen: &Seen) -> serde_json::Value {
    json!({
        "key": seen.key(),
        "file": seen.file,
        "survey": seen.shown.as_ref().map(|shown| &shown.survey.id),
        "version": seen.shown.as_ref().map(|shown| &shown.version),
        "faults": seen.report.faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "warnings": seen.report.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// The survey inside a page, by the snippet that `qulaq embed` prints.
async fn inside(State(preview): State<Arc<Preview>>, query: Query) -> Response {
    let seen = preview.seen.borrow().clone();
    let Some(Shown { survey, .. }) = &seen.shown else { return faults(&seen) };
    let wanted = query.get("lang").or_else(|| preview.lang.clone()).unwrap_or_default();
    let lang = survey.language(&wanted).to_owned();
    let snippet = Snippet {
        host: preview.host.as_str(),
        survey: &survey.id,
        lang: Some(&lang),
        mode: Mode::Inline,
        title: survey.title.get(&lang),
        script: Script::Moving,
        form: None,
    };
    let languages = survey.languages.iter().map(|tag| {
        let here = if *tag == lang { " aria-current=\"true\"" } else { "" };
        let tag = escape(tag);
        format!("<a href=\"?lang={tag}\" hreflang=\"{tag}\"{here}>{tag}</a>\n")
    });
    let main = format!(
        "{}<main><h1>Your page</h1>\n<p>What stands before the survey.</p>\n\
         {}<p>What stands after it.</p></main>",
        languages_of(&languages.collect::<String>()),
        snippet.html(Target::Plain)
    );
    document(StatusCode::OK, &seen, "The survey inside a page", &main)
}

/// What must be mended before there is anything to show, and what would better be mended with it.
fn faults(seen: &Seen) -> Response {
    let list = |findings: &[Finding]| {
        let items = findings.iter().map(|finding| listed(&seen.file, finding)).collect::<String>();
        format!("<ol class=\"preview-faults\">\n{items}</ol>\n")
    };
    let (file, report) = (escape(&seen.file), &seen.report);
    let warnings = match &report.warnings[..] {
        [] => String::new(),
        warnings => format!("<h2>Warnings</h2>\n{}", list(warnings)),
    };
    let main = format!(
        "<main><h1>{file} cannot be shown yet</h1>\n<p>Mend this and save; the page follows.</p>\n{}{warnings}</main>",
        list(&report.faults)
    );
    document(StatusCode::UNPROCESSABLE_ENTITY, seen, "Cannot be shown yet", &main)
}

fn listed(file: &str, finding: &Finding) -> String {
    let place = format!("{file}:{}:{}", finding.place.line, finding.place.column);
    let (place, path, message) = (escape(&place), escape(&finding.path), escape(&finding.message));
    format!("<li><code>{place}</code> <code>{path}</code><br>{message}</li>\n")
}

/// A page of the preview's own. It says of which state it is, so that the script knows whether there is a later one.
fn document(status: StatusCode, seen: &Seen, title: &str, main: &str) -> Response {
    let about = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ];
    let key = escape(&seen.key());
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/assets/page.css\">\n\
         <link rel=\"stylesheet\" href=\"/preview/live.css\">\n\
         <script src=\"/preview/live.js\" defer data-key=\"{key}\"></script>\n\
         </head>\n<body>\n{main}\n</body>\n</html>\n"
    );
    (status, about, html).into_response()
}

impl Preview {
    fn address(&self, shown: &Shown) -> String {
        let query = self.lang.as_ref().map(|lang| format!("?lang={}", shown.survey.language(lang)));
        format!("/s/{}{}", shown.survey.id, query.unwrap_or_default())
    }
}
