//! What the tests share: a collector on loopback, the program as a process, and a client for both.

mod client;
mod examples;
mod form;
mod program;
mod server;

pub(crate) use client::{Client, Reply};
pub(crate) use examples::{answer_no, answer_yes, definition, response, small, urlencoded};
pub(crate) use form::{filled, hidden, receipt};
pub(crate) use program::{Program, Running};
pub(crate) use server::{Collector, NOW, rows_in, write_package};
