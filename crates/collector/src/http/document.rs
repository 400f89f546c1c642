//! The page around a hosted form: a whole HTML document that needs no script.

use super::App;
use crate::encoded::Encoded;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use qulaq::{View, words};
use std::sync::LazyLock;
use survey::Survey;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The document with the form of this view in it.
pub(super) fn respond(app: &App, status: StatusCode, view: View) -> Response {
    let about = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
    ];
    (status, about, document(app.package.version(), view)).into_response()
}

/// The style of what is around the form.
pub(super) async fn style(headers: HeaderMap) -> Response {
    STYLE.respond(&headers, "public, max-age=300")
}

static STYLE: LazyLock<Encoded> = LazyLock::new(|| {
    let style = include_str!("page.css");
    Encoded::with_copies("text/css; charset=utf-8", style.into(), None, None)
});

fn document(version: &str, view: View) -> String {
    let lang = escape(&view.lang);
    let direction = words::direction(&view.lang);
    let title = escape(&title(&view.survey, &view.lang));
    let languages = languages(&view.survey, &view.lang);
    let form = qulaq::render(view);
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"{lang}\" dir=\"{direction}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n\
         <link rel=\"icon\" href=\"/widget/{version}/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"/widget/{version}/qulaq.css\">\n\
         <link rel=\"stylesheet\" href=\"/assets/page.css\">\n\
         </head>\n\
         <body>\n{languages}<main>{form}</main>\n</body>\n</html>\n"
    )
}

fn title(survey: &Survey, lang: &str) -> String {
    let title = survey.title.get(lang);
    survey
        .agency
        .as_ref()
        .map_or_else(|| title.to_owned(), |agency| format!("{title} · {}", agency.get(lang)))
}

/// A link for each language of the survey, named in that language (WCAG 3.1.2); nothing when there is but one.
fn languages(survey: &Survey, current: &str) -> String {
    if survey.languages.len() < 2 {
        return String::new();
    }
    let links = survey.languages.iter().map(|lang| {
        let here = if lang == current { " aria-current=\"true\"" } else { "" };
        let name = language_name(lang);
        let (lang, name) = (escape(lang), escape(&name));
        format!("<a href=\"?lang={lang}\" lang=\"{lang}\" hreflang=\"{lang}\"{here}>{name}</a>\n")
    });
    format!("<nav class=\"languages\">\n{}</nav>\n", links.collect::<String>())
}

/// What a language calls itself, where the interface has it; its tag elsewhere.
fn language_name(lang: &str) -> String {
    let known = words::LANGUAGES.iter().any(|(tag, _)| *tag == lang);
    if known { words::of(lang).get("language").to_owned() } else { lang.to_owned() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
