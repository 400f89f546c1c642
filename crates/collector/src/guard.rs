//! Guarding surveys: what is counted in memory for it, by names that nobody can read back and that are forgotten with the
//! day.

mod counts;
mod flags;
mod guesses;
pub(crate) mod work;

pub(crate) use counts::{Counts, network};
pub(crate) use flags::{Crowd, FLAGS, Flag, RULES, TRAP, with_trap};
pub(crate) use guesses::Guesses;
pub(crate) use work::{Challenge, Demand, Lack};

use std::net::IpAddr;

/// What is known of who sent a response, for the moment in which it is taken in. None of it is kept.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sender {
    /// Where it comes from, as far as that can be believed.
    pub(crate) from: Option<IpAddr>,
    /// Whether it filled in a field that nobody sees.
    pub(crate) trapped: bool,
    /// What is wrong with its work, where the survey asks for work.
    pub(crate) lack: Option<Lack>,
}
