//! What a survey is besides a survey: a file for each mechanism that reads its part of the definition and knows its rules.
//! What is shown of it is in `http`.

pub(crate) mod feedback;
pub(crate) mod prioritising;
