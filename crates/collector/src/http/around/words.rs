//! The words of what stands around a form, one file a language below this one: apart from those of the interface, which
//! every citizen downloads.

use qulaq::Words;

const LANGUAGES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// The words in a language.
pub(super) fn of(lang: &str) -> Words {
    crate::words::of(&LANGUAGES, crate::words::nearest(&LANGUAGES, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::assert_same_keys;

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        assert_same_keys(&LANGUAGES);
    }
}
