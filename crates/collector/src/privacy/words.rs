//! What is said to people of what is kept of them, one file a language: apart from the words of the interface, which every
//! citizen downloads.

use qulaq::Words;

/// The same keys in each, in the same order.
pub(super) const FILES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// The words of a language, or of the one nearest to it.
pub(crate) fn of(lang: &str) -> Words {
    crate::words::of(&FILES, crate::words::nearest(&FILES, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::rights::Role;
    use crate::store::{Scope, What};
    use serde_json::{Map, Value};

    #[test]
    fn every_language_has_the_same_words_in_the_same_order() {
        let keys = |json: &str| {
            let words: Map<String, Value> = serde_json::from_str(json).unwrap();
            words.keys().cloned().collect::<Vec<_>>()
        };
        let all: Vec<Vec<String>> = FILES.iter().map(|(_, json)| keys(json)).collect();
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:?}");
    }

    #[test]
    fn whatever_somebody_may_do_has_words() {
        let known = of("en");
        let may = Role::all().map(Role::name).chain(Scope::ALL.map(Scope::name));
        for key in
            may.map(|name| format!("may_{name}")).chain(What::ALL.map(|what| format!("what_{}", what.name())))
        {
            assert_ne!(known.get(&key), key);
        }
    }
}
