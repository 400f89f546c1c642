//! The words of statements, one file a language beside this one: apart from those of the interface, which every citizen
//! downloads.

use crate::words::nearest;
use qulaq::Words;

/// The languages that there are statements in. The first serves for a language that has none.
pub(super) const LANGUAGES: [(&str, &str); 3] =
    [("kk", include_str!("kk.json")), ("ru", include_str!("ru.json")), ("en", include_str!("en.json"))];

/// The language of a statement for readers of this one.
pub(crate) fn language(lang: &str) -> &'static str {
    nearest(&LANGUAGES, lang)
}

/// The words of a statement with what the language says about itself.
pub(super) fn of(lang: &str) -> Words {
    crate::words::of(&LANGUAGES, language(lang))
}
