//! The frame of every page of the collector's own: a whole HTML document that needs no script.

use super::vision::Vision;
use super::{App, language};
use crate::encoded::Encoded;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use qulaq::words;
use std::sync::LazyLock;

/// What stands in the frame.
pub(super) struct Page<'a> {
    /// The language of the page.
    pub(super) lang: &'a str,
    /// Its title, as text.
    pub(super) title: &'a str,
    /// The languages that it can be had in.
    pub(super) languages: Vec<&'a str>,
    /// How it looks for people with low vision.
    pub(super) vision: Vision,
    /// What it shows, as HTML.
    pub(super) main: &'a str,
}

/// What a page may have that others do not.
pub(super) struct Extra<'a> {
    /// What machines read about it, as HTML in its head.
    pub(super) head: &'a str,
    /// Which scripts it runs, as a source list of its policy.
    pub(super) scripts: &'a str,
    /// Whose pages may frame it, as a source list of its policy.
    pub(super) framed_by: &'a str,
    /// What stands above the main part, as HTML.
    pub(super) above: &'a str,
}

/// Nothing.
pub(super) const PLAIN: Extra<'static> = Extra { head: "", scripts: NOBODY, framed_by: NOBODY, above: "" };
pub(super) const NOBODY: &str = "'none'";

/// Answers with a page that is for this reader alone: never to be kept by a cache.
pub(super) fn respond(app: &App, status: StatusCode, page: &Page<'_>) -> Response {
    respond_with(app, status, page, &PLAIN)
}

/// The same with more than the others have.
pub(super) fn respond_with(app: &App, status: StatusCode, page: &Page<'_>, extra: &Extra<'_>) -> Response {
    // A preview has a script of its own on every page.
    let needs_own = !app.head.is_empty() && extra.scripts == NOBODY;
    let scripts = if needs_own { "'self'; connect-src 'self'" } else { extra.scripts };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; \
         base-uri 'none'; script-src {scripts}; frame-ancestors {}{}",
        extra.framed_by,
        trusted_types(app, extra)
    );
    let about = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, &policy),
        (REFERRER_POLICY, "no-referrer"),
    ];
    (status, about, document(app, page, extra)).into_response()
}

/// No text becomes markup or a script in a page of ours, except by the policy of the widget, which takes what the collector has
/// drawn. The script of a preview, which is a tool for authors, reads pages in its own way.
fn trusted_types(app: &App, extra: &Extra<'_>) -> &'static str {
    if !app.head.is_empty() {
        ""
    } else if extra.scripts == NOBODY {
        "; require-trusted-types-for 'script'; trusted-types 'none'"
    } else {
        "; require-trusted-types-for 'script'; trusted-types qulaq qulaq-work"
    }
}

/// Text as it stands in HTML, between tags or in an attribute.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The style of what is around the form, and of the whole page for people with low vision: what the widget's style says
/// of the element around its shadow root holds here for the root of the document.
pub(super) async fn style(headers: HeaderMap) -> Response {
    STYLE.respond(&headers, "no-cache")
}

static STYLE: LazyLock<Encoded> = LazyLock::new(|| {
    let vision = include_str!("../../../../style/vision.css").replace(":host(", ":root:is(");
    let results = include_str!("../../../../public/results.css");
    let around = include_str!("../../../../public/around.css");
    let style = format!("{}{results}{around}{vision}", include_str!("page.css"));
    Encoded::with_copies("text/css; charset=utf-8", style.into_bytes().into(), None, None)
});

fn document(app: &App, page: &Page<'_>, extra: &Extra<'_>) -> String {
    let (head, above) = (extra.head, extra.above);
    let version = app.package.version();
    let robots = if app.noindex { "<meta name=\"robots\" content=\"noindex\">\n" } else { "" };
    let (lang, title, main) = (escape(page.lang), escape(page.title), page.main);
    let (direction, vision) = (words::direction(page.lang), page.vision.attributes());
    let languages = languages(&page.languages, page.lang, page.vision);
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"{lang}\" dir=\"{direction}\"{vision}>\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n\
         <link rel=\"icon\" href=\"/widget/{version}/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"/widget/{version}/qulaq.css\">\n\
         <link rel=\"stylesheet\" href=\"/assets/page.css\">\n\
         {robots}{head}{}\
         </head>\n\
         <body>\n{languages}{above}<main>{main}</main>\n</body>\n</html>\n",
        app.head
    )
}

/// A link for each language, named in that language (WCAG 3.1.2); nothing when there is but one.
fn languages(all: &[&str], current: &str, vision: Vision) -> String {
    if all.len() < 2 {
        return String::new();
    }
    let more = escape(&vision.query());
    let links = all.iter().map(|lang| {
        let here = if *lang == current { " aria-current=\"true\"" } else { "" };
        let (lang, name) = (escape(lang), escape(&language::name(lang)));
        format!("<a href=\"?lang={lang}{more}\" lang=\"{lang}\" hreflang=\"{lang}\"{here}>{name}</a>\n")
    });
    format!("<nav class=\"languages\">\n{}</nav>\n", links.collect::<String>())
}
