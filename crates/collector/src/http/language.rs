//! Which language a page is shown in: the one that its address names, else the best of the browser's that there is.

use super::query::Query;
use crate::header;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use qulaq::words;
use survey::Survey;

/// The first language of the browser that there is.
pub(super) fn preferred(headers: &HeaderMap, there_is: impl Fn(&str) -> bool) -> Option<String> {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header::languages(accepted).find(|base| there_is(base))
}

/// The language of a survey for a page of it: the one that the address names, or the best of the browser's.
pub(super) fn of_survey(survey: &Survey, query: &Query, headers: &HeaderMap) -> String {
    let there_is = |lang: &str| survey.languages.iter().any(|tag| tag == lang);
    let lang = query.get("lang").or_else(|| preferred(headers, there_is)).unwrap_or_default();
    survey.language(&lang).to_owned()
}

/// The language of the interface for a page that shows no survey.
pub(super) fn of_interface(query: &Query, headers: &HeaderMap) -> String {
    let known = |tag: &str| tags().any(|known| known == tag);
    let asked = query.get("lang").filter(|tag| known(tag));
    let first = || tags().next().unwrap_or_default().to_owned();
    asked.or_else(|| preferred(headers, known)).unwrap_or_else(first)
}

/// The languages that the interface has.
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    words::LANGUAGES.iter().map(|(tag, _)| *tag)
}

/// What a language calls itself, where the interface has it; its tag elsewhere.
pub(super) fn name(lang: &str) -> String {
    let known = tags().any(|tag| tag == lang);
    if known { words::of(lang).get("language").to_owned() } else { lang.to_owned() }
}
