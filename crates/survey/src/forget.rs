//! Texts whose time is over: what was typed is gone, and that something was typed stays.

use crate::answer::Answers;
use crate::definition::Survey;
use crate::typed::{self, Source};

/// What stands in the place of a text that is gone: the character U+007F, which means "deleted", and which nobody types.
/// In columns it is [`crate::Missing::Masked`].
pub const GONE: &str = "\u{7f}";

/// Answers without the words that somebody typed, into whatever question; `None` when there are none left. Codes, numbers
/// and days stay, and so does what the page around the form has given.
#[must_use]
pub fn texts(survey: &Survey, answers: &Answers) -> Option<Answers> {
    typed::replaced(survey, answers, &|source, text| {
        (source != Source::Given && text != GONE).then(|| GONE.to_owned())
    })
}
