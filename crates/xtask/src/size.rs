//! `cargo xtask size`: what the widget costs a citizen in bytes, against the budgets.

pub(crate) mod functions;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::places::Places;
use crate::{command, compress, files, format, widget};

/// The survey that stands for a one-question poll.
const EXAMPLE: &str = "examples/surveys/district-priority.json";

/// Most brotli bytes of the loader.
const LOADER: u64 = 2_000;
/// Most brotli bytes before a citizen can answer a one-question poll.
const BEFORE_ANSWERING: u64 = 15_000;
/// Most brotli bytes of everything that is ever fetched for a survey of the common kinds.
const EVERYTHING: u64 = 90_000;
/// The same for a survey with one of the rarer kinds; docs/adr/0016-two-modules.md says why it is more.
const EVERY_KIND: u64 = 104_000;

/// How to report.
#[derive(Args)]
pub(crate) struct Options {
    /// Fail when a budget is exceeded
    #[arg(long)]
    check: bool,
    /// Also list the N largest functions of the WASM
    #[arg(long, value_name = "N")]
    top: Option<usize>,
}

/// The bytes of one file as it is, and in the two encodings.
#[derive(Clone)]
struct Size {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the sizes; see `Options`.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    if options.check {
        check(places)?;
    } else {
        report(places)?;
    }
    options.top.map_or(Ok(()), |count| functions::print(&widget::named_wasm(places), count))
}

/// Prints the sizes, and fails when one is over its budget or the fragment cannot be measured.
pub(crate) fn check(places: &Places) -> Result<()> {
    ensure!(places.qulaq().is_file(), "the fragment comes from the program: run `cargo xtask build` first");
    let over = report(places)?;
    if !over.is_empty() {
        bail!("over budget: {}. Make it smaller, or change the budget and write down why", over.join(", "));
    }
    Ok(())
}

/// Prints the table and gives the names of the sums that are over budget.
fn report(places: &Places) -> Result<Vec<String>> {
    let files = measure(places)?;
    let sums = sums(&files)?;
    print!("{}", format::table(&rows(&files, &sums)));
    if !has_fragment(&files) {
        println!("The fragment is not counted: the program is not built yet (`cargo xtask build`).");
    }
    Ok(sums.into_iter().filter(|(size, budget)| size.brotli > *budget).map(|(size, _)| size.name).collect())
}

/// The files that a browser fetches, and the fragment when there is a program to render it.
fn measure(places: &Places) -> Result<Vec<Size>> {
    let mut files = packaged(places)?;
    if places.qulaq().is_file() {
        let mut qulaq = Command::new(places.qulaq());
        qulaq.args(["fragment", EXAMPLE, "--lang", "kk"]).current_dir(&places.root);
        files.push(weigh("fragment", &command::output(&mut qulaq)?)?);
    }
    Ok(files)
}

/// The sizes in the manifest. What pages name is in the package twice and is fetched once.
fn packaged(places: &Places) -> Result<Vec<Size>> {
    let path: PathBuf = places.package().join("manifest.json");
    let text = files::read(&path).context("there is no widget package yet: run `cargo xtask build`")?;
    let manifest: Value =
        serde_json::from_slice(&text).with_context(|| format!("cannot read {}", path.display()))?;
    let entries = manifest["files"].as_array().context("the manifest lists no files")?;
    let sizes = entries.iter().map(entry).collect::<Result<Vec<_>>>()?;
    Ok(sizes.into_iter().filter(|size| size.name.contains('/')).map(without_version).collect())
}

fn entry(entry: &Value) -> Result<Size> {
    let number = |key: &str| entry[key].as_u64().with_context(|| format!("no `{key}` in the manifest"));
    let name = entry["path"].as_str().context("no `path` in the manifest")?.to_owned();
    Ok(Size { name, raw: number("raw")?, gzip: number("gzip")?, brotli: number("brotli")? })
}

fn without_version(mut size: Size) -> Size {
    if let Some((_version, file)) = size.name.split_once('/') {
        size.name = file.to_owned();
    }
    size
}

fn weigh(name: &str, content: &[u8]) -> Result<Size> {
    let (gzip, brotli) = (compress::gzip(content)?.len(), compress::brotli(content)?.len());
    Ok(Size { name: name.to_owned(), raw: content.len() as u64, gzip: gzip as u64, brotli: brotli as u64 })
}

fn has_fragment(files: &[Size]) -> bool {
    files.iter().any(|file| file.name == "fragment")
}

/// Each sum that has a budget, with the budget. The files of words are in none: the fragment brings the words with it,
/// and a page without a collector fetches one file of them.
fn sums(files: &[Size]) -> Result<Vec<(Size, u64)>> {
    let before = ["qulaq.js", "qulaq.css", "fragment"];
    // Fetched for every form, once it stands.
    let always = [&before[..], &["post.js"]].concat();
    let modules = ["app.js", "app.wasm", "whole.js", "whole.wasm"];
    for name in always.iter().copied().chain(modules).filter(|name| *name != "fragment") {
        ensure!(files.iter().any(|file| file.name == name), "the package has no {name}");
    }
    Ok(vec![
        (sum("loader", files, &["qulaq.js"]), LOADER),
        (sum("before answering", files, &before), BEFORE_ANSWERING),
        (sum("everything", files, &[&always[..], &["app.js", "app.wasm"]].concat()), EVERYTHING),
        (sum("of every kind", files, &[&always[..], &["whole.js", "whole.wasm"]].concat()), EVERY_KIND),
    ])
}

fn sum(name: &str, files: &[Size], parts: &[&str]) -> Size {
    let none = Size { name: name.to_owned(), raw: 0, gzip: 0, brotli: 0 };
    files.iter().filter(|file| parts.contains(&file.name.as_str())).fold(none, |sum, file| Size {
        raw: sum.raw + file.raw,
        gzip: sum.gzip + file.gzip,
        brotli: sum.brotli + file.brotli,
        ..sum
    })
}

fn rows(files: &[Size], sums: &[(Size, u64)]) -> Vec<Vec<String>> {
    let head = ["bytes", "raw", "gzip 9", "brotli 11", "budget", ""].map(str::to_owned).to_vec();
    let empty = vec![String::new()];
    let files = files.iter().map(cells);
    let sums = sums.iter().map(|(size, budget)| {
        let verdict = if size.brotli > *budget { "OVER" } else { "ok" };
        [cells(size), vec![format::bytes(*budget), verdict.to_owned()]].concat()
    });
    [head].into_iter().chain(files).chain([empty]).chain(sums).collect()
}

fn cells(size: &Size) -> Vec<String> {
    let figures = [size.raw, size.gzip, size.brotli].map(format::bytes);
    [vec![size.name.clone()], figures.to_vec()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(wasm: u64) -> Vec<Size> {
        let sizes = [
            ("qulaq.js", 1_500),
            ("qulaq.css", 3_000),
            ("app.js", 6_000),
            ("app.wasm", wasm),
            ("whole.js", 6_000),
            ("whole.wasm", wasm + 10_000),
            ("fragment", 900),
            ("post.js", 2_000),
        ];
        sizes.map(|(name, brotli)| Size { name: name.into(), raw: brotli * 4, gzip: brotli, brotli }).to_vec()
    }

    #[test]
    fn a_citizen_can_answer_before_the_wasm_is_there() {
        let sums = sums(&files(70_000)).unwrap();
        let brotli: Vec<u64> = sums.iter().map(|(size, _)| size.brotli).collect();
        assert_eq!(brotli, [1_500, 5_400, 83_400, 93_400]);
    }

    #[test]
    fn a_sum_over_its_budget_says_so_in_the_table() {
        let files = files(77_000);
        let table = format::table(&rows(&files, &sums(&files).unwrap()));
        let everything = table.lines().find(|line| line.starts_with("everything")).unwrap();
        assert!(everything.ends_with("90 000  OVER"), "{everything}");
    }

    #[test]
    fn a_package_without_wasm_is_an_error_and_not_a_small_one() {
        assert!(sums(&files(1)[..3]).is_err());
    }
}
