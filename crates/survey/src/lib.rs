//! The survey model that both ends compile: what a questionnaire is, what may be answered, and what an analyst gets.
//!
//! Read the modules in this order: [`text`] and [`definition`] (what an author writes), [`kind`] and [`domain`] (what a
//! question means and what may be answered), [`expression`] and [`route`] (who is asked what), [`form`] (the way
//! through), [`answer`], [`response`] and [`mod@check`] (what a citizen sends), [`columns`] and [`tally`] (what comes
//! out). [`texts`] lists everything that can be translated, [`paper`] says what of a filled-in sheet can be counted,
//! [`partial`] what of a response that is not finished.
//!
//! Nothing here does I/O, reads a clock, makes randomness or holds a sentence that a citizen reads: the browser
//! downloads every byte of it. Messages in English are for authors ([`fault`]) and for programmers ([`problem`]).

#![cfg_attr(
    not(feature = "whole"),
    expect(dead_code, reason = "the smaller module asks the common kinds alone")
)]

pub mod answer;
pub mod calendar;
pub mod canonical;
pub mod check;
pub mod columns;
pub mod definition;
pub mod domain;
pub mod expression;
pub mod fault;
pub mod field;
pub mod fold;
pub mod forget;
pub mod form;
mod inspect;
pub mod kind;
pub mod mask;
pub mod missing;
pub mod number;
pub mod order;
pub mod paper;
pub mod partial;
pub mod problem;
mod read;
pub mod response;
pub mod route;
pub mod schema;
pub mod tally;
pub mod text;
pub mod texts;
mod typed;

pub use answer::{Answer, Answers};
pub use check::check;
pub use definition::{Choice, Pace, Page, Question, Rule, Survey};
pub use domain::Domain;
pub use fault::Fault;
pub use kind::{Control, KINDS};
pub use missing::Missing;
pub use problem::{Code, Problem};
pub use response::Response;
pub use route::{At, Occasion};
pub use text::Text;
