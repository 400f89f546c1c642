//! A definition as its author wrote it, sound or not: its texts and questions with their paths, its words and
//! sentences, and what a rule has to say about one of them.
//!
//! The rules are elsewhere: `gate` has those that keep a survey from being published, `advice` those that do not.

pub(crate) mod readability;
pub(crate) mod walk;
pub(crate) mod word;

use survey::Fault;
use walk::{Document, Words};

/// One thing to tell an author about a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The name of the rule.
    pub code: &'static str,
    /// Where, as in a [`Fault`].
    pub path: String,
    /// The language of the text that is meant.
    pub lang: Option<String>,
    /// What is not good and what to do.
    pub message: String,
}

/// What a rule has found: where and what to do.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) lang: Option<String>,
    pub(crate) message: String,
}

/// Looks for one thing in a whole definition.
pub(crate) type Rule = fn(&Document<'_>) -> Vec<Found>;

impl Found {
    /// Found in a text.
    pub(crate) fn in_words(words: &Words<'_>, message: impl Into<String>) -> Self {
        let lang = words.lang.map(str::to_owned);
        Self { path: words.path.clone(), lang, message: message.into() }
    }

    /// Found in what stands at this path.
    pub(crate) fn at(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), lang: None, message: message.into() }
    }

    /// With the name of the rule that found it.
    pub(crate) fn by(self, code: &'static str) -> Remark {
        let Self { path, lang, message } = self;
        Remark { code, path, lang, message }
    }
}

impl Remark {
    /// What is wrong with the file that a definition names at this path.
    pub(crate) fn of_file(code: &'static str, path: String, message: String) -> Self {
        Self { code, path, lang: None, message }
    }
}

/// A breach of the format.
impl From<Fault> for Remark {
    fn from(Fault { path, message }: Fault) -> Self {
        Self { code: "format", path, lang: None, message }
    }
}

/// As a [`Fault`] is told.
impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { path, message, .. } = self.clone();
        Fault { path, message }.fmt(f)
    }
}
