//! The words of statements, one file a language beside this one: apart from those of the interface, which every citizen
//! downloads.

use qulaq::Words;

/// The languages that there are statements in. The first serves for a language that has none.
pub(super) const LANGUAGES: [(&str, &str); 3] =
    [("kk", include_str!("kk.json")), ("ru", include_str!("ru.json")), ("en", include_str!("en.json"))];

/// The language of a statement for readers of this one.
pub(crate) fn language(lang: &str) -> &'static str {
    let base = lang.split('-').next().unwrap_or_default();
    let find = |tag: &str| LANGUAGES.iter().find(|(known, _)| *known == tag);
    find(lang).or_else(|| find(base)).map_or(LANGUAGES[0].0, |(tag, _)| *tag)
}

/// The words of a statement with what the language says about itself.
pub(super) fn of(lang: &str) -> Words {
    crate::words::of(&LANGUAGES, language(lang))
}
