//! What stands around the form of a reception: before it and after it, whether what is said there is an appeal by law and where
//! one is filed; after it, the way to see what becomes of a matter.

use super::{Spot, Surrounding};
use crate::http::document::escape;
use crate::http::follow;
use crate::mechanism::reception::Reception;

/// Nothing for a survey that is no reception.
pub(super) fn draw(spot: &Spot<'_>) -> Surrounding {
    let Some(reception) = &spot.current.edition.reception else { return Surrounding::default() };
    let appeal = appeal(reception, spot.lang);
    Surrounding { after: format!("{appeal}{}", follow::around(spot)), before: appeal }
}

/// The agency says whether it is one, and where it is or can be filed: nobody is to wait for an official reply in vain.
fn appeal(reception: &Reception, lang: &str) -> String {
    let words = follow::words_of(lang);
    let key = if reception.appeal.registered { "appeal_is" } else { "appeal_not" };
    let (sentence, text) = (escape(words.get(key)), escape(reception.appeal.text.get(lang)));
    format!("<section class=\"appeal\">\n<p><b>{sentence}</b> {text}</p>\n</section>\n")
}
