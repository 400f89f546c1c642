//! The words on paper and in front of a clerk. Beside the interface's own, which every citizen downloads: nobody with
//! a browser needs these.

use qulaq::{Words, words};

/// The same keys in each, in the same order.
const FILES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// What is said in one language: these words, and those of the interface.
#[derive(Debug)]
pub(crate) struct Said {
    /// The language of the survey's texts.
    pub(crate) lang: String,
    own: Words,
    /// The words that the form on the screen has.
    pub(crate) form: Words,
}

impl Said {
    /// The words of a language; the Kazakh ones where there are none.
    pub(crate) fn of(lang: &str) -> Self {
        Self::in_words_of(lang, &FILES)
    }

    /// The same with other words in the place of these; those of the first language where there are none.
    pub(crate) fn in_words_of(lang: &str, files: &[(&str, &str); 3]) -> Self {
        let base = lang.split('-').next().unwrap_or_default();
        let file = files.iter().find(|(tag, _)| *tag == base).unwrap_or(&files[0]);
        Self { lang: lang.to_owned(), own: Words::read(file.1), form: words::of(lang) }
    }

    /// The words with this key.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.own.get(key)
    }

    /// The words with this key, each `{name}` replaced.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        self.own.fill(key, values)
    }
}

/// What must hold between the languages of files of words.
#[cfg(test)]
pub(crate) mod agreement {
    use serde_json::Value;

    pub(crate) fn keys(json: &str) -> Vec<&str> {
        json.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect()
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    /// The words under a key, or each form of them that a number takes.
    fn forms(text: &Value) -> impl Iterator<Item = &str> {
        let forms = text.as_object().into_iter().flat_map(|forms| forms.values());
        text.as_str().into_iter().chain(forms.map(|form| form.as_str().unwrap()))
    }

    /// The same keys in the same order, none twice, with words that have the same placeholders.
    pub(crate) fn assert_same_keys(files: &[(&str, &str)]) {
        let [(_, first), ..] = files else { panic!("there are no words") };
        let expected: Value = serde_json::from_str(first).unwrap();
        for (tag, json) in files {
            let words: Value = serde_json::from_str(json).unwrap();
            assert_eq!(keys(json), keys(first), "{tag}");
            assert_eq!(words.as_object().unwrap().len(), keys(json).len(), "{tag}: a key stands twice");
            for (key, text) in words.as_object().unwrap() {
                let wanted = forms(&expected[key]).next().map(placeholders);
                for form in forms(text) {
                    assert_eq!(Some(placeholders(form)), wanted, "{tag}.{key}");
                    assert!(!form.is_empty(), "{tag}.{key}");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::agreement::{assert_same_keys, keys};
    use super::*;

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        assert_same_keys(&FILES);
    }

    #[test]
    fn every_word_is_said_somewhere() {
        let sources = [
            include_str!("condition.rs"),
            include_str!("document.rs"),
            include_str!("question.rs"),
            include_str!("options.rs"),
            include_str!("lines.rs"),
            include_str!("entry.rs"),
            include_str!("keying.rs"),
            include_str!("../http/paper.rs"),
            include_str!("../http/clerk.rs"),
            include_str!("../http/clerk/pages.rs"),
            include_str!("../http/clerk/settling.rs"),
        ];
        for key in keys(FILES[0].1) {
            let quoted = format!("\"{key}\"");
            assert!(sources.iter().any(|source| source.contains(&quoted)), "nobody says {key}");
        }
    }
}
