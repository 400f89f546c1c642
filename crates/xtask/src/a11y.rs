//! `cargo xtask a11y`: the whole accessibility matrix, every engine, and the conformance report in `docs/accessibility`
//! made of what ran. Also how `cargo xtask test` runs the browser tests, which hold a covering part of the matrix.

use std::process::Command;

use anyhow::{Result, bail};

use crate::places::Places;
use crate::steps::{self, Step, say};
use crate::{build, command, tools};

/// Builds, runs everything and writes the report. It takes the better part of an hour on two cores.
pub(crate) fn run(places: &Places) -> Result<()> {
    let mut steps = build::steps();
    steps.extend([
        Step::new("matrix", "the browser tests, with the whole matrix", whole),
        Step::new("report", "the conformance report", report),
    ]);
    steps::run(&steps, places).map(drop)
}

/// The browser tests, against the built program.
pub(crate) fn browser(places: &Places) -> Result<()> {
    command::run(&mut tests(places)?)
}

fn whole(places: &Places) -> Result<()> {
    tools::screen_reader()?;
    command::run(tests(places)?.env("QULAQ_MATRIX", "whole"))
}

fn report(places: &Places) -> Result<()> {
    command::run(conformance(places).env("QULAQ_MATRIX", "whole"))
}

/// Fails when the committed report says anything else than the browser tests that ran last.
pub(crate) fn check(places: &Places) -> Result<()> {
    command::run(conformance(places).arg("--check"))
}

fn conformance(places: &Places) -> Command {
    let mut node = Command::new("node");
    node.arg("conformance.mjs").current_dir(places.root.join("tests"));
    node
}

fn tests(places: &Places) -> Result<Command> {
    let program = places.qulaq();
    if !program.is_file() {
        bail!("{} is not built yet: run `cargo xtask build`", program.display());
    }
    tools::python()?;
    let chromium = tools::chromium()?;
    tools::engines()?;
    tools::for_running()?;
    tools::npm_tests(places)?;
    say(&format!("with {}", chromium.display()));
    let mut npm = Command::new("npm");
    npm.arg("test").current_dir(places.root.join("tests"));
    npm.env("CHROMIUM", chromium).env("QULAQ_BIN", program);
    Ok(npm)
}
