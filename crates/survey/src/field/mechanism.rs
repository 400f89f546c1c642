//! The fields of what a survey is besides a survey: an object for each mechanism. The widget reads none of them.

use super::{Field, Shape};

/// The mechanisms by name.
pub const NAMES: &[&str] = &["consultation", "forum", "meeting", "reception", "prioritising", "feedback"];

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
