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
pub static CONSULTATION: &[Field] = &[Field::optional(
    "paragraph",
    Shape::Variable,
    "The question that nobody is asked whose value is the paragraph of the draft that a comment is on.",
)];

/// The fields of a forum.
pub static FORUM: &[Field] = &[
    Field::required(
        "title",
        Shape::Variable,
        "The question whose answer is an idea in a few words, on which others vote. How long it may be, the question says.",
    ),
    Field::optional("text", Shape::Variable, "The question whose answer says more of the idea."),
    TOPIC,
    Field::optional(
        "place",
        Shape::Variable,
        "The question whose answer is the place of the idea: a single choice, or words.",
    ),
    Field::required(
        "rules",
        Shape::Text,
        "By which rules moderators decide, each a line of its own: everybody reads them, and they are the reasons for which \
         an idea can be hidden.",
    ),
    Field::required(
        "appeal",
        Shape::Text,
        "Where somebody turns who finds that a moderator decided wrongly.",
    ),
    Field::optional(
        "moderation",
        Shape::OneOf(&["before", "after"]),
        "Whether everybody sees an idea after a moderator has, or `after` says before; `before` unless said.",
    ),
];

/// The fields of a meeting.
pub static MEETING: &[Field] = &[TOPIC];

/// The fields of a reception.
pub static RECEPTION: &[Field] = &[TOPIC];

const TOPIC: Field =
    Field::optional("topic", Shape::Variable, "The single choice whose code is the topic of the matter.");
