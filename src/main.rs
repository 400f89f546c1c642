//! The module that the browser loads. What it exports is in the library; this makes a program of it for Trunk.

use qulaq as _;

fn main() {}
