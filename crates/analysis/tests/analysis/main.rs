//! What the statistics promise, on surveys and tables made for it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod disclosure;
mod summary;
mod support;
