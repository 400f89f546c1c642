//! What is to be shown: everything that the same HTML depends on, on the server and in the browser.

use std::sync::Arc;
use survey::{Answers, Problem, Survey};

/// A form at one moment.
#[derive(Clone, Debug)]
pub struct View {
    /// The survey.
    pub survey: Arc<Survey>,
    /// Its version, posted with the answers.
    pub version: String,
    /// The language, one of the survey's.
    pub lang: String,
    /// Where the form posts without scripts.
    pub action: String,
    /// The level of the form's own heading, 1 to 6; headings within are one below.
    pub heading_level: u8,
    /// Which page, or what instead of one.
    pub state: State,
    /// What has been answered so far.
    pub answers: Answers,
    /// What must be mended on this page.
    pub problems: Vec<Problem>,
    /// The id of the response, when the server made it; the browser makes its own.
    pub response_id: Option<String>,
}

/// What a form shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The page with this index.
    Page(usize),
    /// The answers are kept.
    Sent {
        /// Takes the answers back; an endpoint that is not our collector may give none.
        receipt: Option<String>,
    },
    /// The survey takes no more answers.
    Closed,
}
