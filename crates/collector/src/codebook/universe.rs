//! Who was asked a question: its condition and that of its page, in words that name variables.

use super::voice::Voice;
use crate::paper::{Sheet, condition_in_words};
use serde_json::Value;
use survey::expression::Expression;
use survey::{Question, Survey};

/// Who was asked, in each language of the survey; `page` and `own` are the page and the question as they were written.
pub(super) fn of(survey: &Survey, question: &Question, page: &Value, own: &Value) -> Vec<(String, String)> {
    let voices = survey.languages.iter().map(|lang| Voice::of(lang));
    voices.map(|voice| (voice.lang.clone(), in_words(survey, question, (page, own), &voice))).collect()
}

fn in_words(survey: &Survey, question: &Question, written: (&Value, &Value), voice: &Voice) -> String {
    let sheet = Sheet::of_variables(survey, voice.said());
    let place = survey.place(&question.name);
    let page = place.and_then(|(page, _)| survey.pages.get(page));
    let of_page = page.and_then(|page| page.show_if.as_ref());
    let conditions = [(of_page, written.0), (question.show_if.as_ref(), written.1)];
    let said = |(condition, written): (Option<&Expression>, &Value)| {
        let words = condition_in_words(&sheet, condition?);
        Some(words.unwrap_or_else(|| voice.fill("condition", &[("source", source(written))])))
    };
    let mut universe = match conditions.into_iter().filter_map(said).collect::<Vec<_>>().as_slice() {
        [] => voice.word("everybody").to_owned(),
        [one] => voice.fill("only_if", &[("condition", one.clone())]),
        [page, own, ..] => {
            let both = voice.fill("and", &[("a", page.clone()), ("b", own.clone())]);
            voice.fill("only_if", &[("condition", both)])
        }
    };
    if place.is_some_and(|(page, _)| is_passed_over(survey, page)) {
        universe = format!("{universe} {}", voice.word("passed_over"));
    }
    if let Some(from) = &question.rows_from {
        universe = format!("{universe} {}", voice.fill("rows_from", &[("n", from.clone())]));
    }
    universe
}

/// A condition as the author wrote it.
fn source(written: &Value) -> String {
    written.get("show_if").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Whether a turn on an earlier page leads past this one.
fn is_passed_over(survey: &Survey, page: usize) -> bool {
    let earlier = survey.pages.iter().take(page).flat_map(|page| &page.turns);
    earlier.into_iter().any(|turn| turn.to.is_none_or(|to| to > page))
}
