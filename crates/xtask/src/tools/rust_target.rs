//! The compiled standard library of `wasm32-unknown-unknown` for the pinned toolchain.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;
use crate::places::Places;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target through rustup when the compiler does not have it.
pub(crate) fn ensure(places: &Places) -> Result<()> {
    if is_installed(places)? {
        return Ok(());
    }
    if command::which("rustup").is_none() {
        bail!(
            "this Rust has no {TARGET}: install it from your distribution, or use rustup (https://rustup.rs)"
        );
    }
    command::run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(&places.root))
}

fn is_installed(places: &Places) -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]).current_dir(&places.root);
    Ok(std::path::Path::new(command::text(&mut rustc)?.trim()).is_dir())
}
