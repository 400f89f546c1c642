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
pub static FORUM: &[Field] = &[TOPIC];

/// The fields of a meeting.
pub static MEETING: &[Field] = &[TOPIC];

/// The fields of a reception.
pub static RECEPTION: &[Field] = &[TOPIC];

const TOPIC: Field =
    Field::optional("topic", Shape::Variable, "The single choice whose code is the topic of the matter.");
