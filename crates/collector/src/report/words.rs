//! The words of the manipulation report.

crate::words::words_beside!(pub(super));
