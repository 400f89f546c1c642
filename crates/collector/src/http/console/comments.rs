//! The comments on a draft, for officials: paragraph by paragraph, those that say the same together, with what was decided
//! about each and whether everybody may read it.

mod decide;
mod group;
mod report;

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, captioned, cell, link, section};
use crate::consultation::draft::Draft;
use crate::consultation::sums::Sums;
use crate::consultation::{Consultation, of_edition};
use crate::edition::Current;
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use axum::Extension;
use axum::response::Response;
use group::{Listed, Typed};
use std::sync::Arc;

pub(super) use decide::post;
pub(super) use report::get as report;

/// Groups of comments on a page.
const PAGE: usize = 20;

/// Characters of a paragraph by which it is known.
const BEGINS: usize = 90;

/// Where they are.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/comments")
}

/// What its pages need; nothing for a survey that is no consultation.
struct About {
    console: Arc<Console>,
    current: Current,
    consultation: Consultation,
    draft: Arc<Draft>,
}

impl About {
    async fn of(console: &Arc<Console>, survey: &str) -> Result<Option<Self>, Refusal> {
        let current = console.app.current(survey).await?;
        let Some(consultation) = current.edition.consultation.clone() else { return Ok(None) };
        let draft = of_edition(&*console.app.store, &current.edition).await?.unwrap_or_default();
        Ok(Some(Self { console: Arc::clone(console), current, consultation, draft }))
    }

    fn survey(&self) -> &str {
        &self.current.edition.survey.id
    }

    /// A language of the survey for whoever looks.
    fn lang(&self) -> &str {
        self.current.edition.survey.language(&self.console.said.lang)
    }
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(about) = About::of(&console, &survey).await? else {
        let none = el("p").class("q").text(console.said.get("comments_none"));
        return Ok(parts::page(&console, console.said.get("comments"), None, vec![none]));
    };
    let told = parts::told_of(&console, &["comment_decided", "comment_moderated", "comments_left"]);
    match console.query.get("about") {
        Some(anchor) => {
            console.did(Act::ReadTexts, Some(&survey), &about.consultation.comment).await?;
            let page = console.query.get("page").and_then(|page| page.parse().ok()).unwrap_or(0);
            paragraph(&about, &anchor, page, (told, None)).await
        }
        None => paragraphs(&about, told).await,
    }
}

/// The paragraphs, with how much was said about each.
async fn paragraphs(about: &About, told: Option<Element>) -> Result<Response, Refusal> {
    let (console, said) = (&about.console, &about.console.said);
    let store = &console.app.store;
    let sums = Sums::of(&**store, about.survey()).await?;
    let board = console.app.boards.soon(Arc::clone(store), about.survey(), &about.consultation).await?;
    let row = |anchor: &str, name: &str| {
        let sum = sums.paragraph(anchor);
        let address = console.to(&path(about.survey()), &[("about", anchor)]);
        let counts = [sum.agree, sum.disagree, sum.persons, sum.organisations];
        let distinct = board.as_ref().map(|board| board.groups(anchor).count() as u64);
        let distinct = distinct.map_or_else(|| "…".to_owned(), |distinct| said.number(distinct));
        std::iter::once(link(&address, name))
            .chain(counts.map(|count| cell(&said.number(count))))
            .chain([cell(&distinct)])
            .collect()
    };
    let open = about.draft.blocks.iter().filter(|block| block.is_open());
    let mut rows: Vec<Vec<Element>> =
        open.map(|block| row(&block.anchor, &begins(&block.text(about.lang())))).collect();
    rows.push(row("", said.get("whole_draft")));
    for anchor in sums.anchors().filter(|anchor| !anchor.is_empty() && about.draft.block(anchor).is_none()) {
        rows.push(row(anchor, said.get("paragraph_gone")));
    }
    let title = said.get("comments");
    let heads = ["paragraph", "agree_n", "disagree_n", "persons_n", "organisations_n", "distinct_n"];
    let table =
        captioned(el("caption").class("spoken").text(title), title, &heads.map(|key| said.get(key)), rows);
    let back = console.to(&format!("/console/surveys/{}", about.survey()), &[]);
    let name = about.current.edition.survey.title.get(&said.lang);
    let note = el("p").class("hint").text(said.get("comments_note"));
    let comparing = board.is_none().then(|| comparing(console));
    let main = vec![
        el("p").class("q").child(link(&back, name)),
        section(title, [Some(note), comparing, Some(table)].into_iter().flatten()),
        report::section(about),
    ];
    Ok(parts::page(console, title, told, main))
}

/// What stands there until it is known which comments say the same.
fn comparing(console: &Console) -> Element {
    el("p").class("hint").text(console.said.get("comments_comparing"))
}

/// The beginning of a text.
fn begins(text: &str) -> String {
    let begin: String = text.chars().take(BEGINS).collect();
    if begin.len() < text.len() { format!("{begin}…") } else { begin }
}

/// What was said about one paragraph; after something that could not be done, with what was typed.
async fn paragraph(
    about: &About,
    anchor: &str,
    page: usize,
    (told, typed): (Option<Element>, Option<Typed>),
) -> Result<Response, Refusal> {
    let (console, said) = (&about.console, &about.console.said);
    let board = {
        let store = Arc::clone(&console.app.store);
        console.app.boards.soon(store, about.survey(), &about.consultation).await?
    };
    let groups = board.as_ref().map(|board| group::largest_first(board.groups(anchor), page));
    drop(board);
    let is_comparing = groups.is_none();
    let (shown, further) = groups.unwrap_or_default();
    let listed = Listed { about, anchor, page, typed: typed.as_ref() };
    let list = if is_comparing { vec![comparing(console)] } else { listed.list(shown).await? };
    let title = match about.draft.block(anchor) {
        Some(block) => begins(&block.text(about.lang())),
        None if anchor.is_empty() => said.get("whole_draft").to_owned(),
        None => said.get("paragraph_gone").to_owned(),
    };
    let whole = about.draft.block(anchor).map(|block| el("p").text(&block.text(about.lang())));
    let next = further.then(|| {
        let next = (page + 1).to_string();
        let address = console.to(&path(about.survey()), &[("about", anchor), ("page", &next)]);
        el("p").child(link(&address, said.get("more_comments")))
    });
    let back = link(&console.to(&path(about.survey()), &[]), said.get("comments"));
    let inside = whole.into_iter().chain(list).chain(next);
    let main = vec![el("p").class("q").child(back), section(&title, inside)];
    Ok(parts::page(console, said.get("comments"), told, main))
}
