//! Labels: words on everything, no two alike in a question, and words at the ends of a scale.

use crate::written::Found;
use crate::written::walk::{Document, Question, text_in};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Fields that may be a sign alone: «₸» and “%” are what is read after a number.
const SIGNS: [&str; 1] = ["unit"];

/// Kinds whose points are numbers, and whose ends an author words.
const NUMBERED: [&str; 2] = ["scale", "nps"];

/// A text of signs: a screen reader says nothing, or “dash dash dash”. An empty one is refused by the format.
pub(super) fn no_words(document: &Document<'_>) -> Vec<Found> {
    let worded = document.texts.iter().filter(|text| !SIGNS.contains(&text.field));
    let found = worded
        .flat_map(|text| &text.each)
        .filter(|words| !words.text.trim().is_empty() && !words.text.chars().any(char::is_alphanumeric));
    let message =
        "is signs and no words: who listens to it hears nothing that could be answered. Say it in words.";
    found.map(|words| Found::in_words(words, message)).collect()
}

/// Two answers, or two rows, that are called the same.
pub(super) fn repeated_option(document: &Document<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for question in document.questions() {
        for (name, list) in question.lists() {
            for lang in &document.languages {
                found.extend(repeated(list, lang, &format!("{}.{name}", question.path)));
            }
        }
    }
    found
}

fn repeated(list: &[Value], lang: &str, path: &str) -> Vec<Found> {
    // Thousands of places have thousands of names: a table, not every pair.
    let mut said: HashMap<(Option<i64>, String), usize> = HashMap::new();
    let mut found = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let Some(text) = text_in(item, "text", lang) else { continue };
        // A village of the same name in another district stands in another list.
        let within = item.get("within").and_then(Value::as_i64);
        let first = *said.entry((within, heard(text))).or_insert(index);
        if first == index || never_together(&list[first], item) {
            continue;
        }
        let message = format!(
            "says in \"{lang}\" the same as number {} of the list: nobody can tell which one to choose. Say what \
             differs, or take one away.",
            first + 1
        );
        found.push(Found { path: format!("{path}[{index}].text"), lang: Some(lang.to_owned()), message });
    }
    found
}

/// A text without what nobody hears: capitals, points, and white space around it. Between words a sign may be all that
/// differs («до 5», «5+»), so signs within stay.
fn heard(text: &str) -> String {
    let text = text.trim().trim_end_matches(['.', '!', '?', ':', ';', ',']).to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether each is shown under a condition of its own, so that they may stand in for each other.
fn never_together(one: &Value, other: &Value) -> bool {
    let condition = |item: &Value| item.get("show_if").cloned();
    matches!((condition(one), condition(other)), (Some(one), Some(other)) if one != other)
}

/// Numbers without a word of what is much and what is little.
pub(super) fn bare_numbers(document: &Document<'_>) -> Vec<Found> {
    document
        .questions()
        .flat_map(|question| [unworded_ends(question), numbered_steps(question, document)])
        .flatten()
        .collect()
}

fn unworded_ends(question: &Question<'_>) -> Option<Found> {
    let lacking: Vec<String> = ["low", "high"]
        .iter()
        .filter(|end| !question.fields.contains_key(**end))
        .map(|end| format!("`{end}`"))
        .collect();
    let message = format!(
        "has numbers and no {}: nobody is told whether much is good, and who cannot see the row does not know where \
         it ends. Say what the lowest and the highest point mean.",
        lacking.join(" and no ")
    );
    (NUMBERED.contains(&question.kind()) && !lacking.is_empty()).then(|| Found::at(&question.path, message))
}

/// The steps of an ordinal question, when the first and the last of them are numbers alone.
fn numbered_steps(question: &Question<'_>, document: &Document<'_>) -> Option<Found> {
    let steps = || question.options().iter().filter_map(Value::as_object).filter(|step| is_step(step));
    let (first, last) = (steps().next()?, steps().next_back()?);
    let bare = |step: &Map<String, Value>| {
        document.languages.iter().any(|lang| step_text(step, lang).is_some_and(is_number))
    };
    let message = "are numbers in an order, and neither end says what it means. Word the first and the last (“1 – very \
                   bad”), take a `scale` with `low` and `high`, or ask for a count with `number`.";
    (question.flag("ordinal") && steps().count() > 1 && bare(first) && bare(last))
        .then(|| Found::at(&format!("{}.options", question.path), message))
}

/// Whether it is none of the answers beside the order, such as "I do not know".
fn is_step(option: &Map<String, Value>) -> bool {
    let aside =
        ["other", "exclusive"].iter().any(|flag| option.get(*flag).and_then(Value::as_bool) == Some(true));
    !aside && option.get("code").and_then(Value::as_i64).is_some_and(|code| code >= 0)
}

fn step_text<'a>(step: &'a Map<String, Value>, lang: &str) -> Option<&'a str> {
    let text = step.get("text")?;
    text.as_str().or_else(|| text.get(lang)?.as_str())
}

fn is_number(text: &str) -> bool {
    !text.trim().is_empty() && text.trim().chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_hears_makes_no_difference_and_what_is_between_words_does() {
        assert_eq!(heard(" Да. "), heard("да"));
        assert_ne!(heard("5+"), heard("5"));
        assert_ne!(heard("Да, но"), heard("Да"));
    }
}
