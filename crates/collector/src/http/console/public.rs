//! What citizens see of the results of a survey now, and what must stand beside them wherever they are published.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, link, section};
use crate::codebook::{Codebook, Statement, Voice, disclosure};
use crate::edition::Current;
use crate::export::Export;
use crate::http::query::SurveyId;
use crate::http::{export, language, results};
use crate::refusal::Refusal;
use crate::results::{Told, block};
use axum::Extension;
use axum::response::Response;
use serde_json::json;
use std::sync::Arc;

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let said = &console.said;
    let current = console.app.current(&id).await?;
    let survey = &current.edition.survey;
    let back = console.to(&format!("/console/surveys/{id}"), &[]);
    let back = el("p").class("q").child(link(&back, survey.title.get(&said.lang)));
    let now = now(&console, &current).await?;
    let ready = ready(&console, &current).await?;
    let hint = el("p").class("hint").text(said.get("disclosure_note"));
    let disclosure = section(said.get("disclosure"), [hint].into_iter().chain(ready));
    Ok(parts::page(&console, said.get("public_results"), None, vec![back, now, disclosure]))
}

/// Whether there are public results, where, and what they say at this moment.
async fn now(console: &Console, current: &Current) -> Result<Element, Refusal> {
    let said = &console.said;
    let survey = &current.edition.survey;
    let lang = survey.language(&said.lang);
    let inside = match results::as_shown(&console.app, current, lang).await? {
        None if current.edition.sharing.is_none() => vec![el("p").text(said.get("public_none"))],
        None => vec![el("p").text(said.get("public_not_now"))],
        Some(told) => {
            let page = format!("/s/{}/results?lang={lang}", survey.id);
            let page = el("p").child(link(&page, said.get("public_page_results")));
            vec![page, el("div").drawn(&block(&told, 3, None, None))]
        }
    };
    Ok(section(said.get("public_now"), inside))
}

/// The disclosure in each language of the survey: as text, as HTML and as JSON, to be copied.
async fn ready(console: &Console, current: &Current) -> Result<Vec<Element>, Refusal> {
    let (app, survey) = (&console.app, &current.edition.survey);
    let export = Export::of(&*app.store, app.key.clone(), &survey.id).await.map_err(export::refusal)?;
    let export = export.ok_or(Refusal::UnknownSurvey)?;
    let codebook = Codebook::of(&*app.store, &export).await.map_err(Refusal::of_store)?;
    let mut blocks = Vec::new();
    for lang in &survey.languages {
        let told = results::as_shown(app, current, lang).await?;
        let points = points(&codebook, lang, told.as_ref());
        blocks.push(of_language(console, lang, &points));
    }
    Ok(blocks)
}

/// What the definition says, and how many answered as far as citizens are told.
fn points(codebook: &Codebook, lang: &str, told: Option<&Told>) -> Vec<Statement> {
    let mut points = disclosure(codebook, &Voice::of(lang));
    points.extend(told.map(|told| Statement { heading: told.heading(), text: told.about() }));
    points
}

fn of_language(console: &Console, lang: &str, points: &[Statement]) -> Element {
    let said = &console.said;
    let text: Vec<String> = points.iter().map(|point| format!("{}: {}", point.heading, point.text)).collect();
    let list = points.iter().map(|point| {
        format!(
            "<dt>{}</dt>\n<dd>{}</dd>\n",
            crate::http::escape(&point.heading),
            crate::http::escape(&point.text)
        )
    });
    let html = format!("<dl lang=\"{}\">\n{}</dl>", crate::http::escape(lang), list.collect::<String>());
    let json: Vec<_> =
        points.iter().map(|point| json!({ "heading": point.heading, "text": point.text })).collect();
    let json = serde_json::to_string_pretty(&json).unwrap_or_default();
    let forms = [("as_text", text.join("\n")), ("as_html", html), ("as_json", json)];
    let area = |(key, content): (&'static str, String)| {
        let id = format!("{key}-{lang}");
        el("div")
            .class("question")
            .child(el("label").class("text").attr("for", &id).text(said.get(key)))
            .child(
                el("textarea")
                    .attr("id", &id)
                    .attr("lang", lang)
                    .attr("rows", "8")
                    .flag("readonly", true)
                    .text(&content),
            )
    };
    el("details")
        .child(el("summary").attr("lang", lang).text(&language::name(lang)))
        .children(forms.into_iter().map(area))
}
