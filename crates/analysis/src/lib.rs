//! What may be said of many responses, and how it is worked out.
//!
//! Read the modules in this order: [`shape`] (which columns make a question), [`count`] (what is counted while rows go
//! by), [`summary`] (each question at a glance), [`variable`], [`filter`] and [`crosstab`] (cutting it), [`weights`],
//! [`disclosure`] (what must not be shown), [`quality`], [`words`], [`agreement`], [`outcome`], [`opinion`] (what votes on
//! statements say), and [`chart`] (pictures).
//!
//! Nothing here does I/O, reads a clock or makes randomness, and there is no sentence that a person reads: results are
//! numbers and codes, which whoever shows them puts into words. Counts are whole numbers and exact; a share, a mean or a
//! test is a binary float made of them in the last step.

pub mod agreement;
pub mod chart;
pub mod count;
pub mod crosstab;
pub mod disclosure;
pub mod filter;
pub mod opinion;
pub mod outcome;
pub mod quality;
pub mod rows;
pub mod shape;
pub mod summary;
pub mod variable;
pub mod weights;
pub mod words;

pub use count::Counts;
pub use rows::Rows;
pub use shape::{Kind, Shape, shapes};
