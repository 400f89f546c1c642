//! What the statistics promise, on surveys and tables made for it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crosstab;
mod disclosure;
mod opinion;
mod quality;
mod summary;
mod support;
mod weights;
