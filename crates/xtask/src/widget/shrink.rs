//! Making files small without changing what they do: `wasm-opt` for WASM, esbuild for scripts and style.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::files;
use crate::tools::NpmTools;

/// What rustc 1.95 emits for `wasm32-unknown-unknown` beyond the first version of WASM.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The oldest JavaScript that browsers with constructed style sheets understand.
const SCRIPT_TARGET: &str = "--target=es2022";

/// The optimised module without names; the same module with its names goes to `named`.
pub(crate) fn wasm(tools: &NpmTools, source: &Path, named: &Path) -> Result<Vec<u8>> {
    let bare = named.with_file_name("bare.wasm");
    files::write(named, "")?;
    command::run(wasm_opt(tools, source, named).args(["-Oz", "--debuginfo"]))?;
    command::run(wasm_opt(tools, named, &bare).args([
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ]))?;
    files::read(&bare)
}

/// The script that starts the module, with that of wasm-bindgen, which it knows by `name`, as one minified module.
pub(crate) fn glue(
    tools: &NpmTools,
    starter: &Path,
    (name, bindings): (&str, &Path),
    work: &Path,
) -> Result<String> {
    let output = work.join("glue.js");
    let alias = format!("--alias:{name}={}", bindings.display());
    command::run(esbuild(tools, starter, &output).args(["--bundle", "--format=esm", SCRIPT_TARGET, &alias]))?;
    files::read_text(&output)
}

/// One script, minified as it stands: its imports are left for the browser.
pub(crate) fn script(tools: &NpmTools, source: &Path, work: &Path) -> Result<String> {
    let name = source.file_name().context("a script has a name")?;
    let output = work.join(name);
    command::run(esbuild(tools, source, &output).args(["--format=esm", SCRIPT_TARGET]))?;
    files::read_text(&output)
}

/// One minified style sheet.
pub(crate) fn style(tools: &NpmTools, sheet: &str, work: &Path) -> Result<String> {
    let (source, output) = (work.join("all.css"), work.join("small.css"));
    files::write(&source, sheet)?;
    command::run(&mut esbuild(tools, &source, &output))?;
    files::read_text(&output)
}

fn wasm_opt(tools: &NpmTools, source: &Path, output: &Path) -> Command {
    let mut command = tools.command("wasm-opt");
    command.arg(source).arg("--output").arg(output).args(WASM_FEATURES);
    command
}

fn esbuild(tools: &NpmTools, source: &Path, output: &Path) -> Command {
    let mut command = tools.command("esbuild");
    command.arg(source).arg(format!("--outfile={}", output.display()));
    command.args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    command
}
