//! How many texts bear each code, at a glance, on the page of a survey.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::section;
use crate::coding::{Frame, Given, Tally};
use crate::refusal::Refusal;
use crate::results;
use crate::store::{BlockRange, Position, TagRecord};
use analysis::chart::Bar;
use analysis::disclosure::{Rule, line, percent};
use std::collections::BTreeMap;
use survey::{Question, Survey};

/// The codes of every question that has a frame; nothing where none has.
pub(super) async fn glance(console: &Console, survey: &Survey) -> Result<Option<Element>, Refusal> {
    let store = &*console.app.store;
    let frames = store.code_frames(&survey.id).await.map_err(Refusal::of_store)?;
    if frames.is_empty() {
        return Ok(None);
    }
    let all = BlockRange { after: Position(0), last: Position(i64::MAX) };
    let mut by_question: BTreeMap<String, Vec<TagRecord>> = BTreeMap::new();
    for tag in store.tags(&survey.id, all).await.map_err(Refusal::of_store)? {
        by_question.entry(tag.question.clone()).or_default().push(tag);
    }
    let shown = frames.iter().enumerate().filter_map(|(place, record)| {
        let question = survey.question(&record.question)?;
        let tally = Given::of(by_question.remove(&record.question).unwrap_or_default()).tally();
        Some(of_question(console, question, &Frame::of(record), (place, &tally)))
    });
    Ok(Some(section(console.said.get("coded"), shown)))
}

/// The picture of one question. A text may bear several codes, so that each is protected by itself (domain DC3).
fn of_question(
    console: &Console,
    question: &Question,
    frame: &Frame,
    (place, tally): (usize, &Tally),
) -> Element {
    let said = &console.said;
    let title = question.text.get(&said.lang);
    let heading = el("h3").text(title);
    let least = said.number(Rule::INTERNAL.least());
    if tally.coded < Rule::INTERNAL.least() {
        return el("div").child(heading).child(el("p").text(&said.fill("coded_few", &[("least", &least)])));
    }
    let bar = |code: &crate::coding::Code| {
        let count = tally.by_code.get(&code.number).copied().unwrap_or(0);
        let shown =
            line(&[count, tally.coded - count], Rule::INTERNAL, false).cells.first().copied().flatten();
        let percent = shown.and_then(|count| percent(count, tally.coded));
        Bar { label: code.label(&said.lang).to_owned(), count: shown, percent }
    };
    let bars: Vec<Bar> = frame.codes.iter().map(bar).collect();
    let base = said.fill("coded_base", &[("n", &said.number(tally.coded))]);
    let differ = (tally.differing > 0)
        .then(|| el("p").text(&said.fill("coded_differ", &[("n", &said.number(tally.differing))])));
    let picture = results::bars(&said.lang, &format!("coded-{place}"), title, &bars);
    el("div")
        .child(heading)
        .child(el("p").text(&base))
        .children(differ)
        .child(el("div").class("results").drawn(&picture))
}
