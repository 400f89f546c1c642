//! The model from outside: the example surveys and small definitions of our own, read, walked, checked and laid out in
//! columns.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::needless_pass_by_value, reason = "the tests hand over JSON made on the spot")]

mod support;

mod check;
mod columns;
mod definition;
mod edges;
mod entries;
mod expressions;
mod flow;
mod forget;
mod form;
mod kinds;
mod mask;
mod mechanism;
mod order;
mod pace;
mod paper;
mod partial;
mod pipes;
mod publish;
mod review;
mod route;
mod turns;
