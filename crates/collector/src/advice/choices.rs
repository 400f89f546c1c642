//! What can be chosen: a way out for who has no answer, a list that can be looked over, and no answer twice.

use super::Found;
use super::walk::{Document, Question, text_in};
use serde_json::Value;

/// Kinds that ask for one answer to what somebody may not know.
const MAY_NOT_KNOW: [&str; 4] = ["single", "scale", "likert", "grid"];

/// The codes of "does not know" and "prefers not to say".
const NO_ANSWER: [i64; 2] = [-5, -6];

/// Options at most that are looked over at once.
const MOST_OPTIONS: usize = 15;

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
    let lists = question.fields.values().filter_map(Value::as_array);
    lists.flatten().any(|option| {
        let code = option.get("code").and_then(Value::as_i64);
        code.is_some_and(|code| NO_ANSWER.contains(&code)) || is_exclusive(option)
    })
}

fn is_exclusive(option: &Value) -> bool {
    option.get("exclusive").and_then(Value::as_bool).unwrap_or(false)
}

/// A list where something must be ticked, also by who finds nothing in it.
pub(super) fn no_none_of_these(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter(|question| {
        question.flag("required")
            && question.kind() == "multi"
            && !question.options().iter().any(is_exclusive)
    });
    let message = "must be answered and has no “None of these”: who finds nothing in the list ticks something that is \
                   not so. Add an option with `\"exclusive\": true`, or do not require it.";
    found.map(|question| Found::at(&question.path, message)).collect()
}

/// A list that is scrolled past.
pub(super) fn many_options(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter_map(|question| {
        let count = question.options().len();
        let looked_over = question.kind() == "single" && !is_folded(question);
        let message = format!(
            "shows {count} options at once, and the first ones are chosen most. With more than {MOST_OPTIONS} ask in a \
             `dropdown` or a `lookup`, or in two steps."
        );
        (looked_over && count > MOST_OPTIONS).then(|| Found::at(&format!("{}.options", question.path), message))
    });
    found.collect()
}

/// Whether the question asks for a control that shows its options only when it is opened.
fn is_folded(question: &Question<'_>) -> bool {
    let mut asked = question.fields.iter().filter(|(name, _)| *name != "name").map(|(_, value)| value);
    asked.any(|value| value.as_str().is_some_and(|word| ["dropdown", "lookup"].contains(&word)))
}

/// Two answers with the same words.
pub(super) fn repeated_option(document: &Document<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for question in document.questions() {
        for (name, list) in question.fields.iter().filter_map(|(name, value)| Some((name, value.as_array()?)))
        {
            for lang in &document.languages {
                found.extend(repeated(list, lang, &format!("{}.{name}", question.path)));
            }
        }
    }
    found
}

fn repeated(list: &[Value], lang: &str, path: &str) -> Vec<Found> {
    let said: Vec<Option<String>> =
        list.iter().map(|item| Some(text_in(item, "text", lang)?.trim().to_lowercase())).collect();
    let found = said.iter().enumerate().filter_map(|(index, text)| {
        let text = text.as_ref()?;
        let first = said[..index].iter().position(|earlier| earlier.as_ref() == Some(text))?;
        let path = format!("{path}[{index}].text");
        let message = format!(
            "says in \"{lang}\" the same as number {} of the list: nobody can tell which one to choose. Say what \
             differs, or take one away.",
            first + 1
        );
        Some(Found { path, lang: Some(lang.to_owned()), message })
    });
    found.collect()
}
