//! The words of a meeting's blocks, one file a language: apart from those of the interface, which every citizen downloads.

use qulaq::Words;

/// The languages that there are, the same keys in each. The first serves for a language that has none.
const LANGUAGES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// The words of a meeting with what the language says about itself: numbers and dates.
pub(super) fn of(lang: &str) -> Words {
    crate::words::of(&LANGUAGES, crate::words::nearest(&LANGUAGES, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{assert_same_keys, keys_of};
    use matter::{Mechanism, State};

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        assert_same_keys(&LANGUAGES);
    }

    #[test]
    fn every_word_is_said_somewhere_and_every_state_has_its_words() {
        let sources = [
            include_str!("../meeting.rs"),
            include_str!("ended.rs"),
            include_str!("questions.rs"),
            include_str!("registration.rs"),
            include_str!("replies.rs"),
            include_str!("../forum.rs"),
            include_str!("../forum/voter.rs"),
        ];
        let states = Mechanism::Meeting.states().filter(|state| *state != State::Withdrawn);
        let states: Vec<String> = states.map(|state| format!("state_{}", state.name())).collect();
        let keys = keys_of(LANGUAGES[0].1);
        for state in &states {
            assert!(keys.iter().any(|key| *key == state), "{state}");
        }
        for key in keys.iter().filter(|key| !states.iter().any(|state| state == *key)) {
            let quoted = format!("\"{key}\"");
            assert!(sources.iter().any(|source| source.contains(&quoted)), "nobody says {key}");
        }
    }
}
