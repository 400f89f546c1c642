//! Words of the interface: one file a language in `public/words/`, the same keys in each.

use serde_json::{Map, Value};

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words(Map<String, Value>);

impl Words {
    /// Reads a file of words: a JSON object of strings. Words that cannot be read are empty rather than an error,
    /// because a form with gaps serves better than none; a test reads the files that are shipped.
    #[cfg(any(feature = "ssr", test))]
    #[must_use]
    pub fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// Words that are JSON already; none when it is not an object.
    #[must_use]
    pub fn from_value(value: Value) -> Self {
        match value {
            Value::Object(words) => Self(words),
            _ => Self::default(),
        }
    }

    /// The words with this key; the key itself when there are none.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).and_then(Value::as_str).unwrap_or(key)
    }

    /// The words with this key, each `{name}` replaced. What is put in is not searched again.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            out.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// Languages written from right to left, by their tags.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ug", "ur", "yi"];

/// `rtl` or `ltr`.
#[must_use]
pub fn direction(lang: &str) -> &'static str {
    let base = lang.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&base) { "rtl" } else { "ltr" }
}

/// The languages of the interface: adding one is a file and a line. The first serves for a language that has none.
#[cfg(any(feature = "ssr", test))]
pub static LANGUAGES: &[(&str, &str)] = &[
    ("kk", include_str!("../public/words/kk.json")),
    ("ru", include_str!("../public/words/ru.json")),
    ("en", include_str!("../public/words/en.json")),
];

/// The words of a language.
#[cfg(any(feature = "ssr", test))]
#[must_use]
pub fn of(lang: &str) -> Words {
    let base = lang.split('-').next().unwrap_or_default();
    let find = |tag: &str| LANGUAGES.iter().find(|(known, _)| *known == tag);
    find(lang)
        .or_else(|| find(base))
        .or_else(|| LANGUAGES.first())
        .map_or_else(Words::default, |(_, json)| Words::read(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_has_the_same_keys_with_the_same_placeholders() {
        let (_, first) = LANGUAGES[0];
        let first = Words::read(first);
        assert!(!first.0.is_empty());
        for (tag, json) in LANGUAGES {
            let words = Words::read(json);
            assert_eq!(words.0.keys().collect::<Vec<_>>(), first.0.keys().collect::<Vec<_>>(), "{tag}");
            for (key, text) in &words.0 {
                assert_eq!(placeholders(text.as_str().unwrap()), placeholders(first.get(key)), "{tag}.{key}");
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_not_searched_for_placeholders() {
        let words = Words::read(r#"{"k": "«{q}»: {max}!"}"#);
        assert_eq!(
            words.fill("k", &[("q", "a {max} b".to_owned()), ("max", "3".to_owned())]),
            "«a {max} b»: 3!"
        );
    }
}
