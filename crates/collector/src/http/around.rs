//! What stands around a form: before it and after it, drawn for each request, on the collector's own page and in a tag
//! alike. Each kind of block is one file below this one and knows nothing of the others.
//!
//! A block is one or more `<section>`s. It works without scripts: its forms post to an address below that of the survey
//! ([`Spot::address`]), and what answers there is [`again`]. A section with `data-live="NAME"` is kept in place by
//! `public/around.js`: what is posted in it brings the same section anew, and a link with `data-here` in it is followed
//! there. What happened is said in an element with the class `said`, which then gets the focus. The classes that the form
//! is known by (`title`, `page`, `summary`, `status`, `failed`) and `<output>` are the form's alone.

mod consultation;
mod forum;
mod meeting;
mod outcome;
mod reception;
mod words;

use super::view::Place;
use super::{App, hosted};
use crate::edition::Current;
use crate::encoded::{Effort, Encoded};
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::refusal::Refusal;
use crate::times::Standing;
use axum::extract;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use matter::Mechanism;
use std::sync::Arc;

/// What stands around a form, as HTML.
#[derive(Clone, Debug, Default)]
pub(super) struct Surrounding {
    pub(super) before: String,
    pub(super) after: String,
}

/// What was posted in a block, for the block itself to say something about.
#[derive(Debug)]
pub(super) struct Posted {
    /// What became of it: a key of the words of the block.
    pub(super) told: &'static str,
    /// What was typed, for who has to mend something.
    pub(super) fields: Vec<(String, String)>,
}

/// Where a block stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) app: &'a App,
    pub(super) current: &'a Current,
    /// A language of the survey.
    pub(super) lang: &'a str,
    pub(super) place: Place,
    /// What the address says.
    pub(super) query: &'a Query,
    /// What was posted, where something was.
    pub(super) posted: Option<&'a Posted>,
}

impl Spot<'_> {
    /// An address at the survey's or below it (`/forum`), in the language and with the looks of this place, as text: in
    /// HTML it is escaped as everything is.
    pub(super) fn address(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        let survey = &self.current.edition.survey.id;
        let (host, manner) = match self.place {
            Place::Inside(level) => {
                (self.app.public_url.as_str(), format!("lang={}&heading-level={level}", self.lang))
            }
            place => ("", place.query(self.lang)),
        };
        let mut query = form_urlencoded::Serializer::new(manner);
        let query = query.extend_pairs(pairs).finish();
        format!("{host}/s/{survey}{path}?{query}")
    }

    /// The address of a page of the collector's below the survey's, which a link opens in place of whatever stands here.
    pub(super) fn page(&self, path: &str) -> String {
        match self.place {
            Place::Inside(_) => {
                let survey = &self.current.edition.survey.id;
                format!("{}/s/{survey}{path}?lang={}", self.app.public_url, self.lang)
            }
            _ => self.address(path, &[]),
        }
    }
}

/// Whether anything may stand around the form of this survey. Elsewhere a form is kept as it was drawn: also that of page
/// feedback, which is on every page of a site.
pub(super) fn stands(current: &Current) -> bool {
    let participation = current.edition.participation.as_ref();
    let more = participation.is_some_and(|it| it.mechanism != Mechanism::Feedback);
    more || current.standing == Standing::Closed
}

/// What stands around the form now.
pub(super) async fn around(spot: &Spot<'_>) -> Result<Surrounding, Refusal> {
    if !stands(spot.current) {
        return Ok(Surrounding::default());
    }
    let all = [
        consultation::draw(spot).await?,
        forum::draw(spot).await?,
        meeting::draw(spot).await?,
        reception::draw(spot),
        outcome::draw(spot).await?,
    ];
    let each = |of: fn(&Surrounding) -> &str| held(spot.lang, &all.iter().map(of).collect::<String>());
    Ok(Surrounding { before: each(|blocks| &blocks.before), after: each(|blocks| &blocks.after) })
}

/// Blocks in the frame that a form has too, with what a script says when nobody answered.
pub(super) fn held(lang: &str, blocks: &str) -> String {
    if blocks.is_empty() {
        return String::new();
    }
    let (failed, direction) = (escape(words::of(lang).get("failed")), qulaq::words::direction(lang));
    let lang = escape(lang);
    format!(
        "<div class=\"q around\" part=\"around\" lang=\"{lang}\" dir=\"{direction}\" data-failed=\"{failed}\">\n{blocks}</div>\n"
    )
}

/// Answers a form of a block that was posted, with the blocks as they are now: on the survey's page, or alone for a tag.
pub(super) async fn again(spot: &Spot<'_>, status: StatusCode) -> Result<Response, Refusal> {
    if !matches!(spot.place, Place::Inside(_)) {
        return hosted::page(spot, status).await;
    }
    let Surrounding { before, after } = around(spot).await?;
    let about = [(CONTENT_TYPE, HTML), (CACHE_CONTROL, "no-store")];
    Ok((status, about, before + &after).into_response())
}

/// `GET /api/v1/surveys/ID/around`: the blocks alone, where a link in them is followed inside somebody's page.
pub(super) async fn get(
    extract::State(app): extract::State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = current.edition.survey.language(&query.get("lang").unwrap_or_default()).to_owned();
    let place = Place::inside(&query);
    let spot = Spot { app: &app, current: &current, lang: &lang, place, query: &query, posted: None };
    let Surrounding { before, after } = around(&spot).await?;
    let made = Encoded::make(HTML, Effort::EachTime, move || before + &after).await?;
    Ok(made.respond(&headers, "no-cache"))
}

pub(super) const HTML: &str = "text/html; charset=utf-8";
