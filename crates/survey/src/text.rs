//! Words that an author writes, once for everybody or once a language.

use serde_json::Value;

/// The key beside the languages of a text that holds no text: which source each translation was made from, see
/// [`crate::texts::stamp`].
pub const STAMPS: &str = "source";

/// Text shown to a person: the same in every language (`"18–28"`) or one per language (`{"kk": …, "ru": …}`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// The same in every language.
    Same(String),
    /// Language tag (BCP 47, lower case) and text, in the author's order.
    Each(Vec<(String, String)>),
    /// Words of the interface with this key, such as "Yes": whoever shows them has them in every language.
    Word(&'static str),
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
            Self::Word(key) => key,
        }
    }

    /// The text in each language that it exists in.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        let (same, texts) = match self {
            Self::Same(text) => (Some(text.as_str()), &[][..]),
            Self::Each(texts) => (None, texts.as_slice()),
            Self::Word(_) => (None, &[][..]),
        };
        same.into_iter().chain(texts.iter().map(|(_, text)| text.as_str()))
    }

    /// Whether the text exists in `lang`.
    #[must_use]
    pub fn has(&self, lang: &str) -> bool {
        match self {
            Self::Same(_) | Self::Word(_) => true,
            Self::Each(texts) => texts.iter().any(|(tag, _)| tag == lang),
        }
    }

    /// Reads a JSON string or an object of strings, without its stamps; `None` for anything else.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Same(text.clone())),
            Value::Object(texts) => texts
                .iter()
                .filter(|(tag, _)| tag.as_str() != STAMPS)
                .map(|(tag, text)| Some((tag.clone(), text.as_str()?.to_owned())))
                .collect::<Option<_>>()
                .map(Self::Each),
            _ => None,
        }
    }
}

/// The variables whose answers a text asks for: `{NAME}`. Anything else between braces stands as it is written.
pub fn pipes(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| is_variable(name))
}

/// A text with the answers that it asks for put in. What is put in is not searched again.
#[must_use]
pub fn piped(text: &str, answer: &mut dyn FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').filter(|(name, _)| is_variable(name)) {
            Some((name, after)) => {
                out.push_str(&answer(name));
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_variable(name: &str) -> bool {
    name.len() <= 32
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
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

    #[test]
    fn answers_stand_for_their_names_and_nothing_else_changes() {
        let mut answer = |name: &str| if name == "who" { "{who}".to_owned() } else { String::new() };
        assert_eq!(piped("{who}, { who } {1} {who", &mut answer), "{who}, { who } {1} {who");
        assert_eq!(pipes("{a} {b_1} {} {1} {ә} {a").collect::<Vec<_>>(), ["a", "b_1"]);
    }

    #[test]
    fn stamps_are_no_text_and_what_else_is_no_string_makes_a_text_unreadable() {
        let stamped = json!({"kk": "Иә", "ru": "Да", "source": {"ru": "1f2e3d4c"}});
        assert_eq!(Text::read(&stamped), Text::read(&json!({"kk": "Иә", "ru": "Да"})));
        assert_eq!(Text::read(&json!({"kk": "Иә", "ru": {}})), None);
    }
}
