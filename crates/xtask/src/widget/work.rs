//! `work.wasm`: the solver of puzzles, of a crate of its own, which is compiled for speed.

use std::path::Path;

use anyhow::Result;

use super::compile::make_repeatable;
use crate::command;
use crate::files;
use crate::places::Places;
use crate::steps::say;

/// The name of the file in the package.
pub(super) const NAME: &str = "work.wasm";

const MANIFEST: &str = "crates/work/wasm/Cargo.toml";
const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles it below `work`. Without an allocator or a panic in it there is nothing to make smaller.
pub(super) fn wasm(places: &Places, work: &Path) -> Result<Vec<u8>> {
    say("compiling work.wasm ...");
    let output = work.join("work");
    let mut cargo = places.cargo();
    make_repeatable(&mut cargo);
    cargo.args(["build", "--release", "--locked", "--offline", "--target", TARGET, "--manifest-path"]);
    command::run(cargo.arg(places.root.join(MANIFEST)).arg("--target-dir").arg(&output))?;
    files::read(&output.join(TARGET).join("release/work_wasm.wasm"))
}
