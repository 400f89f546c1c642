//! The words of results, one file a language below this one: apart from those of the interface, which every citizen
//! downloads.

use qulaq::Words;

/// The languages that there are results in, the same keys in each. The first serves for a language that has none.
const LANGUAGES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// What results are called.
pub(crate) fn title(lang: &str) -> String {
    of(lang).get("title").to_owned()
}

/// The words of results with what the language says about itself: numbers and dates.
pub(super) fn of(lang: &str) -> Words {
    crate::words::of(&LANGUAGES, crate::words::nearest(&LANGUAGES, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{assert_same_keys, keys_of};

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        assert_same_keys(&LANGUAGES);
        assert!(keys_of(LANGUAGES[0].1).len() > 20);
    }
}
