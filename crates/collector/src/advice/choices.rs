//! What can be chosen: a way out for who has no answer, a list that can be looked over, and an order that is no accident.

use crate::written::Found;
use crate::written::walk::{Document, Question, text_in};
use serde_json::Value;

/// Kinds that ask for one answer to what somebody may not know. One of "statements" can be passed over.
const MAY_NOT_KNOW: [&str; 9] =
    ["single", "dropdown", "lookup", "yes_no", "agreement", "rating", "scale", "nps", "grid"];

/// Kinds that take several of a list.
const SEVERAL: [&str; 3] = ["multi", "cards", "grid_multi"];

/// Further kinds with something to choose.
const CHOSEN: [&str; 6] = ["consent", "statements", "place", "multi", "cards", "grid_multi"];

/// The codes of "does not know" and "prefers not to say".
const NO_ANSWER: [i64; 2] = [-5, -6];

/// Options at most that are looked over at once.
const MOST_OPTIONS: usize = 15;

/// Columns at most that stand side by side.
const MOST_COLUMNS: usize = 5;

/// Fewer options may be in the order of the alphabet by chance.
const LEAST_OF_ALPHABET: usize = 6;

/// A required question that can be left only with an answer that is made up.
pub(super) fn no_do_not_know(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter(|question| {
        question.flag("required") && MAY_NOT_KNOW.contains(&question.kind()) && !has_way_out(question)
    });
    let message = "must be answered and has no answer for who does not know: people will make one up. Add an option \
                   with code -5 (“I do not know”) or -6 (“I prefer not to say”), or do not require it.";
    found.map(|question| Found::at(&question.path, message)).collect()
}

/// Whether an option of the question, or a column of it, is there for who has no answer.
fn has_way_out(question: &Question<'_>) -> bool {
    question.options().iter().filter_map(code).any(|code| NO_ANSWER.contains(&code))
}

fn code(option: &Value) -> Option<i64> {
    option.get("code").and_then(Value::as_i64)
}

fn is(option: &Value, flag: &str) -> bool {
    option.get(flag).and_then(Value::as_bool).unwrap_or(false)
}

/// A list where something must be ticked, also by who finds nothing in it.
pub(super) fn no_none_of_these(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter(|question| {
        question.flag("required")
            && SEVERAL.contains(&question.kind())
            && !question.options().iter().any(|option| is(option, "exclusive"))
    });
    let message = "must be answered and has no “None of these”: who finds nothing in the list ticks something that is \
                   not so. Add an option with `\"exclusive\": true`, or do not require it.";
    found.map(|question| Found::at(&question.path, message)).collect()
}

/// A list that is scrolled past.
pub(super) fn many_options(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter_map(|question| {
        let count = question.options().len();
        let advice = match question.kind() {
            "single" => "ask in a `dropdown` or a `lookup`, or in two steps",
            "multi" => "ask in two steps, or make a question of each part",
            _ => return None,
        };
        let message = format!(
            "shows {count} options at once, and the first ones are chosen most. With more than {MOST_OPTIONS} {advice}."
        );
        (count > MOST_OPTIONS).then(|| Found::at(&format!("{}.options", question.path), message))
    });
    found.collect()
}

/// A grid whose columns do not fit side by side.
pub(super) fn wide_grid(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter_map(|question| {
        let count = match question.kind() {
            "grid" | "grid_multi" => question.options().len(),
            // Agree, disagree and pass are there without being written.
            "statements" => question.options().len() + 3,
            _ => return None,
        };
        let message = format!(
            "has {count} columns: more than {MOST_COLUMNS} do not fit beside the rows, and each row becomes a long list. \
             Take fewer, or make a question of each row."
        );
        (count > MOST_COLUMNS).then(|| Found::at(&format!("{}.options", question.path), message))
    });
    found.collect()
}

/// An answer that nobody gave and many leave as it is.
pub(super) fn chosen_before(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter(|question| {
        let kind = question.kind();
        question.fields.contains_key("default") && (MAY_NOT_KNOW.contains(&kind) || CHOSEN.contains(&kind))
    });
    let message = "is chosen before anybody chose it: many leave it so, and nobody can tell whether they meant it. \
                   Take `default` away.";
    found.map(|question| Found::at(&format!("{}.default", question.path), message)).collect()
}

/// A random order of what has one.
pub(super) fn shuffled_order(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter(|question| question.flag("shuffle")).filter_map(|question| {
        let message = if question.kind() == "single" && question.flag("ordinal") {
            "mixes the steps of a scale: they are read as a row, from one end to the other. Take `shuffle` or `ordinal` \
             away."
        } else if document.languages.iter().any(|lang| is_alphabetical(question, lang)) {
            "mixes a list that stands in the order of the alphabet: who looks something up does not find it. Take \
             `shuffle` away, or the order, if it is a matter of opinion."
        } else {
            return None;
        };
        Some(Found::at(&format!("{}.shuffle", question.path), message))
    });
    found.collect()
}

/// Whether what is shuffled was sorted before. What keeps its place at the end is none of it.
fn is_alphabetical(question: &Question<'_>, lang: &str) -> bool {
    let stays = |option: &&Value| {
        ["pinned", "other", "exclusive"].iter().any(|flag| is(option, flag))
            || code(option).is_some_and(|code| code < 0)
    };
    question.lists().iter().any(|(_, list)| {
        let texts =
            list.iter().filter(|option| !stays(option)).filter_map(|option| text_in(option, "text", lang));
        let texts: Vec<String> = texts.map(str::to_lowercase).collect();
        texts.len() >= LEAST_OF_ALPHABET && texts.is_sorted()
    })
}
