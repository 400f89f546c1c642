//! The survey as a whole: what people are told before and after, and how much is asked of them.

use super::Found;
use super::walk::Document;

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

fn lacks(document: &Document<'_>, field: &str, about: &str) -> Vec<Found> {
    if document.has(field) {
        return Vec::new();
    }
    vec![Found::at("", format!("has no `{field}`: write {about}."))]
}

/// Everything must be answered, though hardly everything is needed.
pub(super) fn all_required(document: &Document<'_>) -> Vec<Found> {
    let count = document.questions().count();
    if count < FEW || !document.questions().all(|question| question.flag("required")) {
        return Vec::new();
    }
    let message = format!(
        "all {count} questions must be answered: who cannot answer one leaves the survey, or makes something up. \
         Require only what the rest is worthless without."
    );
    vec![Found::at("pages", message)]
}

/// A page that looks like work.
pub(super) fn long_page(document: &Document<'_>) -> Vec<Found> {
    let found = document.pages.iter().filter_map(|page| {
        let count = page.questions.len();
        let message = format!(
            "has {count} questions on one page: after {MOST_ON_A_PAGE} people leave, and a mistake is far from the \
             button. Make two pages."
        );
        (count > MOST_ON_A_PAGE).then(|| Found::at(&page.path, message))
    });
    found.collect()
}
