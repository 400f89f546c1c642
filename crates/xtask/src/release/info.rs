//! `build-info.json`: what somebody needs to build the same bytes again. It has no time: the commit has one.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::checkout::{Commit, Product};
use crate::command;
use crate::files;
use crate::tools;

/// The commit, the kind of machine, and the version of everything that compiled.
pub(super) fn of(product: &Product, commit: &Commit) -> Result<Value> {
    let places = product.places();
    let rustc = command::text(Command::new("rustc").arg("-vV").current_dir(&places.root))?;
    let said = |name: &str| {
        rustc.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
    };
    let lock: Value =
        serde_json::from_slice(&files::read(&places.root.join("crates/xtask/npm/package-lock.json"))?)?;
    let npm = |name: &str| lock["packages"][format!("node_modules/{name}")]["version"].clone();
    let manifest: Value = serde_json::from_slice(product.manifest()?)?;
    let compiler = command::text(Command::new("cc").arg("--version")).context("there is no C compiler")?;
    Ok(json!({
        "commit": commit.id,
        "version": env!("CARGO_PKG_VERSION"),
        "widget": manifest["version"],
        "target": said("host"),
        "tools": {
            "rustc": format!("{} ({})", said("release"), said("commit-hash")),
            "llvm": said("LLVM version"),
            "cc": compiler.lines().next().unwrap_or_default(),
            "trunk": tools::trunk().version,
            "wasm-bindgen": tools::wasm_bindgen(&places)?.version,
            "binaryen": npm("binaryen"),
            "esbuild": npm("esbuild"),
        },
    }))
}
