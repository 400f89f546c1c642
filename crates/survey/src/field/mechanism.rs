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

/// Page feedback: one survey on every page of a site.
pub static FEEDBACK: &[Field] = &[
    Field::required(
        "path",
        Shape::Variable,
        "The `hidden` question that takes the path of the page by itself.",
    ),
    Field::required("useful", Shape::Variable, "The question whether the page is useful."),
    Field::optional("no", Shape::Integer(0, 999_999_999), "Its code for \"no\": 0 unless said."),
    Field::optional(
        "problem",
        Shape::Integer(0, 999_999_999),
        "Its code for \"there is a problem with this page\", if it has one.",
    ),
];

/// Prioritising: choosing among projects by ballot.
pub static PRIORITISING: &[Field] = &[
    Field::required("question", Shape::Variable, "The question that is the ballot."),
    Field::optional("winners", Shape::Integer(1, 1000), "How many projects win; this or `budget`."),
    Field::optional(
        "budget",
        Shape::Number,
        "What there is to be spent, in tenge: projects win by votes for as long as it lasts.",
    ),
    Field::optional("costs", Shape::Objects(COST), "What each project costs, where there is a `budget`."),
];

/// The fields of a cost.
pub static COST: &[Field] = &[
    Field::required("code", Shape::Integer(0, 999_999_999), "The code of the project."),
    Field::required("cost", Shape::Number, "What it costs, in tenge."),
];
