//! Rust to WASM: Trunk with the pinned `wasm-bindgen`, and no other download than the crates of `Cargo.lock`.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use super::link;
use crate::command;
use crate::files;
use crate::places::Places;
use crate::steps::say;
use crate::tools;

/// The name of the binary target, which Trunk gives to both files.
pub(crate) const NAME: &str = "qulaq-widget";

/// A module: the widget with the common kinds of question, or with all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Module {
    /// The name of its files.
    pub(crate) name: &'static str,
    /// The features of the crate.
    features: &'static str,
}

/// Both modules. Most surveys do with the first.
pub(crate) const MODULES: [Module; 2] =
    [Module { name: "app", features: "hydrate" }, Module { name: "whole", features: "hydrate,whole" }];

/// What Trunk leaves.
pub(crate) struct Compiled {
    /// The module, not yet optimised.
    pub(crate) wasm: PathBuf,
    /// The JavaScript that starts it.
    pub(crate) glue: PathBuf,
}

/// Compiles a module for the browser, with the settings of `Trunk.toml`, into a directory of `work`.
pub(crate) fn run(places: &Places, work: &Path, module: Module) -> Result<Compiled> {
    // Trunk is told to stay offline, and passes that on to Cargo, so the crates must be here before it
    // starts.
    command::run(places.cargo().arg("fetch"))?;
    // Not the directory in Trunk.toml, where a developer's `trunk serve` may be writing at this moment.
    let output = work.join("trunk").join(module.name);
    say(&format!("compiling {}.wasm (2 minutes the first time) ...", module.name));
    command::run(trunk(places, &output)?.arg(page(places, module)?))?;
    let compiled =
        Compiled { wasm: output.join(format!("{NAME}_bg.wasm")), glue: output.join(format!("{NAME}.js")) };
    for file in [&compiled.wasm, &compiled.glue] {
        ensure!(file.is_file(), "Trunk left no {}: `filehash` must be false in Trunk.toml", file.display());
    }
    Ok(compiled)
}

/// A page with nothing but the module: what Trunk starts from.
fn page(places: &Places, module: Module) -> Result<PathBuf> {
    // Trunk reads the address from where the page is.
    let page = places.root.join("dist").join(format!("{}.html", module.name));
    let link = format!(
        "<link data-trunk rel=\"rust\" href=\"../Cargo.toml\" data-bin=\"{NAME}\" data-cargo-features=\"{}\" \
         data-cargo-no-default-features data-wasm-opt=\"0\">",
        module.features
    );
    files::write(&page, format!("<!doctype html>\n<html><head>{link}</head></html>\n"))?;
    Ok(page)
}

fn trunk(places: &Places, output: &Path) -> Result<Command> {
    let mut trunk = Command::new(tools::trunk().ensure(places)?);
    trunk.args(["build", "--release", "--offline=true", "--dist"]).arg(output);
    places.clean(&mut trunk);
    make_repeatable(&mut trunk);
    link::by_this_program(places, &mut trunk)?;
    trunk.env("PATH", path_with(&tools::wasm_bindgen(places)?.ensure(places)?)?);
    // Trunk 0.21 takes `true` and `false` only from this variable, and stops at the usual `NO_COLOR=1`.
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        trunk.env_remove("NO_COLOR").args(["--color", "never"]);
    }
    Ok(trunk)
}

/// The module must be the same on every machine, and say nothing about the one it was made on.
pub(super) fn make_repeatable(trunk: &mut Command) {
    // These would replace the flags of `.cargo/config.toml`, and with them what the module is.
    trunk.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    // Panics name the file of a dependency by its full path, which begins with the developer's home directory.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    if let Some(home) =
        home.as_deref().and_then(Path::to_str).filter(|home| !home.contains(char::is_whitespace))
    {
        trunk.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            format!("--remap-path-prefix={home}=cargo"),
        );
    }
}

/// The search path with the directory of this program before all others.
fn path_with(program: &Path) -> Result<OsString> {
    let first = program.parent().map(Path::to_owned);
    let others = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(first.into_iter().chain(env::split_paths(&others)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_program_comes_before_any_other_of_its_name() {
        let path = path_with(Path::new("/tools/wasm-bindgen-cli-1/bin/wasm-bindgen")).unwrap();
        assert_eq!(env::split_paths(&path).next().unwrap(), Path::new("/tools/wasm-bindgen-cli-1/bin"));
    }
}
