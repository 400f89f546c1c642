//! `cargo xtask bench console`: the page of a survey with many responses in the console, right after a start of the
//! collector and once more after that; the same of a group by a condition and by flags, and a table of such a group.

use anyhow::{Context, Result};
use clap::Args;
use std::process::Command;

use super::export;
use crate::places::Places;
use crate::steps::say;
use crate::{command, files, format};

/// What is measured.
#[derive(Args)]
pub(super) struct Options {
    /// Responses in the store; may be given again, or with commas between
    #[arg(long, value_name = "ROWS", value_delimiter = ',', default_values_t = [10_000, 100_000, 1_000_000])]
    rows: Vec<u64>,
}

/// Builds the program and prints a table. The first of the two processes makes the blocks that figures are kept up in, as
/// a collector does while responses come in; what is measured is the second, which finds them.
pub(super) fn run(options: &Options, places: &Places) -> Result<()> {
    let [bench, _] = export::build(places)?;
    let data = places.target.join("bench-console");
    let looks =
        ["first look ms", "second look ms", "page KiB", "condition ms", "again ms", "flags ms", "again ms"];
    let header = [&["responses", "blocks made in s"][..], &looks, &["table of a group ms"]].concat();
    let mut table = vec![header.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    for rows in &options.rows {
        files::remove_dir(&data)?;
        say(&format!("{} responses", format::bytes(*rows)));
        let path = data.to_string_lossy().into_owned();
        command::output(Command::new(&bench).args(["twenty", &path, &rows.to_string()]))?;
        let look = || command::text(Command::new(&bench).args(["console", &path]));
        let (making, found) = (look()?, look()?);
        let figures = |told: &str| told.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (making, found) = (figures(&making), figures(&found));
        let made = making.first().context("the measurement said nothing")?.clone();
        table.push([vec![format::bytes(*rows), made], found.into_iter().skip(1).collect()].concat());
    }
    print!("\n{}", format::table(&table));
    files::remove_dir(&data)
}
