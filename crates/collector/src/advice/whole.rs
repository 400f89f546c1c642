//! The survey as a whole: what people are told before and after, and how much is asked of them.

use crate::written::Found;
use crate::written::walk::{Document, Role};
use crate::written::word::{listed, words};
use serde_json::Value;

/// Questions at most on a page.
const MOST_ON_A_PAGE: usize = 10;

/// A survey with fewer questions may well need all of them.
const FEW: usize = 3;

/// Nobody says who asks.
pub(super) fn no_agency(document: &Document<'_>) -> Vec<Found> {
    lacks(
        document,
        "agency",
        "who asks. People answer when they know whom, and can tell a forgery from a survey",
    )
}

/// Nobody says what becomes of the answers.
pub(super) fn no_notice(document: &Document<'_>) -> Vec<Found> {
    lacks(
        document,
        "notice",
        "why it is asked, how long it takes, what is kept, until when, and that it is voluntary. It is read before the \
         first question",
    )
}

/// Nobody says what happens next.
pub(super) fn no_thanks(document: &Document<'_>) -> Vec<Found> {
    lacks(document, "thanks", "what happens next and where the results will be. It is read after sending")
}

/// Nobody can be asked. A few questions on a page that has the agency's telephone number need no other.
pub(super) fn no_phone(document: &Document<'_>) -> Vec<Found> {
    if document.has_in("contact", "phone") || document.asked().count() <= FEW {
        return Vec::new();
    }
    let message = "has no `phone` in `contact`: write the telephone number where a citizen who cannot go on gets help. \
                   It stands at the foot of every page.";
    vec![Found::at("", message)]
}

fn lacks(document: &Document<'_>, field: &str, about: &str) -> Vec<Found> {
    if document.has(field) {
        return Vec::new();
    }
    vec![Found::at("", format!("has no `{field}`: write {about}."))]
}

/// Everything must be answered, though hardly everything is needed.
pub(super) fn all_required(document: &Document<'_>) -> Vec<Found> {
    // A consent is the condition of the rest, and none of its questions.
    let asked = || document.asked().filter(|question| question.kind() != "consent");
    let count = asked().count();
    if count < FEW || !asked().all(|question| question.flag("required")) {
        return Vec::new();
    }
    let message = format!(
        "all {count} questions must be answered: who cannot answer one leaves the survey, or makes something up. \
         Require only what the rest is worthless without."
    );
    vec![Found::at("pages", message)]
}

/// Beginnings of words that promise that nobody can be told by the answers.
const ANONYMOUS: &[(&str, &[&str])] =
    &[("kk", &["жасырын", "аноним"]), ("ru", &["аноним"]), ("en", &["anonym"])];

/// Words that take the promise back, before or behind it.
const NO: &[(&str, &[&str])] = &[("kk", &["емес"]), ("ru", &["не"]), ("en", &["not", "isn't"])];

/// Who leaves an address can be told by it.
pub(super) fn not_anonymous(document: &Document<'_>) -> Vec<Found> {
    let contact = |kind: &str| ["email", "phone"].contains(&kind);
    let Some(question) = document.asked().find(|question| contact(question.kind())) else {
        return Vec::new();
    };
    let found = document.words(&[Role::Notice]).filter_map(|text| {
        let said = words(text.text);
        let promise = said.iter().enumerate().find(|(at, word)| {
            let near = &said[at.saturating_sub(1)..said.len().min(at + 2)];
            let denied = listed(NO, text.lang).any(|no| near.iter().any(|word| word == no));
            !denied && listed(ANONYMOUS, text.lang).any(|stem| word.starts_with(stem))
        })?;
        let message = format!(
            "promises with “{}” that nobody can be told by the answers, and `{}` asks for what tells it. Take the \
             question away, or say who sees the address and when it is deleted.",
            promise.1,
            question.fields.get("name").and_then(serde_json::Value::as_str).unwrap_or_default()
        );
        Some(Found::in_words(text, message))
    });
    found.collect()
}

/// A page that looks like work.
pub(super) fn long_page(document: &Document<'_>) -> Vec<Found> {
    let found = document.pages.iter().filter_map(|page| {
        let count = page.asked().count();
        let message = format!(
            "has {count} questions on one page: after {MOST_ON_A_PAGE} people leave, and a mistake is far from the \
             button. Make two pages."
        );
        (count > MOST_ON_A_PAGE).then(|| Found::at(&page.path, message))
    });
    found.collect()
}

/// What is answered is to be sent after each page, and there is one.
pub(super) fn partials_of_one_page(document: &Document<'_>) -> Vec<Found> {
    let says = |field: &str, value: Value| document.says(field, &value);
    let turns = document.pages.len() > 1 || says("review", true.into()) || says("pace", "one".into());
    if turns || !says("partials", true.into()) {
        return Vec::new();
    }
    let message = "does nothing here: what is answered is sent after each page but the last, and there is one page. \
                   Make several, or take it away with the sentence that it adds to the form.";
    vec![Found::at("partials", message)]
}
