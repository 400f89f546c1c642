//! What is followed after a citizen has spoken: on which working day it is registered, and by which it must be answered.
//!
//! Read [`workdays`] (which days an office works, from data) and then [`term`] (what the law counts in them). Nothing here
//! does I/O or reads a clock, and there is no sentence for a citizen: results are days and faults.

pub mod term;
pub mod workdays;

pub use term::{Counting, Received, Term};
pub use workdays::WorkingDays;
