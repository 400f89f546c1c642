//! `cargo xtask demo`: from a fresh clone to a running demo.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::build;
use crate::places::Places;
use crate::steps::{self, say};

/// What goes on to `qulaq demo`.
#[derive(Args)]
pub(crate) struct Options {
    /// Arguments for `qulaq demo`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds, then becomes `qulaq demo`, so that signals and the terminal are the demo's own.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    steps::run(&build::steps(), places)?;
    say("starting the demo");
    let mut demo = Command::new(places.qulaq());
    demo.arg("demo").args(&options.arguments).current_dir(&places.root);
    become_it(&mut demo)
}

#[cfg(unix)]
fn become_it(demo: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    // `exec` comes back only when it could not start the program.
    Err(anyhow::Error::new(demo.exec()).context("cannot start the demo"))
}

#[cfg(not(unix))]
fn become_it(demo: &mut Command) -> Result<()> {
    crate::command::run(demo)
}
