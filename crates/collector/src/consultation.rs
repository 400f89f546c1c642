//! Consultations: a draft that everybody may read, say yes or no to and comment on, paragraph by paragraph.
//!
//! A comment is a response like any other: it has an id, a receipt, is checked and masked, and is followed as a matter.
//! Here is what a definition says about it. The draft is in `consultation/draft.rs`, how it is read and what its
//! paragraphs are called beside it; what officials decide in `consultation/decision.rs`, the report on all of it in
//! `consultation/report.rs`.

mod anchor;
pub(crate) mod board;
mod builder;
pub(crate) mod comments;
pub(crate) mod decision;
pub(crate) mod diff;
pub(crate) mod draft;
mod html;
mod inspect;
mod keep;
mod markdown;
mod parallel;
pub(crate) mod report;
pub(crate) mod sums;
pub(crate) mod words;

use crate::store::Voice;
use matter::Shown;
use serde_json::Value;
use survey::{Answer, Answers};

pub(crate) use inspect::inspect;
pub use keep::keep;
pub(crate) use keep::of_edition;
pub(crate) use parallel::examine;

/// The answer of whoever agrees with a paragraph, and of whoever does not.
pub(crate) const AGREES: i64 = 1;
/// See [`AGREES`].
pub(crate) const DISAGREES: i64 = 2;

/// The answer of whoever speaks for an organisation; a person is 1.
pub(crate) const ORGANISATION: i64 = 2;

/// The answers of those who let their comment be published with their name, without it, and not at all.
pub(crate) const WITH_NAME: i64 = 1;
/// See [`WITH_NAME`].
pub(crate) const WITHOUT_NAME: i64 = 2;
/// See [`WITH_NAME`].
pub(crate) const NOT_AT_ALL: i64 = 3;

/// What a definition says about its consultation: the variables of the questions that make a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Consultation {
    /// The files of the draft, with their languages.
    pub(crate) files: Vec<(String, String)>,
    /// Which paragraph it is about: a question that nobody is asked.
    pub(crate) paragraph: String,
    /// Whether somebody agrees with it.
    pub(crate) stance: Option<String>,
    /// What somebody says about it.
    pub(crate) comment: String,
    /// Whether a person speaks or an organisation.
    pub(crate) speaker: Option<String>,
    /// The name of the organisation.
    pub(crate) organisation: Option<String>,
    /// The name of the person.
    pub(crate) name: Option<String>,
    /// Whether it may be published.
    pub(crate) publish: String,
    /// Working days that it must be open at least.
    pub(crate) at_least: Option<u32>,
    /// Whether comments are shown before a moderator has seen them.
    pub(crate) shows_at_once: bool,
}

impl Consultation {
    /// As a definition says; `None` for one that is no consultation.
    pub(crate) fn of(definition: &Value) -> Option<Self> {
        if definition["mechanism"] != "consultation" {
            return None;
        }
        let fields = &definition["consultation"];
        let variable = |name: &str| fields[name].as_str().map(str::to_owned);
        let file =
            |file: &Value| Some((file["lang"].as_str()?.to_owned(), file["file"].as_str()?.to_owned()));
        Some(Self {
            files: fields["draft"].as_array().into_iter().flatten().filter_map(file).collect(),
            paragraph: variable("paragraph")?,
            stance: variable("stance"),
            comment: variable("comment")?,
            speaker: variable("speaker"),
            organisation: variable("organisation"),
            name: variable("name"),
            publish: variable("publish")?,
            at_least: fields["at_least"].as_u64().and_then(|days| u32::try_from(days).ok()),
            shows_at_once: fields["moderation"] == "after",
        })
    }

    /// Whether everybody may read a comment that comes in: never one that its author keeps to the agency or that says
    /// nothing, and unless the author of the survey says so none before a moderator has seen it.
    pub(crate) fn shown(&self, answers: &Answers) -> Shown {
        let says = answers.get(&self.comment).is_some_and(|answer| !answer.is_blank());
        let open = [WITH_NAME, WITHOUT_NAME].map(|code| Some(Answer::Code(code)));
        match open.contains(&answers.get(&self.publish).cloned()) && says {
            false => Shown::Hidden,
            true if self.shows_at_once => Shown::Shown,
            true => Shown::Waiting,
        }
    }

    /// Whether its author agrees, and speaks for an organisation.
    pub(crate) fn voice(&self, answers: &Answers) -> Voice {
        let code = |name: &Option<String>| match answers.get(name.as_deref()?)? {
            Answer::Code(code) => Some(*code),
            _ => None,
        };
        Voice { stance: code(&self.stance), speaker: code(&self.speaker) }
    }

    /// The variables of a comment but that of its paragraph, in the order in which they are asked.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &str> {
        let Self { stance, comment, speaker, organisation, name, publish, .. } = self;
        [
            stance.as_ref(),
            Some(comment),
            speaker.as_ref(),
            organisation.as_ref(),
            name.as_ref(),
            Some(publish),
        ]
        .into_iter()
        .flatten()
        .map(String::as_str)
    }
}
