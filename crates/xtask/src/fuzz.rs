//! `cargo xtask fuzz`: libFuzzer over the survey model and over what the collector reads by hand, on the stable compiler.
//!
//! The targets are the programs of `crates/fuzz`. What `cargo fuzz` does with flags of the nightly compiler, LLVM's own
//! pass does as well: `sancov-module` counts the edges that an input takes, and libFuzzer keeps the inputs that take new
//! ones. There is no address sanitizer, which the model, without a line of unsafe code, does not miss.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::command;
use crate::places::Places;
use crate::steps::say;

/// The targets, with what each is given.
const TARGETS: [(&str, &str); 8] = [
    ("definition", "documents that look like definitions"),
    ("expression", "texts that look like expressions"),
    ("response", "answers to the example surveys"),
    ("form", "posted forms and parts of responses"),
    ("headers", "headers of proxies, browsers and programs"),
    ("codes", "receipts, codes of invitations and work"),
    ("mask", "texts with what identifies people"),
    ("walk", "surveys and citizens made from bytes"),
];

/// What counts the edges.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table";

/// Bytes at most of one input, and seconds at most that it may take.
const LIMITS: [&str; 2] = ["-max_len=16384", "-timeout=10"];

/// So long in `cargo xtask test`: enough to notice what breaks at once.
const BRIEF: u32 = 5;

/// What to fuzz, and how long.
#[derive(Args)]
pub(crate) struct Options {
    /// One target alone: `definition`, `expression`, `response`, `form`, `headers`, `codes`, `mask` or `walk`
    target: Option<String>,
    /// How long each target runs
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u32,
}

/// Builds the targets and runs them one after another; fails on the first input that breaks one.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    let names = TARGETS.map(|(name, _)| name);
    let chosen = |name: &str| options.target.as_deref().is_none_or(|target| target == name);
    let targets: Vec<_> = TARGETS.into_iter().filter(|(name, _)| chosen(name)).collect();
    if targets.is_empty() {
        bail!("there is no such target; the targets are {}", names.join(", "));
    }
    let programs = build(places)?;
    for (name, about) in targets {
        say(&format!("{name}: {about}, {} s", options.seconds));
        fuzz(name, &programs, options.seconds, places)?;
    }
    Ok(())
}

/// The step of `cargo xtask test`.
pub(crate) fn briefly(places: &Places) -> Result<()> {
    run(&Options { target: None, seconds: BRIEF }, places)
}

/// The directory of the built programs.
fn build(places: &Places) -> Result<PathBuf> {
    if !["c++", "g++", "clang++"].iter().any(|name| command::which(name).is_some()) {
        bail!("libFuzzer is built with a C++ compiler, and there is none: `apt-get install g++`");
    }
    let triple = host(places)?;
    let mut cargo = places.cargo();
    cargo.args([
        "build",
        "--quiet",
        "--release",
        "--manifest-path",
        "crates/fuzz/Cargo.toml",
        "--target",
        &triple,
    ]);
    // With `--target`, build scripts and macros are built without the counters, which only the targets can link.
    command::run(cargo.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", places.target.join("fuzz")))?;
    Ok(places.target.join("fuzz").join(triple).join("release"))
}

fn host(places: &Places) -> Result<String> {
    let version = command::text(Command::new("rustc").arg("-vV").current_dir(&places.root))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("`rustc -vV` names no host")
}

/// Runs one target. What it found in earlier runs stays in `target/fuzz/TARGET/corpus`, and it starts from there.
fn fuzz(name: &str, programs: &Path, seconds: u32, places: &Places) -> Result<()> {
    let place = places.target.join("fuzz").join(name);
    let [seeds, corpus, found] = ["seeds", "corpus", "found"].map(|directory| place.join(directory));
    if seeds.is_dir() {
        fs::remove_dir_all(&seeds)?;
    }
    for directory in [&seeds, &corpus, &found] {
        fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    }
    let program = programs.join(name);
    command::output(Command::new(&program).arg("-help=1").env("QULAQ_FUZZ_SEEDS", &seeds))?;
    let log = place.join("log.txt");
    let mut fuzzer = Command::new(&program);
    fuzzer.args(LIMITS).args(["-print_final_stats=1", "-use_value_profile=1"]);
    fuzzer
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-dict={}", seeds.with_extension("dict").display()));
    fuzzer.arg(format!("-artifact_prefix={}/", found.display())).args([&corpus, &seeds]);
    let output = fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let status = fuzzer.current_dir(&place).stdout(output.try_clone()?).stderr(output).status()?;
    let told = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        bail!("{}", failure(name, &program, &told));
    }
    say(&summary(&told));
    Ok(())
}

/// What was found and how to see it again.
fn failure(name: &str, program: &Path, told: &str) -> String {
    let input =
        told.lines().find_map(|line| line.split_once("Test unit written to ")).map_or("", |(_, path)| path);
    let words =
        told.lines().skip_while(|line| !line.contains("panicked at")).take(3).collect::<Vec<_>>().join("\n");
    let program = program.display();
    format!(
        "the target `{name}` found an input that breaks it\n{words}\nagain:    {program} {input}\nsmaller:  \
         {program} -minimize_crash=1 -max_total_time=30 {input}\nMake a test of it, and mend what it shows."
    )
}

/// Executions, executions per second and edges of a run.
fn summary(told: &str) -> String {
    let stat = |name: &str| {
        let value = told.lines().find_map(|line| line.strip_prefix("stat::")?.strip_prefix(name));
        value.map_or("?", |value| value.trim_start_matches(':').trim()).to_owned()
    };
    let last = told.lines().rev().find(|line| line.contains(" cov: ")).unwrap_or_default();
    let after =
        |word: &str| last.split(word).nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap_or("?");
    format!(
        "{} inputs, {} a second; {} edges, {} features, {} inputs kept",
        stat("number_of_executed_units"),
        stat("average_exec_per_sec"),
        after("cov: "),
        after("ft: "),
        after("corp: "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libfuzzer_tells_becomes_one_line() {
        let told = "#17\tINITED cov: 1 ft: 2\n#99\tDONE   cov: 1349 ft: 4474 corp: 1301/196Kb lim: 6 exec/s: 9 rss: 3Mb\n\
            stat::number_of_executed_units: 99\nstat::average_exec_per_sec:     9\n";
        assert_eq!(summary(told), "99 inputs, 9 a second; 1349 edges, 4474 features, 1301/196Kb inputs kept");
    }

    #[test]
    fn a_crash_is_told_with_how_to_see_it_again() {
        let told = "thread panicked at a.rs:1:2:\nit broke\n==1== ERROR\nTest unit written to /tmp/crash-1\n";
        let failure = failure("walk", Path::new("/t/walk"), told);
        assert!(failure.contains("it broke") && failure.contains("/t/walk /tmp/crash-1"), "{failure}");
    }
}
