//! The pages for everybody: comments that are published, and what was decided, some at a time.

use super::About;
use super::draw::{body, changes, comment as drawn};
use super::said::told;
use crate::consultation::comments::{self, Comment, of_matters};
use crate::consultation::decision::{Decision, Verdict};
use crate::consultation::diff;
use crate::consultation::draft::Draft;
use crate::consultation::of_edition;
use crate::http::App;
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::refusal::Refusal;
use crate::store::{Matter, MatterFilter};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use matter::{MatterNumber, Shown};
use std::sync::Arc;

/// Comments on a page.
const PAGE: usize = 20;

/// Comments that are looked through for a page of decisions: of those that were decided together one is shown.
const LOOKED_THROUGH: usize = 2_000;

/// The comments that are published, on one paragraph or on all.
pub(in crate::http) async fn comments(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let about = About::of(&app, &survey, &query, &headers).await?;
    let (words, paragraph) = (&about.words, query.get("about"));
    let filter = MatterFilter {
        subject: paragraph.clone(),
        shown: Some(Shown::Shown),
        newest_first: true,
        ..MatterFilter::default()
    };
    let after = after(&query);
    let matters = app.store.matters(&survey, &filter, after, PAGE).await.map_err(Refusal::of_store)?;
    let next = (matters.len() == PAGE).then(|| matters.last().map(|matter| matter.number)).flatten();
    let mut items = String::new();
    for comment in of_matters(&*app.store, matters).await? {
        let decision = comments::decided(&*app.store, &comment).await?;
        let told = told(&about.consultation, words, &comment, decision.as_ref());
        items += &told.map(|told| drawn(words, &told)).unwrap_or_default();
    }
    let draft = of_edition(&*app.store, &about.current.edition).await?.unwrap_or_default();
    let block = paragraph.as_deref().and_then(|anchor| draft.block(anchor)).map(|block| {
        let lead = escape(words.get("comments_about"));
        format!("<p>{lead}</p>\n<blockquote>{}</blockquote>\n", body(block, &about.lang, 2))
    });
    let list = listed(&items, words.get("no_comments"));
    let main = format!(
        "<div class=\"q draft\"><p class=\"hint\">{}</p>\n{}{list}{}</div>\n",
        escape(words.get("no_vote")),
        block.unwrap_or_default(),
        more(&about, "comments", paragraph.as_deref(), next)
    );
    Ok(about.page(&app, StatusCode::OK, words.get("comments"), &main))
}

/// What was decided, with the reason and what changed, comment by comment; comments that say the same once.
pub(in crate::http) async fn decisions(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let about = About::of(&app, &survey, &query, &headers).await?;
    let words = &about.words;
    let draft = of_edition(&*app.store, &about.current.edition).await?.unwrap_or_default();
    let filter = MatterFilter {
        states: Verdict::ALL.map(Verdict::state).to_vec(),
        shown: Some(Shown::Shown),
        ..MatterFilter::default()
    };
    let (mut items, mut count, mut looked) = (String::new(), 0, 0);
    let (mut from, mut next) = (after(&query), None);
    while count < PAGE && looked < LOOKED_THROUGH {
        let matters = app.store.matters(&survey, &filter, from, PAGE).await.map_err(Refusal::of_store)?;
        let is_last = matters.len() < PAGE;
        looked += matters.len();
        next = if is_last { None } else { matters.last().map(|matter| matter.number) };
        from = next;
        for comment in of_matters(&*app.store, matters).await? {
            let Some(decision) = comments::decided(&*app.store, &comment).await? else { continue };
            if decision.first == comment.matter.number.to_string() {
                items += &decided(&app, &about, (&comment, &decision), &draft).await?;
                count += 1;
            }
        }
        if is_last {
            break;
        }
    }
    let list = listed(&items, words.get("no_decisions"));
    let main = format!(
        "<div class=\"q draft\"><p class=\"hint\">{}</p>\n{list}{}</div>\n",
        escape(words.get("no_vote")),
        more(&about, "decisions", None, next)
    );
    Ok(about.page(&app, StatusCode::OK, words.get("link_decisions"), &main))
}

async fn decided(
    app: &App,
    about: &About,
    (comment, decision): (&Comment, &Decision),
    draft: &Draft,
) -> Result<String, Refusal> {
    let words = &about.words;
    let Some(told) = told(&about.consultation, words, comment, None) else { return Ok(String::new()) };
    Ok(format!(
        "<li><ul class=\"comments\">{}</ul>{}</li>\n",
        drawn(words, &told),
        outcome(app, about, (comment, decision), draft).await?
    ))
}

/// A decision in words, and how the paragraph changed since the comment.
pub(super) async fn outcome(
    app: &App,
    about: &About,
    (comment, decision): (&Comment, &Decision),
    now: &Draft,
) -> Result<String, Refusal> {
    let (words, lang) = (&about.words, about.lang.as_str());
    let word = |key: &str| escape(words.get(key));
    let mut html = format!(
        "<p><b>{}</b> {}</p>\n",
        word("decision"),
        word(&format!("decision_{}", decision.verdict.name()))
    );
    let reason = decision.reason_in(lang);
    if !reason.is_empty() {
        html += &format!("<p><b>{}</b> <span dir=\"auto\">{}</span></p>\n", word("reason"), escape(reason));
    }
    if decision.alike > 1 {
        let n = words.number(&decision.alike.to_string());
        html += &format!("<p>{}</p>\n", escape(&words.fill("alike", &[("n", n)])));
    }
    let Some(anchor) = &comment.matter.subject else { return Ok(html) };
    let survey = &about.current.edition.survey.id;
    let edition = app.editions.version(&*app.store, survey, &comment.version).await?;
    let was = of_edition(&*app.store, &edition).await?.unwrap_or_default();
    let Some(was) = was.block(anchor).map(|block| block.text(lang)) else { return Ok(html) };
    let new = now.block(decision.changed.as_deref().unwrap_or(anchor)).map(|block| block.text(lang));
    let told = match new {
        None => format!("<p>{}</p>\n", word("gone")),
        Some(new) if new == was => format!("<p>{}</p>\n", word("not_changed")),
        Some(new) => format!("<h2>{}</h2>\n{}", word("changed"), changes(words, &diff::between(&was, &new))),
    };
    Ok(html + &told)
}

fn listed(items: &str, none: &str) -> String {
    if items.is_empty() {
        return format!("<p>{}</p>\n", escape(none));
    }
    format!("<ul class=\"comments\">\n{items}</ul>\n")
}

/// The number after which a page begins.
fn after(query: &Query) -> Option<MatterNumber> {
    query.get("after")?.parse().ok()
}

fn more(about: &About, page: &str, paragraph: Option<&str>, next: Option<MatterNumber>) -> String {
    let Some(next) = next else { return String::new() };
    let mut query = form_urlencoded::Serializer::new(about.place.query(&about.lang));
    query.extend_pairs(paragraph.map(|anchor| ("about", anchor)));
    let query = query.append_pair("after", &next.to_string()).finish();
    let survey = &about.current.edition.survey.id;
    format!(
        "<p><a href=\"/s/{survey}/{page}?{}\">{}</a></p>\n",
        escape(&query),
        escape(about.words.get("more"))
    )
}

/// The matter that a page may be about, by its number and receipt.
pub(super) fn is_of(matter: &Matter, survey: &str, number: MatterNumber) -> bool {
    matter.survey == survey && matter.number == number
}
