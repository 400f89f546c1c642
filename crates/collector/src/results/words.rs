//! The words of results.

crate::words::words_beside!(pub(super));

/// What results are called.
pub(crate) fn title(lang: &str) -> String {
    of(lang).get("title").to_owned()
}
