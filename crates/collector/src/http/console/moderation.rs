//! The ideas of a forum, or the questions to a meeting, before a moderator: what waits, what is shown and what is not, and what is decided about several at
//! once. What somebody else decided meanwhile is told, and nothing is lost.

mod decision;
mod item;

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, button, form, link, section};
use crate::edition::Current;
use crate::http::query::SurveyId;
use crate::mechanism::forum::{Forum, Idea, read};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::MatterFilter;
use axum::Extension;
use axum::response::Response;
use decision::{Decided, Decision};
use matter::{MatterNumber, Mechanism, Shown, State};
use std::sync::Arc;

/// Ideas on a page.
const ON_PAGE: usize = 25;

/// Which ideas, as addresses write it, with the key of its words.
const SORTS: [(&str, Shown, &str); 3] = [
    ("waiting", Shown::Waiting, "ideas_waiting"),
    ("shown", Shown::Shown, "ideas_shown"),
    ("hidden", Shown::Hidden, "ideas_hidden"),
];

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/moderation")
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&survey).await?;
    let sort = console.query.get("show").unwrap_or_default();
    page(&console, &current, &sort, Vec::new()).await
}

/// Decides, and shows what is left.
pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&survey).await?;
    let forum = Forum::moderated(&current.edition).ok_or(Refusal::UnknownRoute)?;
    if console.fields.get("do") != "decide" {
        return Err(Refusal::Malformed);
    }
    let mut told = Vec::new();
    for number in console.fields.all("number") {
        let Ok(number) = number.parse::<MatterNumber>() else { return Err(Refusal::Malformed) };
        if let Some(decision) = Decision::of(&console.fields, number) {
            let decided = decision.take(&console, (&current, &forum), number).await?;
            told.push((number, decided));
        }
    }
    page(&console, &current, console.fields.get("show"), told).await
}

async fn page(
    console: &Console,
    current: &Current,
    sort: &str,
    told: Vec<(MatterNumber, Decided)>,
) -> Result<Response, Refusal> {
    let (said, survey) = (&console.said, &current.edition.survey);
    let title = said.get("moderation");
    let Some(forum) = Forum::moderated(&current.edition) else {
        let main = vec![section(title, [el("p").text(said.get("moderation_none"))])];
        return Ok(parts::page(console, title, None, main));
    };
    console.did(Act::ReadTexts, Some(&survey.id), "moderation").await?;
    let (sort, shown, key) = SORTS.into_iter().find(|(name, ..)| *name == sort).unwrap_or(SORTS[0]);
    let after = console.query.get("after").and_then(|after| after.parse().ok());
    let filter = filter(mechanism(current), shown);
    let matters = console.app.store.matters(&survey.id, &filter, after, ON_PAGE).await;
    let matters = matters.map_err(Refusal::of_store)?;
    let last = (matters.len() == ON_PAGE).then(|| matters.last().map(|matter| matter.number)).flatten();
    let ideas = read(&console.app, &forum, matters).await?;
    let list = list(console, (current, &forum), sort, &ideas);
    let more = last.map(|last| {
        let address = console.to(&path(&survey.id), &[("show", sort), ("after", &last.to_string())]);
        el("p").child(link(&address, said.get("more_texts")))
    });
    let main = vec![
        el("p").class("q").child(link(
            &console.to(&format!("/console/surveys/{}", survey.id), &[]),
            survey.title.get(&said.lang),
        )),
        counts(console, current).await?,
        section(said.get(key), [list].into_iter().chain(more)),
    ];
    Ok(parts::page(console, title, outcome(console, &told), main))
}

/// What is moderated here.
fn mechanism(current: &Current) -> Mechanism {
    current.edition.participation.as_ref().map_or(Mechanism::Forum, |of| of.mechanism)
}

/// Those of a sort. Of a meeting, whoever only registers says nothing that anybody has to decide about: that was hidden from
/// the beginning, and nobody has ever changed it.
fn filter(mechanism: Mechanism, shown: Shown) -> MatterFilter {
    let states = mechanism.states().filter(|state| *state != State::Withdrawn).collect();
    let changed = mechanism == Mechanism::Meeting && shown == Shown::Hidden;
    MatterFilter { shown: Some(shown), states, changed, ..MatterFilter::default() }
}

/// How many there are of each sort, with the ways to them.
async fn counts(console: &Console, current: &Current) -> Result<Element, Refusal> {
    let (said, survey) = (&console.said, &current.edition.survey.id);
    let mut list = el("ul").class("links");
    for (name, shown, key) in SORTS {
        let count = console.app.store.count_matters(survey, &filter(mechanism(current), shown)).await;
        let text = format!("{} ({})", said.get(key), said.number(count.map_err(Refusal::of_store)?));
        list = list.child(el("li").child(link(&console.to(&path(survey), &[("show", name)]), &text)));
    }
    Ok(el("div").class("q").child(list))
}

fn list(console: &Console, (current, forum): (&Current, &Forum), sort: &str, ideas: &[Idea]) -> Element {
    let said = &console.said;
    if ideas.is_empty() {
        return el("p").text(said.get("no_ideas"));
    }
    let items = ideas.iter().map(|idea| item::drawn(console, (current, forum), idea));
    let list = el("ol").class("texts").children(items);
    let fields = vec![
        parts::hidden("show", sort),
        el("p").class("hint").text(said.get("moderation_note")),
        list,
        button(console, "next", "save_decisions"),
    ];
    form(console, &path(&current.edition.survey.id), "decide", fields)
}

/// What became of what was decided.
fn outcome(console: &Console, told: &[(MatterNumber, Decided)]) -> Option<Element> {
    let done = told.iter().filter(|(_, decided)| *decided == Decided::Done).count();
    let done = (done > 0).then(|| {
        let count = console.said.number(done as u64);
        parts::told(&console.said.fill("decisions_saved", &[("n", &count)]))
    });
    let refused = told.iter().filter_map(|(number, decided)| {
        let number = number.to_string();
        let text = console.said.fill(decided.key()?, &[("number", &number)]);
        Some(parts::refused(console, &text))
    });
    let lines: Vec<Element> = done.into_iter().chain(refused).collect();
    (!lines.is_empty()).then(|| el("div").children(lines))
}
