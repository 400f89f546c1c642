//! What is followed after a citizen has spoken: its public number, the states that it goes through, on which working day
//! it is registered, and by which it must be answered.
//!
//! Read [`mechanism`] (what there is to be followed, and which state may follow which), [`number`] (what citizens call a
//! matter), [`workdays`] (which days an office works, from data) and then [`term`] (what the law counts in them). Nothing
//! here does I/O or reads a clock, and there is no sentence for a citizen: results are states, days and faults.

pub mod mechanism;
pub mod number;
pub mod term;
pub mod workdays;

pub use mechanism::{Mechanism, Shown, State};
pub use number::MatterNumber;
pub use term::{Counting, Received, Term};
pub use workdays::WorkingDays;
