//! `cargo xtask test`: everything that CI runs, with its set-up, as steps that can also be run one by one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::places::Places;
use crate::steps::{self, Step, Timing};
use crate::tools::{self, NpmTools};
use crate::{a11y, api, build, chaos, command, format, fuzz, size, tidy, widget};

/// Which part of the tests to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Run one step alone, such as `tidy`, `types`, `clippy`, `unit`, `size` or `browser`
    #[arg(long, value_name = "STEP")]
    only: Option<String>,
}

/// Runs the steps, stops at the first that fails, and ends with a table of times.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    let steps = match &options.only {
        Some(name) => vec![one(steps(), name)?],
        None => steps(),
    };
    let timings = steps::run(&steps, places)?;
    print!("\n{}", format::table(&rows(&timings)));
    Ok(())
}

/// In this order: what is quick and fails often comes first, and what embeds the widget comes after it.
fn steps() -> Vec<Step> {
    let mut steps = vec![Step::new("tidy", "the invariants of the source tree", tidy::run)];
    steps.extend(tools::steps());
    steps.extend([
        Step::new("types", "the loader's types", types),
        widget::step(),
        Step::new("clippy", "clippy, the widget as the server renders it", clippy),
        Step::new("clippy-wasm", "clippy, the widget as the browser runs it", clippy_wasm),
        Step::new("unit", "the Rust tests", unit),
        Step::new("fuzz", "the fuzz targets, for a few seconds each", fuzz::briefly),
        build::collector_step(),
        Step::new(
            "readers",
            "exports read back, and statistics done again, by other people's software",
            readers,
        ),
        Step::new("api", "the API of the built program against its description", api::check),
        Step::new("chaos", "crashes, faults and a fail-over, against the built program", chaos::briefly),
        Step::new("size", "the widget's bytes against their budgets", size::check),
        Step::new("browser", "the browser tests, against the built program", a11y::browser),
        Step::new("conformance", "the conformance report against the tests that ran", a11y::check),
    ]);
    steps
}

fn one(steps: Vec<Step>, name: &str) -> Result<Step> {
    let names = steps.iter().map(|step| step.name).collect::<Vec<_>>().join(", ");
    let step = steps.into_iter().find(|step| step.name == name);
    step.with_context(|| format!("there is no step `{name}`; the steps are {names}"))
}

/// The scripts that are served by the collector alone: of a framed page, and of a preview.
const OF_THE_COLLECTOR: [&str; 2] =
    ["crates/collector/src/http/frame.js", "crates/collector/src/command/preview/live.js"];

fn types(places: &Places) -> Result<()> {
    let mut tsc = NpmTools::ensure(places)?.command("tsc");
    tsc.args(["--allowJs", "--checkJs", "--noEmit", "--strict", "--pretty"]);
    tsc.args(["--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--module", "esnext"]);
    tsc.args(["--moduleResolution", "bundler"]);
    tsc.args(scripts(&places.root.join("public"))?).args(OF_THE_COLLECTOR);
    command::run(tsc.current_dir(&places.root))
}

/// Every script in a directory, in order.
fn scripts(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut scripts = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            scripts.push(path);
        }
    }
    scripts.sort();
    Ok(scripts)
}

/// The collector turns the widget's `ssr` on for the whole workspace, so `hydrate` has a step of its own.
fn clippy(places: &Places) -> Result<()> {
    command::run(places.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn clippy_wasm(places: &Places) -> Result<()> {
    let mut clippy = places.cargo();
    clippy.args(["clippy", "--package", "qulaq", "--features", "hydrate", "--profile", "dev"]);
    command::run(clippy.args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]))
}

fn unit(places: &Places) -> Result<()> {
    tools::postgres()?;
    command::run(places.cargo().args(["test", "--workspace"]))
}

/// Every format of an export, in Python's readers, GNU PSPP, R and LibreOffice, against the built program.
fn readers(places: &Places) -> Result<()> {
    let mut tests = Command::new(tools::readers(places)?);
    tests.args(["-B", "-m", "unittest", "discover", "--start-directory", "tests/readers"]);
    command::run(tests.env("QULAQ_BIN", places.qulaq()).current_dir(&places.root))
}

fn rows(timings: &[Timing]) -> Vec<Vec<String>> {
    let total = Timing { name: "all", took: timings.iter().map(|timing| timing.took).sum() };
    let row = |timing: &Timing| vec![timing.name.to_owned(), format::duration(timing.took)];
    timings.iter().chain([&total]).map(row).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_step_has_a_name_of_its_own() {
        let steps = steps();
        let names: HashSet<_> = steps.iter().map(|step| step.name).collect();
        assert_eq!(names.len(), steps.len());
    }

    #[test]
    fn an_unknown_step_is_answered_with_the_names_of_all() {
        let error = one(steps(), "tidi").map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("`tidi`") && error.contains("tidy, "), "{error}");
    }
}
