//! The `qulaq` command.
fn main() {}
