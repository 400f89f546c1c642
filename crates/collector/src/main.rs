//! The `qulaq` program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    collector::command::main()
}
