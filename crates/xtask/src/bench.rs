//! `cargo xtask bench`: figures for a table, never a test. A machine that does other things beside gives other figures;
//! the ratios within one run are what can be compared.

mod console;
mod export;
mod ingest;
mod pages;
pub(crate) mod process;
mod survey;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::format;
use crate::places::Places;

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// What the survey model costs on this machine and as WASM, by the number of questions
    Survey(survey::Options),
    /// How many responses a second the collector keeps, and how long each waits
    Ingest(ingest::Options),
    /// How long a table takes in each format, and how much memory
    Export(export::Options),
    /// How long the console takes to show a survey with many responses, after a start and after that
    Console(console::Options),
    /// How long pages take about what 100,000 people said, beside the same pages with 1,000
    Pages(pages::Options),
}

/// Measures it.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    match &options.what {
        What::Survey(options) => survey::run(options, places),
        What::Ingest(options) => ingest::run(options, places),
        What::Export(options) => export::run(options, places),
        What::Console(options) => console::run(options, places),
        What::Pages(options) => pages::run(options, places),
    }
}

/// The figure in the middle.
fn median(mut of: Vec<f64>) -> Option<f64> {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied()
}

fn per_second(rate: f64) -> String {
    format::bytes(rate.round() as u64)
}
