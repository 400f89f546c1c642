//! Guarding surveys: what is counted in memory for it, by names that nobody can read back and that are forgotten with the
//! day.

mod counts;
mod guesses;

pub(crate) use counts::{Counts, Named, network};
pub(crate) use guesses::Guesses;
