//! Which words and pairs of words people used in answer to one question, in how many texts each.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, captioned, cell, link, section};
use super::texts::{asked, find};
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::Position;
use analysis::disclosure::Rule;
use analysis::words::{Word, Words};
use axum::Extension;
use axum::response::Response;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Responses that are looked through at most, the first ones: some seconds of a processor for long texts.
const LOOKED_THROUGH: usize = 20_000;

/// Words, and pairs, that are shown.
const MOST: usize = 50;

/// Texts that a word must be in at least, for whoever may read the texts anyway. One alone is no pattern.
const LEAST: u64 = 2;

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let said = &console.said;
    let survey = console.app.current(&id).await?.edition.survey.clone();
    let question = asked(&survey, &console.query.get("question").unwrap_or_default())?;
    let reads = console.may(Right::ReadTexts, &id);
    if reads {
        console.did(Act::ReadTexts, Some(&id), &question.name).await?;
    }
    let mut words = Words::new();
    let see = |text: find::Text| {
        words.add(&text.text);
        ControlFlow::Continue(())
    };
    let texts = find::Texts::of(&console, &id, &question.name).await?;
    let next = texts.each(Position(0), LOOKED_THROUGH, see).await?;
    let least = if reads { LEAST } else { Rule::INTERNAL.least() };
    let back = console.to(&format!("/console/surveys/{id}"), &[]);
    let back = el("p").class("q").child(link(&back, survey.title.get(&said.lang)));
    let base = el("p").text(&said.fill("words_base", &[("n", &said.number(words.texts()))]));
    let part = next.map(|_| {
        let most = said.number(LOOKED_THROUGH as u64);
        el("p").text(&said.fill("words_part", &[("n", &most)]))
    });
    let note = el("p").class("hint").text(&said.fill("words_note", &[("least", &said.number(least))]));
    let tables = [list(&console, "word", &words.words(least)), list(&console, "phrase", &words.pairs(least))];
    let inside = [Some(base), part, Some(note)].into_iter().flatten().chain(tables);
    let main = vec![back, section(said.get("word_counts"), inside)];
    Ok(parts::page(&console, question.text.get(&said.lang), None, main))
}

fn list(console: &Console, key: &'static str, words: &[Word]) -> Element {
    let said = &console.said;
    if words.is_empty() {
        return el("p").text(said.get("words_none"));
    }
    let row = |word: &Word| {
        let counts = [word.texts, word.times].map(|count| cell(&said.number(count)));
        std::iter::once(cell(&word.word)).chain(counts).collect()
    };
    let head = said.get(key);
    let heads = [head, said.get("in_texts"), said.get("times_used")];
    captioned(el("caption").text(head), head, &heads, words.iter().take(MOST).map(row).collect())
}
