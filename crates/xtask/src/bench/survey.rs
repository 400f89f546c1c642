//! `cargo xtask bench survey`: what the model costs on this machine and as WASM, by the number of questions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use super::{median, per_second};
use crate::places::Places;
use crate::steps::say;
use crate::{command, format};

/// How long to measure.
#[derive(Args)]
pub(super) struct Options {
    /// So many runs of each; the figures are those in the middle
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
}

/// What the program prints a figure for, and what it is.
const DONE: [(&str, &str); 5] = [
    ("publish", "read a definition and check all of it"),
    ("open", "read a published definition"),
    ("take", "read a response and check it"),
    ("change", "find the route after a changed answer"),
    ("count", "lay a response out in cells and tally it"),
];

const SIZES: [u32; 3] = [10, 100, 1000];

/// WASM that has a clock and can print; the code of the model in it is that of the browser's module.
const WASM: &str = "wasm32-wasip1";

/// Runs it with WebAssembly of the engine that Chromium has.
const NODE: &str = "import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
const wasi = new WASI({ version: 'preview1' });
const module = await WebAssembly.compile(await readFile(process.env.QULAQ_BENCH));
wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));";

/// What one cell of the table shows of a run: of what was done, with how many questions.
type Figure<'a> = &'a dyn Fn(&(Figures, Figures), &str, u32) -> Option<f64>;

/// Nanoseconds by what was done and with how many questions.
type Figures = BTreeMap<(String, u32), f64>;

/// Builds the program twice and runs it so many times each, in turn.
pub(super) fn run(options: &Options, places: &Places) -> Result<()> {
    let native = build(places, &["--release"], Path::new("release"))?;
    command::run(Command::new("rustup").args(["target", "add", WASM]).current_dir(&places.root))?;
    let wasm = build(places, &["--profile", "widget", "--target", WASM], &Path::new(WASM).join("widget"))?;
    let mut runs = Vec::new();
    for run in 1..=options.runs.max(1) {
        say(&format!("run {run} of {}", options.runs.max(1)));
        let mut node = Command::new("node");
        node.args(["--no-warnings", "--input-type=module", "--eval", NODE]).env("QULAQ_BENCH", &wasm);
        runs.push((figures(&mut Command::new(&native))?, figures(&mut node)?));
    }
    print!("{}", table(&runs));
    Ok(())
}

fn build(places: &Places, how: &[&str], below: &Path) -> Result<PathBuf> {
    let mut cargo = places.cargo();
    cargo.args(["build", "--quiet", "--package", "qulaq-survey", "--example", "bench"]).args(how);
    command::run(&mut cargo)?;
    let file = if below.starts_with(WASM) { "bench.wasm" } else { "bench" };
    Ok(places.target.join(below).join("examples").join(file))
}

fn figures(program: &mut Command) -> Result<Figures> {
    command::text(program)?
        .lines()
        .map(|line| figure(line).with_context(|| format!("cannot read {line:?}")))
        .collect()
}

fn figure(line: &str) -> Option<((String, u32), f64)> {
    let [what, size, time] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
    Some(((what.to_owned(), size.parse().ok()?), time.parse().ok()?))
}

/// A block of lines for the machine, one for WASM, and their ratios.
fn table(runs: &[(Figures, Figures)]) -> String {
    let of = |figures: &Figures, what: &str, size: u32| figures.get(&(what.to_owned(), size)).copied();
    let mut rows = vec![vec!["questions".to_owned()]];
    rows[0].extend(SIZES.map(|size| size.to_string()));
    let mut block = |title: &str, cell: Figure<'_>, unit: fn(f64) -> String| {
        rows.push(vec![title.to_owned()]);
        for (what, about) in DONE {
            let cells = SIZES.iter().map(|size| {
                let each = runs.iter().filter_map(|run| cell(run, what, *size)).collect();
                median(each).map_or_else(|| "?".to_owned(), unit)
            });
            rows.push(std::iter::once(format!("  {about}")).chain(cells).collect());
        }
    };
    block("native, a second", &|run, what, size| Some(1e9 / of(&run.0, what, size)?), per_second);
    block("WASM, a second", &|run, what, size| Some(1e9 / of(&run.1, what, size)?), per_second);
    block(
        "WASM, times as long as native",
        &|run, what, size| Some(of(&run.1, what, size)? / of(&run.0, what, size)?),
        ratio,
    );
    block(
        "native, a question more costs, microseconds",
        &|run, what, size| {
            let before = SIZES.iter().rev().find(|other| **other < size)?;
            let more = of(&run.0, what, size)? - of(&run.0, what, *before)?;
            Some(more / f64::from(size - before) / 1e3)
        },
        ratio,
    );
    format::table(&rows)
}

fn ratio(ratio: f64) -> String {
    format!("{ratio:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_word_a_size_and_nanoseconds() {
        assert_eq!(figure("take 100 2500"), Some((("take".to_owned(), 100), 2500.0)));
        assert_eq!(figure("take 100"), None);
    }

    #[test]
    fn the_table_has_rates_and_the_ratios_of_each_run() {
        let run = |native: &str, wasm: &str| {
            let read = |lines: &str| lines.lines().filter_map(figure).collect::<Figures>();
            (read(native), read(wasm))
        };
        let runs = [
            run("take 10 1000\ntake 100 10000", "take 10 2000\ntake 100 30000"),
            run("take 10 2000\ntake 100 20000", "take 10 4000\ntake 100 60000"),
        ];
        let table = table(&runs);
        let line = |of: usize| {
            table.lines().filter(|line| line.contains("read a response")).nth(of).unwrap_or_default()
        };
        assert!(
            line(0).contains("1 000 000") && line(2).contains("2.0") && line(2).contains("3.0"),
            "{table}"
        );
    }
}
