//! The survey on paper: the form that is printed, and what clerks key in of it.
//!
//! Paper is another medium and no second renderer: nothing here answers, hides or checks. `document` is the form from
//! its head to its foot, `question` with `options` and `lines` what stands under a number, `condition` says who is
//! asked. `keying` makes of a survey the one in front of a clerk, which the widget draws; `entry` is what she keyed in.

mod condition;
mod document;
mod entry;
mod keying;
mod lines;
mod options;
mod question;
mod words;

pub(crate) use condition::in_words as condition_in_words;
pub(crate) use document::{Sheet, VERSION_SHOWN, form};
pub(crate) use entry::{Entry, LANGUAGE, differing, in_words};
pub(crate) use keying::on_one_page;
pub(crate) use words::Said;

#[cfg(test)]
pub(crate) use words::agreement::{assert_same_keys, keys as keys_of};

#[cfg(test)]
mod tests;
