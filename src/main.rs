//! The module that the browser loads; everything is in the library.
fn main() {}
