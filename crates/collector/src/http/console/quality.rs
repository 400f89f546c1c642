//! What was noticed about responses: how often, by which rule, and the way to look at those with it and those without.

use super::cut;
use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, cell, link, section, table};
use crate::cuts::Noticed;
use crate::http::query::SurveyId;
use crate::refusal::Refusal;
use analysis::quality::RULES;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

/// The flags of a survey.
pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let said = &console.said;
    let survey = console.app.current(&id).await?.edition.survey.clone();
    let figures = cut::figures(&console, &id).await?;
    let (noticed, usual) = cut::noticed(&figures).await?;
    let path = format!("/console/surveys/{id}");
    let back = el("p").class("q").child(link(&console.to(&path, &[]), survey.title.get(&said.lang)));
    let heads = ["quality", "rule", "flagged", "judged"].map(|key| said.get(key));
    let rows = noticed.iter().map(|noticed| row(&console, &path, noticed)).collect();
    let usual =
        usual.map(|time| el("p").text(&said.fill("usual_time", &[("n", &said.decimal(time / 1000.0, 0))])));
    let without = console.to(&path, &[("flags", "none")]);
    let rules = el("p").class("hint").text(&said.fill("rules_version", &[("n", &RULES.to_string())]));
    let inside = [el("p").text(said.get("quality_note")), table(said.get("quality"), &heads, rows)];
    let after = [el("p").child(link(&without, said.get("flags_none"))), rules];
    let main = vec![back, section(said.get("quality"), inside.into_iter().chain(usual).chain(after))];
    Ok(parts::page(&console, said.get("quality"), None, main))
}

fn row(console: &Console, path: &str, noticed: &Noticed) -> Vec<Element> {
    let said = &console.said;
    let name = noticed.flag.name();
    let words = format!("flag_{name}");
    let words = said.get(&words);
    let with = console.to(path, &[("flags", name)]);
    let named = if noticed.bear > 0 { link(&with, words) } else { cell(words) };
    vec![
        named,
        cell(said.get(&format!("rule_{name}"))),
        cell(&said.number(noticed.bear)),
        cell(&said.number(noticed.judged)),
    ]
}
