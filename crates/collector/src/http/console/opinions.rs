//! What unites and divides those who voted in a forum, for those who work with it: with the threshold within an agency.

use super::guard::Console;
use super::markup::el;
use super::parts::{self, link};
use crate::http::around::Spot;
use crate::http::forum::Told;
use crate::http::query::SurveyId;
use crate::http::view::Place;
use crate::mechanism::forum::{Forum, opinions};
use crate::refusal::Refusal;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/opinions")
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let (app, said) = (&console.app, &console.said);
    let current = app.current(&survey).await?;
    let title = said.get("opinions");
    let Some(forum) = Forum::of(&current.edition).map(Forum::within) else {
        let main = vec![parts::section(title, [el("p").text(said.get("moderation_none"))])];
        return Ok(parts::page(&console, title, None, main));
    };
    let lang = current.edition.survey.language(&said.lang).to_owned();
    let known = opinions(app, &survey, &forum).await?;
    let place = Place::Hosted(console.vision);
    let spot = Spot { app, current: &current, lang: &lang, place, query: &console.query, posted: None };
    let drawn = Told::of(&spot, &forum).opinions(&known, 2).await?;
    let back = console.to(&format!("/console/surveys/{survey}"), &[]);
    let main = vec![
        el("p").class("q").child(link(&back, current.edition.survey.title.get(&said.lang))),
        el("div").class("q around results").attr("lang", &lang).drawn(&drawn),
    ];
    Ok(parts::page(&console, title, None, main))
}
