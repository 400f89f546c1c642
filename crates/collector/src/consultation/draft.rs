//! The draft that a consultation is about: headings and paragraphs in every language of the survey, one beside the other.
//!
//! Nothing of the markup that an agency handed in is kept. What a reader does not understand is text or is gone, and the
//! collector writes its own markup around it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A draft, as one version of its survey has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// Its parts, in order.
    pub(crate) blocks: Vec<Block>,
}

/// A heading or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Block {
    /// What it is called for as long as it is recognised: `p-7xkq2m`.
    pub(crate) anchor: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// What it says, by language.
    pub(crate) texts: BTreeMap<String, Vec<Span>>,
}

/// What a part of a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// A heading of this level, from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item {
        /// How many lists it is in.
        level: u8,
        /// Its number, where the list has numbers.
        number: Option<u64>,
    },
}

/// A stretch of text that looks the same throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Span {
    /// What it says.
    pub(crate) text: String,
    /// Whether it is important.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) strong: bool,
    /// Whether it is stressed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) stressed: bool,
    /// Where it leads: an address on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<String>,
}

/// A part of a draft in one language, as a reader found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// What it is.
    pub(crate) kind: Kind,
    /// What it says.
    pub(crate) spans: Vec<Span>,
}

impl Draft {
    /// The part of this name.
    pub(crate) fn block(&self, anchor: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.anchor == anchor)
    }

    /// Where the part of this name stands, from 1.
    pub(crate) fn place(&self, anchor: &str) -> Option<usize> {
        self.blocks.iter().position(|block| block.anchor == anchor).map(|place| place + 1)
    }
}

impl Block {
    /// What it says in a language, without how it looks.
    pub(crate) fn text(&self, lang: &str) -> String {
        self.texts.get(lang).map(|spans| plain(spans)).unwrap_or_default()
    }

    /// Whether it can be spoken to: a heading says nothing by itself.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.kind, Kind::Heading(_))
    }
}

/// What spans say.
pub(crate) fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
