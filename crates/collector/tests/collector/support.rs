//! What the tests share: a collector on loopback, the program as a process, and a client for both.

mod client;
pub(crate) mod consultation;
mod examples;
mod form;
mod forms;
mod postgres;
mod program;
pub(crate) mod provider;
mod server;
mod work;

pub(crate) use client::{Client, Reply};
pub(crate) use examples::{answer_no, answer_yes, definition, response, small, urlencoded};
pub(crate) use form::{filled, filled_in, hidden, receipt};
pub(crate) use forms::{Form, forms_in};
pub(crate) use postgres::Database;
pub(crate) use program::{Program, Running};
pub(crate) use server::{Collector, NOW, write_package};
pub(crate) use work::solve;

/// Runs each of these tests, which are given a collector or a program, on both engines.
macro_rules! on_both_engines {
    ($on:ident: $($test:ident)*) => {
        mod sqlite {
            use crate::support::$on;

            $(#[test] fn $test() { super::$test(&$on::default()); })*
        }

        mod postgres {
            use crate::support::$on;

            $(#[test] fn $test() { super::$test(&$on::on_postgres()); })*
        }
    };
}

pub(crate) use on_both_engines;
