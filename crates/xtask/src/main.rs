//! `cargo xtask`: the developer commands. The command line lives here; each command is one file beside this
//! one.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tables on stdout and progress on stderr are the job"
)]

mod a11y;
mod api;
mod bench;
mod build;
mod chaos;
mod command;
mod compress;
mod demo;
mod digest;
mod docs;
mod files;
mod format;
mod fuzz;
mod lock;
mod places;
mod release;
mod size;
mod steps;
mod test;
mod tidy;
mod tools;
mod widget;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use places::Places;

/// Developer commands of Qulaq. `demo` and `test` do all the set-up they need.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build everything and run the demo
    Demo(demo::Options),
    /// Leave target/release/qulaq with the widget inside
    Build,
    /// Build the last commit twice, compare, and leave the files of a release
    Release(release::Options),
    /// Run everything that CI runs
    Test(test::Options),
    /// Run the whole accessibility matrix and write docs/accessibility
    A11y,
    /// Print the bytes of the widget against their budgets
    Size(size::Options),
    /// Check the invariants of the source tree
    Tidy,
    /// Write the reference of the survey format and the pictures of its kinds
    Docs(docs::Options),
    /// Throw changed definitions, expressions and answers at the survey model until one breaks it
    Fuzz(fuzz::Options),
    /// Measure, and print the figures as a table
    Bench(bench::Options),
    /// Break what can break under load, and prove that no answer is lost or doubled
    Chaos(chaos::Options),
}

fn main() -> ExitCode {
    let done = widget::link::run_if_asked()
        .unwrap_or_else(|| Places::find().and_then(|places| run(Cli::parse().command, &places)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, places: &Places) -> Result<()> {
    match command {
        Command::Demo(options) => demo::run(&options, places),
        Command::Build => build::run(places),
        Command::Release(options) => release::run(&options, places),
        Command::Test(options) => test::run(&options, places),
        Command::A11y => a11y::run(places),
        Command::Size(options) => size::run(&options, places),
        Command::Tidy => tidy::run(places),
        Command::Docs(options) => docs::run(&options, places),
        Command::Fuzz(options) => fuzz::run(&options, places),
        Command::Bench(options) => bench::run(&options, places),
        Command::Chaos(options) => chaos::run(&options, places),
    }
}
