//! What may be said of many responses, and how it is worked out.
//!
//! Read the modules in this order: [`shape`] (which columns make a question), [`count`] (what is counted while rows go
//! by), [`summary`] (each question at a glance), [`filter`], [`disclosure`] (what must not be shown), and [`chart`]
//! (pictures).
//!
//! Nothing here does I/O, reads a clock or makes randomness, and there is no sentence that a person reads: results are
//! numbers and codes, which whoever shows them puts into words. Counts are whole numbers and exact; a share, a mean or a
//! test is a binary float made of them in the last step.

pub mod chart;
pub mod count;
pub mod disclosure;
pub mod filter;
pub mod rows;
pub mod shape;
pub mod summary;

pub use count::Counts;
pub use rows::Rows;
pub use shape::{Kind, Shape, shapes};
