//! The tools that a build needs and Cargo does not bring: each has a pinned version, one file, and an
//! `ensure`.
//!
//! They come from the package registries of Rust, npm and Debian and from nowhere else, and they are kept in
//! the cache of `Places::tools`. A tool on the search path with exactly the pinned version is used as it is.

mod cargo;
mod chromium;
mod debian;
mod engines;
mod npm;
mod postgres;
mod python;
mod readers;
mod rust_target;

pub(crate) use chromium::ensure as chromium;
pub(crate) use debian::for_running;
pub(crate) use engines::{ensure as engines, ensure_reader as screen_reader};
pub(crate) use npm::{Tools as NpmTools, ensure_tests as npm_tests};
pub(crate) use postgres::ensure as postgres;
pub(crate) use python::Environment as PythonEnvironment;
pub(crate) use readers::ensure as readers;
pub(crate) use rust_target::ensure as rust_target;

use anyhow::{Context, Result};

use crate::command;
use crate::files;
use crate::places::Places;
use crate::steps::Step;
use cargo::CargoTool;

const TRUNK_VERSION: &str = "0.21.14";

/// Trunk, which builds the widget's WASM. 0.22 wants a newer compiler than ours.
pub(crate) fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: TRUNK_VERSION.to_owned(),
        locked: true,
        takes: "4 minutes",
    }
}

/// The other half of the `wasm-bindgen` crate. The two must be of one version, so `Cargo.lock` decides it.
pub(crate) fn wasm_bindgen(places: &Places) -> Result<CargoTool> {
    let lock = files::read_text(&places.root.join("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    // Built without its own lock file, which names versions that were since withdrawn.
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: version.to_owned(),
        locked: false,
        takes: "2 minutes",
    })
}

/// The steps that make every tool of the widget's build ready.
pub(crate) fn steps() -> Vec<Step> {
    vec![
        Step::new("rust-target", "Rust's own part for WASM", rust_target),
        Step::new("trunk", format!("Trunk {TRUNK_VERSION}"), |places| trunk().ensure(places).map(drop)),
        Step::new("wasm-bindgen", "wasm-bindgen, of the version in Cargo.lock", |places| {
            wasm_bindgen(places)?.ensure(places).map(drop)
        }),
        Step::new("npm-tools", "wasm-opt, esbuild and tsc, of the versions in package-lock.json", |places| {
            NpmTools::ensure(places).map(drop)
        }),
    ]
}

/// Python 3, with which one browser test reads an export back as an analyst would.
pub(crate) fn python() -> Result<()> {
    let python = command::which("python3");
    python
        .map(drop)
        .context("Python 3 is missing, and a browser test uses it: on Debian, `apt-get install python3`")
}

fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let header = format!("name = \"{package}\"\nversion = \"");
    let (_, after) = lock.split_once(&header)?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn a_version_is_read_from_the_lock_file_by_the_whole_name_of_its_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }
}
