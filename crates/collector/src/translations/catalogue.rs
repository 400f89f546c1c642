//! What a definition says in which language, and how good each translation is.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use survey::Text;
use survey::text::STAMPS;
use survey::texts::{Entry, placeholders, stamp, texts};

/// The texts of a definition.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// The survey's id, or nothing.
    pub(crate) id: String,
    /// The languages of the survey, the source first; there is one at least.
    pub(crate) languages: Vec<String>,
    /// In the order of the definition.
    pub(crate) rows: Vec<Row>,
}

/// One text.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) entry: Entry,
    pub(crate) text: Text,
    /// Language and stamp of the source that the translation was made from.
    pub(crate) stamps: BTreeMap<String, String>,
}

/// How good a translation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Missing,
    /// The source text was changed after it was translated.
    Stale,
    /// Either one text for every language, or a copy that nobody has translated.
    Same,
    Done,
}

impl State {
    /// As it stands in a sheet.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Same => "same as source",
            Self::Done => "done",
        }
    }
}

impl Catalogue {
    /// Reads what can be read: a definition with faults can be translated too.
    pub(crate) fn read(json: &str) -> Result<Self> {
        let document: Value = serde_json::from_str(json).context("it is not JSON that can be read")?;
        let languages = document.get("languages").and_then(Value::as_array).into_iter().flatten();
        let languages: Vec<String> = languages.filter_map(Value::as_str).map(str::to_owned).collect();
        ensure!(
            !languages.is_empty(),
            "it names no \"languages\": write [\"kk\", \"ru\"], the language of the source texts first"
        );
        let rows = texts(&document).into_iter().filter_map(|entry| Row::read(&document, entry)).collect();
        let id = document.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Self { id, languages, rows })
    }

    /// The language that all others are translated from.
    pub(crate) fn source(&self) -> &str {
        self.languages.first().map_or("", String::as_str)
    }

    /// The text in the source's language.
    pub(crate) fn source_of<'a>(&self, row: &'a Row) -> &'a str {
        row.get(self.source()).unwrap_or_default()
    }

    pub(crate) fn state(&self, row: &Row, language: &str) -> State {
        let source = self.source_of(row);
        match row.get(language) {
            None => State::Missing,
            Some(_) if row.stamps.get(language).is_some_and(|kept| *kept != stamp(source)) => State::Stale,
            Some(text) if text == source => State::Same,
            Some(_) => State::Done,
        }
    }

    /// What a translator should know about a text, beside what it is.
    pub(crate) fn note(&self, row: &Row) -> String {
        let names = placeholders(self.source_of(row));
        match names.is_empty() {
            true => String::new(),
            false => format!("Keep as it is: {}", survey::texts::list(&names)),
        }
    }
}

impl Row {
    fn read(document: &Value, entry: Entry) -> Option<Self> {
        let value = document.pointer(&entry.pointer)?;
        let text = Text::read(value)?;
        let stamps = value.get(STAMPS).and_then(Value::as_object).into_iter().flatten();
        let stamps = stamps
            .filter_map(|(language, kept)| Some((language.clone(), kept.as_str()?.to_owned())))
            .collect();
        Some(Self { entry, text, stamps })
    }

    /// The text in a language, unless it is not there or blank.
    pub(crate) fn get(&self, language: &str) -> Option<&str> {
        let text = self.text.has(language).then(|| self.text.get(language))?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// What the text is, for a person.
    pub(crate) fn what(&self) -> String {
        format!("{}: {}", self.entry.within, self.entry.about)
    }
}

/// Whether a word is written like a language tag of a survey: `kk`, `kk-latn`.
pub(crate) fn is_tag(word: &str) -> bool {
    let base = word.split('-').next().unwrap_or_default();
    // The one heading of ours that a language could have.
    word != "key"
        && word.len() <= 12
        && (2..=3).contains(&base.len())
        && base.bytes().all(|byte| byte.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_state_of_a_translation_is_told_apart() {
        let title = json!({"kk": "А", "ru": "Б", "en": "А", "de": "В", "fr": " ",
            "source": {"de": "00000000", "ru": stamp("А")}});
        let document = json!({"languages": ["kk", "ru", "en", "de", "fr"], "title": title, "agency": "1"});
        let catalogue = Catalogue::read(&document.to_string()).unwrap();
        let states = |row: usize| {
            ["ru", "en", "de", "fr", "uz"].map(|tag| catalogue.state(&catalogue.rows[row], tag).word())
        };
        assert_eq!(states(0), ["done", "same as source", "stale", "missing", "missing"]);
        assert_eq!(states(1), ["same as source"; 5]);
    }

    #[test]
    fn a_heading_of_a_sheet_is_told_from_a_language() {
        assert!(is_tag("kk") && is_tag("kk-latn") && is_tag("kaa"));
        assert!(!is_tag("key") && !is_tag("note") && !is_tag("comment") && !is_tag("KK") && !is_tag(""));
    }
}
