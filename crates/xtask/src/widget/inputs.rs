//! What the package is made from, and whether the package at hand was made from exactly that.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::digest::Hasher;
use crate::files;
use crate::places::Places;
use crate::tools;

/// Files and directories whose content decides the package; the last two decide how it is made.
const SOURCES: [&str; 14] = [
    "build.rs",
    "src",
    "crates/survey",
    "crates/work",
    "public",
    "style",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "crates/xtask/src/widget",
    "crates/xtask/npm",
];

/// The hash of all of them, and of the tools' versions.
pub(crate) fn hash(places: &Places) -> Result<String> {
    let mut hasher = Hasher::default();
    for source in SOURCES {
        hasher.add_tree(&places.root, source)?;
    }
    hasher.add(tools::trunk().version).add(tools::wasm_bindgen(places)?.version);
    Ok(hasher.hex())
}

/// Whether a whole package made from inputs with this hash is there.
pub(crate) fn are_built(places: &Places, hash: &str) -> bool {
    places.package().join("manifest.json").is_file()
        && fs::read_to_string(stamp(places)).is_ok_and(|it| it == hash)
}

/// Notes that the package at hand was made from inputs with this hash.
pub(crate) fn remember(places: &Places, hash: &str) -> Result<()> {
    files::write(&stamp(places), hash)
}

fn stamp(places: &Places) -> PathBuf {
    places.root.join("dist/widget-inputs")
}
