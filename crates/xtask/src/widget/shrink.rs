//! Making files small without changing what they do: `wasm-opt` for WASM, esbuild for scripts and style.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::blank;
use super::boundary::{self, Names};
use super::compile::Compiled;
use super::{lighter, silence};
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

/// What the script of wasm-bindgen may take for absent, so that what it does where these exist is left out: it would free
/// what a page has dropped, and what the module gives the page stays there as long as the page.
const ABSENT: [&str; 2] = ["--define:Symbol.dispose=undefined", "--define:FinalizationRegistry=undefined"];

/// What wasm-bindgen would tell developers of servers and of parameters; ours are as they must be.
const UNSAID: &str = "--drop:console";

/// The oldest JavaScript that browsers with constructed style sheets understand.
const SCRIPT_TARGET: &str = "--target=es2022";

/// What makes the module small. `--flatten` and `--rereloop` take its blocks apart and put them together again, for which
/// the second `-Oz` then finds more. No address below 1,024 is used: the stack stands there, and it grows down from above.
/// The rest is for the compression: small functions are written out where they are called, nothing says how its address
/// is aligned (a hint that browsers ignore), and functions stand in the order of their names, like beside like.
const SMALL: [&str; 8] = [
    "--low-memory-unused",
    "--always-inline-max-function-size=6",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--dealign",
    "--reorder-functions-by-name",
];

/// The module and the script of wasm-bindgen that belongs to it.
pub(crate) struct Pair {
    pub(crate) wasm: Vec<u8>,
    pub(crate) script: String,
}

/// The optimised pair, of which nothing but itself knows the names; the same module with its names goes to `named`.
pub(crate) fn pair(tools: &NpmTools, compiled: &Compiled, named: &Path) -> Result<Pair> {
    let (used, bare) = (named.with_file_name("used.wasm"), named.with_file_name("bare.wasm"));
    let script = lighter::script(&files::read_text(&compiled.glue)?)?;
    leave_out_unused(tools, &compiled.wasm, &script, &used)?;
    files::write(&used, blank::places(&silence::panics(&files::read(&used)?)?)?)?;
    command::run(wasm_tool(tools, "wasm-opt", &used, named).args(SMALL).arg("--debuginfo"))?;
    let printed = command::output(wasm_tool(tools, "wasm-opt", &used, &bare).args(SMALL).args([
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
        "--minify-imports-and-exports-and-modules",
    ]))?;
    let script = Names::read(&printed)?.apply(&script)?;
    Ok(Pair { wasm: files::read(&bare)?, script })
}

/// Leaves out the exports that the script does not use.
fn leave_out_unused(tools: &NpmTools, source: &Path, script: &str, used: &Path) -> Result<()> {
    let roots = used.with_file_name("roots.json");
    files::write(&roots, boundary::roots(&files::read(source)?, script)?.to_string())?;
    // It lists all that it leaves out.
    command::output(
        wasm_tool(tools, "wasm-metadce", source, used).arg("--debuginfo").arg("--graph-file").arg(&roots),
    )?;
    Ok(())
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
    command::run(
        esbuild(tools, starter, &output)
            .args(["--bundle", "--format=esm", SCRIPT_TARGET, UNSAID, &alias])
            .args(ABSENT),
    )?;
    files::read_text(&output)
}

/// One script, minified as it stands: its imports are left for the browser.
pub(crate) fn script(tools: &NpmTools, source: &Path, work: &Path) -> Result<String> {
    let name = source.file_name().context("a script has a name")?;
    let output = work.join(name);
    command::run(esbuild(tools, source, &output).args(["--format=esm", SCRIPT_TARGET]))?;
    files::read_text(&output)
}

/// One script with what it imports, as one minified module; what it imports later is left for the browser.
pub(crate) fn bundle(tools: &NpmTools, source: &Path, work: &Path) -> Result<String> {
    let output = work.join("bundle.js");
    let whole = [
        "--bundle",
        "--external:./delivery.js",
        "--external:./warn.js",
        "--external:./around.js",
        "--format=esm",
        SCRIPT_TARGET,
    ];
    command::run(esbuild(tools, source, &output).args(whole))?;
    files::read_text(&output)
}

/// One minified style sheet.
pub(crate) fn style(tools: &NpmTools, sheet: &str, work: &Path) -> Result<String> {
    let (source, output) = (work.join("all.css"), work.join("small.css"));
    files::write(&source, sheet)?;
    command::run(&mut esbuild(tools, &source, &output))?;
    files::read_text(&output)
}

fn wasm_tool(tools: &NpmTools, name: &str, source: &Path, output: &Path) -> Command {
    let mut command = tools.command(name);
    command.arg(source).arg("--output").arg(output).args(WASM_FEATURES);
    command
}

fn esbuild(tools: &NpmTools, source: &Path, output: &Path) -> Command {
    let mut command = tools.command("esbuild");
    command.arg(source).arg(format!("--outfile={}", output.display()));
    command.args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    command
}
