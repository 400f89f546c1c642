//! Words that an author writes, once for everybody or once a language.

use serde_json::Value;

/// Text shown to a person: the same in every language (`"18–28"`) or one per language (`{"kk": …, "ru": …}`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// The same in every language.
    Same(String),
    /// Language tag (BCP 47, lower case) and text, in the author's order.
    Each(Vec<(String, String)>),
}

impl Text {
    /// The text in `lang`, or in the first language it has: a gap shows something rather than nothing, and publishing
    /// refuses gaps anyway.
    #[must_use]
    pub fn get(&self, lang: &str) -> &str {
        match self {
            Self::Same(text) => text,
            Self::Each(texts) => texts
                .iter()
                .find(|(tag, _)| tag == lang)
                .or_else(|| texts.first())
                .map_or("", |(_, text)| text),
        }
    }

    /// Whether the text exists in `lang`.
    #[must_use]
    pub fn has(&self, lang: &str) -> bool {
        match self {
            Self::Same(_) => true,
            Self::Each(texts) => texts.iter().any(|(tag, _)| tag == lang),
        }
    }

    /// Reads a JSON string or an object of strings; `None` for anything else.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Same(text.clone())),
            Value::Object(texts) => texts
                .iter()
                .map(|(tag, text)| Some((tag.clone(), text.as_str()?.to_owned())))
                .collect::<Option<_>>()
                .map(Self::Each),
            _ => None,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Same(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_answers_in_the_language_asked_for_and_never_with_nothing() {
        let text = Text::read(&json!({"kk": "Иә", "ru": "Да"})).unwrap();
        assert_eq!(text.get("ru"), "Да");
        assert_eq!(text.get("de"), "Иә");
        assert!(!text.has("de"));
        assert_eq!(Text::read(&json!(7)), None);
    }
}
