//! What a survey may say of itself, and what is known of what it keeps: the one word of its notice, and its sheet.

mod notice;
pub(crate) mod sheet;
pub(crate) mod words;

pub(crate) use notice::complete;
