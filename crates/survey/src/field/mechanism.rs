//! What a survey is besides asking: the fields of each mechanism of participation. The form knows nothing of them.

use super::{Field, Shape};

/// The mechanisms, as [`MECHANISM`] names them.
pub const MECHANISMS: &[&str] =
    &["feedback", "consultation", "forum", "meeting", "reception", "prioritising"];

/// What the survey is besides asking.
pub const MECHANISM: Field = Field::optional(
    "mechanism",
    Shape::OneOf(MECHANISMS),
    "What the survey is besides asking: with `consultation`, `forum`, `meeting` and `reception` each response opens a \
     matter, which gets a number and is followed.",
);

/// The fields of a consultation.
pub static CONSULTATION: &[Field] = &[
    Field::required("draft", Shape::Objects(DRAFT), "The draft, a file in each language of the survey."),
    Field::required(
        "paragraph",
        Shape::Variable,
        "The `hidden` question that says which paragraph a comment is about.",
    ),
    Field::optional(
        "stance",
        Shape::Variable,
        "The choice of whoever agrees (1) with a paragraph or disagrees (2).",
    ),
    Field::required("comment", Shape::Variable, "The text that says what somebody thinks of it."),
    Field::optional(
        "speaker",
        Shape::Variable,
        "The choice of whoever speaks as a person (1) or for an organisation (2).",
    ),
    Field::optional("organisation", Shape::Variable, "The text with the name of the organisation."),
    Field::optional("name", Shape::Variable, "The text with the name of the person."),
    Field::required(
        "publish",
        Shape::Variable,
        "The choice of whether a comment may be published: with the name (1), without it (2), not at all (3).",
    ),
    Field::optional(
        "at_least",
        Shape::Integer(1, 250),
        "Working days that it must be open at least, after the day on which it opens; it then needs `opens` and `closes`.",
    ),
    Field::optional(
        "moderation",
        Shape::OneOf(&["before", "after"]),
        "Whether comments are shown after a moderator has seen them, or before; `before` unless said.",
    ),
];

/// The fields of a draft in one language.
pub static DRAFT: &[Field] = &[
    Field::required("lang", Shape::Identifier, "The language."),
    Field::required(
        "file",
        Shape::File,
        "The text, below the place of the definition: Markdown (`.md`) or HTML (`.html`). All languages have the same paragraphs.",
    ),
];

/// The fields of a forum.
pub static FORUM: &[Field] = &[TOPIC];

/// The fields of a meeting.
pub static MEETING: &[Field] = &[TOPIC];

/// The fields of a reception.
pub static RECEPTION: &[Field] = &[TOPIC];

const TOPIC: Field =
    Field::optional("topic", Shape::Variable, "The single choice whose code is the topic of the matter.");
