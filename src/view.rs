//! What is to be shown: everything that the same HTML depends on, on the server and in the browser.

use std::sync::Arc;
use survey::calendar::Date;
use survey::route::{At, Occasion};
use survey::{Answers, Problem, Survey};

/// A form at one moment.
#[derive(Clone, Debug)]
pub struct View {
    /// The survey, at the pace at which it is asked.
    pub survey: Arc<Survey>,
    /// Its version, posted with the answers.
    pub version: String,
    /// The language, one of the survey's.
    pub lang: String,
    /// Where the form posts without scripts.
    pub action: String,
    /// Where the pictures, videos and sound of the survey are, with a slash at the end.
    pub media: String,
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
    /// The seed of the random orders, where there are any.
    pub seed: Option<u32>,
    /// The day in Kazakhstan.
    pub today: Option<Date>,
    /// The questions that have been shown so far.
    pub seen: Vec<String>,
    /// Whether an answer is being changed on the way to sending.
    pub changing: bool,
    /// Who helps with answering: one of [`survey::response::ASSISTANCE`]; nothing where that is not asked, and no help is
    /// offered.
    pub assisted: String,
}

impl View {
    /// What else than answers decides who is asked what.
    #[must_use]
    pub fn occasion(&self) -> Occasion {
        Occasion { seed: self.seed.unwrap_or_default(), today: self.today }
    }
}

/// What a form shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A page, or the answers for checking.
    At(At),
    /// The answers are kept.
    Sent {
        /// Takes the answers back; an endpoint that is not our collector may give none.
        receipt: Option<String>,
    },
    /// The survey takes no more answers.
    Closed,
    /// The survey takes no answers yet.
    NotYet,
    /// The quota with this index is full: the citizen's group has been heard.
    Full(usize),
}
