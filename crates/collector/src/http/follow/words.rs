//! The words that a citizen reads who follows a matter, one file a language below this one.

use qulaq::Words;

/// The languages, the same keys in each. The first serves for a language that has none.
const LANGUAGES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// The words in a language.
pub(in crate::http) fn of(lang: &str) -> Words {
    crate::words::of(&LANGUAGES, crate::words::nearest(&LANGUAGES, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::assert_same_keys;
    use matter::State;

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        assert_same_keys(&LANGUAGES);
    }

    #[test]
    fn every_state_has_its_words() {
        let words = of("kk");
        for state in State::ALL {
            let key = format!("state_{}", state.name());
            assert_ne!(words.get(&key), key);
        }
    }
}
