//! The words of minutes, one file a language below this one.

crate::words::words_beside!(pub(crate));
