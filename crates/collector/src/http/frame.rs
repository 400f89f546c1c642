//! The hosted page in a frame, for pages that cannot load the widget: framed by the origins on the list alone, and with
//! a script that tells the page around how high it is.

use super::App;
use super::document::{self, Extra, NOBODY, Page, escape};
use super::page::title;
use super::view::Around;
use super::vision::Vision;
use crate::encoded::Encoded;
use crate::origin::Allowed;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use qulaq::View;
use std::sync::{Arc, LazyLock};

/// Answers with the page of a survey without links to its other languages: the page around has chosen.
pub(super) fn respond(
    app: &App,
    status: StatusCode,
    (view, vision): (View, Vision),
    around: Around<'_>,
) -> Response {
    let (survey, lang) = (Arc::clone(&view.survey), view.lang.clone());
    let head = format!(
        "<script src=\"/assets/frame.js\" defer data-survey=\"{}\" data-origins=\"{}\"></script>\n",
        escape(&survey.id),
        escape(&origins(&app.allow_origin))
    );
    let page = Page {
        lang: &lang,
        title: &title(&survey, &lang),
        languages: Vec::new(),
        vision,
        main: &format!("{}{}{}", around.before, around.held.draw(&view), around.after),
    };
    document::respond_with(
        app,
        status,
        &page,
        &Extra { head: &head, scripts: "'self'", framed_by: &framers(app), above: "" },
    )
}

/// Answers with a page that shows no survey, such as one that says what went wrong.
pub(super) fn respond_bare(app: &App, status: StatusCode, page: &Page<'_>) -> Response {
    document::respond_with(
        app,
        status,
        page,
        &Extra { head: "", scripts: NOBODY, framed_by: &framers(app), above: "" },
    )
}

fn framers(app: &App) -> String {
    let origins = origins(&app.allow_origin);
    if origins.is_empty() { NOBODY.to_owned() } else { origins }
}

/// The list with spaces between, as a policy and the script read it.
fn origins(allowed: &[Allowed]) -> String {
    let origins = allowed.iter().map(|allowed| match allowed {
        Allowed::Exactly(origin) => origin.as_str(),
        Allowed::Any => "*",
    });
    origins.collect::<Vec<_>>().join(" ")
}

/// What a page pastes to show the frame; `width` and `height` in pixels.
pub(super) fn snippet(host: &str, survey: &str, lang: &str, title: &str, width: u32, height: u32) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\"></iframe>",
        escape(&format!("{host}/s/{survey}?frame=1&lang={lang}")),
        escape(title),
    )
}

/// The script of a framed page.
pub(super) async fn script(headers: HeaderMap) -> Response {
    SCRIPT.respond(&headers, "no-cache")
}

static SCRIPT: LazyLock<Encoded> = LazyLock::new(|| {
    let script = include_str!("frame.js");
    Encoded::with_copies("text/javascript; charset=utf-8", script.into(), None, None)
});
