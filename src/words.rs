//! Words of the interface: one file a language in `public/words/`, the same keys in each. Beside its words a file has,
//! under keys with an underscore, what [`crate::locale`] needs to write numbers, dates and lists.

use crate::locale;
use serde_json::{Map, Value};

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words(Map<String, Value>);

impl Words {
    /// Reads a file of words, a JSON object. Words that cannot be read are empty rather than an error, because a form
    /// with gaps serves better than none; a test reads the files that are shipped.
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
        filled(self.get(key), values)
    }

    /// The words with this key in the form that goes with the number, which is `{n}`.
    #[must_use]
    pub fn count(&self, key: &str, number: i64, values: &[(&str, String)]) -> String {
        self.chosen(key, self.get("_plural"), number, values)
    }

    /// As `count`, by a rule of its own. Words without forms serve for every number; a form "zero" for none at all.
    pub(crate) fn chosen(&self, key: &str, rule: &str, number: i64, values: &[(&str, String)]) -> String {
        let form = |name: &str| self.0.get(key)?.get(name)?.as_str();
        let text = (if number == 0 { form("zero") } else { None })
            .or_else(|| form(locale::form(rule, number)))
            .or_else(|| form("other"))
            .unwrap_or_else(|| self.get(key));
        let mut values = values.to_vec();
        values.push(("n", self.number(&number.to_string())));
        filled(text, &values)
    }

    /// What the file says under this key: words, or what the language needs beside them.
    pub(crate) fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }
}

fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        out.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Languages written from right to left, by their tags.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ug", "ur", "yi"];

/// `rtl` or `ltr`.
#[must_use]
pub fn direction(lang: &str) -> &'static str {
    let base = lang.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&base) { "rtl" } else { "ltr" }
}

/// What `build.rs` finds in `public/words/`: the browser has the names of all languages and the words of one.
mod found {
    include!(concat!(env!("OUT_DIR"), "/names.rs"));
    #[cfg(any(feature = "ssr", test))]
    include!(concat!(env!("OUT_DIR"), "/languages.rs"));
}

/// The languages of the interface: adding one is a file. The first serves for a language that has none.
#[cfg(any(feature = "ssr", test))]
pub use found::LANGUAGES;

/// Kazakh in Latin letters is a language of its own for surveys; its interface is the one in Cyrillic until it has a file.
const LATIN_KAZAKH: (&str, &str) = ("kk-latn", "Qazaqşa");

/// A language in its own words.
#[must_use]
pub fn name(lang: &str) -> Option<&'static str> {
    let named = found::NAMES.iter().chain([&LATIN_KAZAKH]).find(|(tag, _)| *tag == lang);
    named.map(|(_, name)| *name)
}

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
mod tests;
