//! `/s/ID/paper`: the survey as a form to print.

use super::document::{self, Extra, NOBODY, Page, escape, languages_of};
use super::query::{Query, SurveyId};
use super::vision::Vision;
use super::{App, language};
use crate::edition::Current;
use crate::encoded::Encoded;
use crate::paper::{Said, Sheet, form};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::{Arc, LazyLock};
use survey::Survey;

/// What paper and the clerk's pages look like, in the head of both.
pub(super) const STYLE_LINK: &str = "<link rel=\"stylesheet\" href=\"/assets/paper.css\">\n";

/// The form of the current version, whether or not the survey takes responses.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Current { edition, .. } = app.current(&survey).await?;
    let survey = &edition.survey;
    let lang = asked_language(survey, &query, &headers);
    let said = Said::of(&lang);
    let batch = query.get("batch").as_deref().and_then(batch_name);
    let mut sheet = Sheet::new(survey, &said, &edition.version);
    sheet.batch = batch.as_deref();
    let main = format!("{}{}", languages(survey, &lang, batch.as_deref()), form(&sheet));
    let title = format!("{} · {}", survey.title.get(&lang), said.get("paper"));
    let page =
        Page { lang: &lang, title: &title, languages: Vec::new(), vision: Vision::default(), main: &main };
    let extra = Extra { head: STYLE_LINK, scripts: NOBODY, framed_by: NOBODY, above: "" };
    Ok(document::respond_with(&app, StatusCode::OK, &page, &extra))
}

/// The language of the address, else the best of the browser's that the survey has.
pub(super) fn asked_language(survey: &Survey, query: &Query, headers: &HeaderMap) -> String {
    let there_is = |lang: &str| survey.languages.iter().any(|tag| tag == lang);
    let wanted = query.get("lang").or_else(|| language::preferred(headers, there_is));
    survey.language(&wanted.unwrap_or_default()).to_owned()
}

/// The name of a batch, as it is kept: up to 32 Latin letters, digits and hyphens, in capitals.
pub(super) fn batch_name(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_uppercase();
    let sound = !name.is_empty() && name.len() <= 32;
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (sound && plain).then_some(name)
}

/// A link for each language, the state language first; on the screen only.
fn languages(survey: &Survey, current: &str, batch: Option<&str>) -> String {
    let mut tags: Vec<&str> = survey.languages.iter().map(String::as_str).collect();
    tags.sort_by_key(|tag| *tag != "kk");
    if tags.len() < 2 {
        return String::new();
    }
    let batch = batch.map(|batch| format!("&amp;batch={batch}")).unwrap_or_default();
    let link = |tag: &&str| {
        let here = if *tag == current { " aria-current=\"true\"" } else { "" };
        let (lang, name) = (escape(tag), escape(&language::name(tag)));
        format!("<a href=\"?lang={lang}{batch}\" lang=\"{lang}\" hreflang=\"{lang}\"{here}>{name}</a>\n")
    };
    languages_of(&tags.iter().map(link).collect::<String>())
}

/// The style of paper.
pub(super) async fn style(headers: HeaderMap) -> Response {
    STYLE.respond(&headers, "no-cache")
}

static STYLE: LazyLock<Encoded> = LazyLock::new(|| {
    let style = include_str!("paper.css");
    Encoded::with_copies("text/css; charset=utf-8", style.into(), None, None)
});
