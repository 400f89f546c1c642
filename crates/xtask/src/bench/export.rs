//! `cargo xtask bench export`: responses to twenty questions in each format, beside reading the same rows and decoding their
//! JSON alone, and beside DuckDB and pandas making a table of the same rows, in the same run. Each is a process of its own,
//! so that its memory is its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Args;

use super::per_second;
use super::process::{Used, used};
use crate::places::Places;
use crate::steps::say;
use crate::{command, files, format, tools};

/// What is measured.
#[derive(Args)]
pub(super) struct Options {
    /// Responses in the store; may be given again, or with commas between
    #[arg(long, value_name = "ROWS", value_delimiter = ',', default_values_t = [10_000, 100_000, 1_000_000])]
    rows: Vec<u64>,
    /// The formats; may be given again, or with commas between
    #[arg(
        long,
        value_name = "FORMAT",
        value_delimiter = ',',
        default_value = "csv,csv-excel,jsonl,parquet,sav,dta,xlsx"
    )]
    formats: Vec<String>,
    /// Leave DuckDB and pandas out
    #[arg(long)]
    alone: bool,
}

/// What writes a table of the same rows, and in which of the formats.
const OTHERS: [(&str, &str); 4] =
    [("duckdb", "csv"), ("pandas", "csv"), ("duckdb", "parquet"), ("pandas", "parquet")];

/// The most that an export may take of the time of reading and decoding alone, and of memory in MiB.
const RATIO: f64 = 3.0;
const MEMORY: f64 = 256.0;

/// How often a process is asked what it used. The most memory is a mark that only rises.
const ASKED: Duration = Duration::from_millis(20);

/// The programs, and where they keep what they make.
struct Bench<'a> {
    bench: PathBuf,
    qulaq: PathBuf,
    data: PathBuf,
    formats: &'a [String],
    /// Python with DuckDB and pandas, and the script that has them do it.
    others: Option<[PathBuf; 2]>,
}

/// Builds the programs and prints a table for each number of rows.
pub(super) fn run(options: &Options, places: &Places) -> Result<()> {
    let [bench, qulaq] = build(places)?;
    let python = if options.alone { None } else { Some(tools::readers(places)?) };
    let others = python.map(|python| [python, places.root.join("tests/readers/beside.py")]);
    let data = places.target.join("bench-export");
    let bench = Bench { bench, qulaq, data, formats: &options.formats, others };
    for rows in &options.rows {
        print!("{}", bench.measure(*rows)?);
    }
    files::remove_dir(&bench.data)
}

/// Builds the program that fills a store, and the one that is measured.
pub(super) fn build(places: &Places) -> Result<[PathBuf; 2]> {
    let mut build = places.cargo();
    build.args([
        "build",
        "--release",
        "--package",
        "qulaq-collector",
        "--example",
        "bench",
        "--bin",
        "qulaq",
    ]);
    command::run(&mut build)?;
    let release = places.target.join("release");
    Ok([release.join("examples/bench"), release.join("qulaq")])
}

impl Bench<'_> {
    fn measure(&self, rows: u64) -> Result<String> {
        files::remove_dir(&self.data)?;
        say(&format!("{} responses", format::bytes(rows)));
        let data = self.data.to_string_lossy().into_owned();
        command::output(Command::new(&self.bench).args(["twenty", &data, &rows.to_string()]))?;
        // Once before it is measured, so that all find the same in the memory of the machine.
        self.decode(&data)?;
        let (alone, used) = self.decode(&data)?;
        let header = ["format", "seconds", "processor s", "rows/s", "ratio", "peak MiB", "MiB written", ""];
        let mut table = vec![header.map(str::to_owned).to_vec()];
        table.push(row("reading and decoding alone", rows, alone, alone, used, None));
        for form in self.formats {
            let file = self.data.join(format!("table.{form}"));
            let mut export = Command::new(&self.qulaq);
            export.args(["export", "twenty", "--format", form, "--data", &data, "--output"]).arg(&file);
            let (seconds, used) = measured(export.spawn().context("cannot start the export")?)?;
            table.push(row(form, rows, seconds, alone, used, Some(size(&file)?)));
            std::fs::remove_file(&file)?;
        }
        for (name, form) in OTHERS.into_iter().filter(|(_, form)| self.formats.iter().any(|own| own == form))
        {
            if let Some((seconds, used, size)) = self.beside(name, form)? {
                table.push(row(&format!("{form} by {name}"), rows, seconds, alone, used, Some(size)));
            }
        }
        Ok(format!("\n{} responses of twenty questions\n{}", format::bytes(rows), format::table(&table)))
    }

    /// The same by somebody else, when it is asked for.
    fn beside(&self, name: &str, form: &str) -> Result<Option<(f64, Used, u64)>> {
        let Some([python, script]) = &self.others else { return Ok(None) };
        let file = self.data.join(format!("{name}.{form}"));
        let mut export = Command::new(python);
        export.arg(script).args([name, form]).arg(self.data.join("qulaq.db")).arg(&file);
        let (seconds, used) = measured(export.spawn().context("cannot start Python")?)?;
        let size = size(&file)?;
        std::fs::remove_file(&file)?;
        Ok(Some((seconds, used, size)))
    }

    fn decode(&self, data: &str) -> Result<(f64, Used)> {
        let mut decode = Command::new(&self.bench);
        measured(
            decode.args(["decode", data]).stdout(Stdio::null()).spawn().context("cannot start decoding")?,
        )
    }
}

/// Waits for a process; gives its seconds and what it used.
fn measured(mut child: Child) -> Result<(f64, Used)> {
    let (began, mut last) = (Instant::now(), Used::default());
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        last = used(child.id()).unwrap_or(last);
        thread::sleep(ASKED);
    };
    ensure!(status.success(), "it failed ({status})");
    Ok((began.elapsed().as_secs_f64(), last))
}

fn size(file: &Path) -> Result<u64> {
    Ok(file.metadata()?.len())
}

fn row(name: &str, rows: u64, seconds: f64, alone: f64, used: Used, size: Option<u64>) -> Vec<String> {
    let ratio = seconds / alone;
    // The budget is ours, not theirs.
    let ours = !name.contains(" by ");
    let over = ours && (ratio > RATIO || used.memory > MEMORY);
    vec![
        name.to_owned(),
        format!("{seconds:.2}"),
        format!("{:.2}", used.processor),
        per_second(rows as f64 / seconds),
        format!("{ratio:.2}"),
        format!("{:.0}", used.memory),
        size.map_or_else(String::new, |size| format!("{:.0}", size as f64 / 1_048_576.0)),
        if over { "over its budget".to_owned() } else { String::new() },
    ]
}
