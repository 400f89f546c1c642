//! The survey model that both ends compile: what a questionnaire is, what may be answered, and what an analyst gets.
//!
//! Read the modules in this order: [`text`] and [`definition`] (what an author writes), [`kind`] (what a question
//! means), [`expression`] and [`route`] (who is asked what), [`answer`], [`response`] and [`check`] (what a citizen
//! sends), [`columns`] (what comes out).
//!
//! Nothing here does I/O, reads a clock, makes randomness or holds a sentence that a citizen reads: the browser
//! downloads every byte of it. Messages in English are for authors ([`fault`]) and for programmers ([`problem`]).

pub mod answer;
pub mod canonical;
pub mod check;
pub mod columns;
pub mod definition;
pub mod expression;
pub mod fault;
pub mod field;
pub mod form;
mod inspect;
pub mod kind;
pub mod missing;
pub mod problem;
mod read;
pub mod response;
pub mod route;
pub mod schema;
pub mod text;

pub use answer::{Answer, Answers};
pub use check::check;
pub use definition::{Choice, Page, Question, Rule, Survey};
pub use fault::Fault;
pub use kind::{Control, KINDS, Kind};
pub use missing::Missing;
pub use problem::{Code, Problem};
pub use response::Response;
pub use text::Text;
