//! `cargo xtask bench ingest`: durable responses a second and how long each waits, over loopback.
//!
//! Every figure has another from the same run beside it: the same route with a store that forgets, and SQLite alone
//! with the same bytes. Server and clients are processes of their own, and share the machine.

mod server;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use super::process::Used;
use super::{median, per_second};
use crate::chaos::Cluster;
use crate::places::Places;
use crate::steps::say;
use crate::{command, files, format, tools};
use server::Server;

/// What is measured, and how long.
#[derive(Args)]
pub(super) struct Options {
    /// Connections at the same time; may be given again, or with commas between
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1, 16, 64, 256, 1024])]
    connections: Vec<u64>,
    /// Seconds of one measurement
    #[arg(long, value_name = "N", default_value_t = 10)]
    seconds: u64,
    /// So many of each; the figures are those of the one in the middle
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// Also with so many rows in the table; may be given again, or with commas between
    #[arg(long, value_name = "ROWS", value_delimiter = ',')]
    grow: Vec<u64>,
    /// A PostgreSQL database to measure instead of one made for it; what is in it stays there
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// These tables alone; may be given again, or with commas between
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Table>,
}

/// What is measured for a table of its own.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    /// SQLite, each client asking again when it was answered
    Closed,
    /// The same with PostgreSQL
    Postgres,
    /// SQLite, with responses that are due at a rate
    Open,
    /// SQLite without a collector
    Alone,
    /// What citizens download
    Read,
    /// SQLite with a table that is long already
    Grown,
}

/// What the clients saw in one measurement.
#[derive(Clone, Copy)]
struct Seen {
    /// Answered well, a second.
    rate: f64,
    /// Refused as busy, a second.
    busy: f64,
    /// Microseconds at the 50th, 99th and 99.9th percentile.
    waits: [f64; 3],
}

/// The program that does it all.
struct Bench<'a> {
    program: PathBuf,
    /// A directory on the disk of the target directory: one in memory would not be durable.
    data: PathBuf,
    options: &'a Options,
}

/// Builds the program and prints the tables.
pub(super) fn run(options: &Options, places: &Places) -> Result<()> {
    let mut build = places.cargo();
    command::run(build.args(["build", "--release", "--package", "qulaq-collector", "--example", "bench"]))?;
    let program = places.target.join("release/examples/bench");
    let bench = Bench { program, data: places.target.join("bench-ingest"), options };
    let mut tables = Vec::new();
    for table in Table::value_variants() {
        if options.only.is_empty() || options.only.contains(table) {
            tables.push(bench.table(*table)?);
        }
    }
    files::remove_dir(&bench.data)?;
    print!("{}", tables.concat());
    Ok(())
}

impl Bench<'_> {
    fn table(&self, table: Table) -> Result<String> {
        match table {
            Table::Closed => self.closed(),
            Table::Postgres => self.postgres(),
            Table::Open => self.open(),
            Table::Alone => self.alone(),
            Table::Read => self.read(),
            Table::Grown => self.grown(),
        }
    }

    /// Each client asks again when it was answered.
    fn closed(&self) -> Result<String> {
        self.beside_forgotten("closed loop: each client asks again when it was answered", &|| {
            Ok("sqlite".to_owned())
        })
    }

    /// The same with PostgreSQL, which runs on this machine too, unless the measurement is told of one.
    fn postgres(&self) -> Result<String> {
        if let Some(url) = &self.options.database_url {
            return self.beside_forgotten("closed loop, PostgreSQL", &|| Ok(url.clone()));
        }
        tools::postgres()?;
        let cluster = Cluster::start()?;
        let title = "closed loop, PostgreSQL on the same machine; its own processor time is not counted";
        self.beside_forgotten(title, &|| cluster.database(None))
    }

    /// How many a store keeps, and how many are forgotten on the same route.
    fn beside_forgotten(&self, title: &str, store: &dyn Fn() -> Result<String>) -> Result<String> {
        let mut rows = vec![header(
            "connections",
            &["kept/s", "forgotten/s", "ratio", "p50 ms", "p99", "p99.9", "cpu s/million", "MiB"],
        )];
        for &connections in &self.options.connections {
            say(&format!("{connections} connections"));
            let mut pairs = Vec::new();
            for _ in 0..self.options.runs.max(1) {
                let (forgotten, _) =
                    self.fresh("forgetful", |server| self.load(server, "post", connections, 0))?;
                let kept = self.fresh(&store()?, |server| self.load(server, "post", connections, 0))?;
                pairs.push((kept, forgotten));
            }
            rows.push(self.row(connections, pairs));
        }
        Ok(titled(title, &rows))
    }

    /// The pair in the middle.
    fn row(&self, connections: u64, mut pairs: Vec<((Seen, Used), Seen)>) -> Vec<String> {
        pairs.sort_by(|a, b| a.0.0.rate.total_cmp(&b.0.0.rate));
        let ((kept, used), forgotten) = pairs[pairs.len() / 2];
        let ratio = median(pairs.iter().map(|((kept, _), forgotten)| kept.rate / forgotten.rate).collect());
        let mut row = vec![connections.to_string(), per_second(kept.rate), per_second(forgotten.rate)];
        row.push(format!("{:.2}", ratio.unwrap_or_default()));
        row.extend(kept.waits.map(milliseconds));
        row.push(format!("{:.0}", used.processor / (kept.rate * self.options.seconds as f64) * 1e6));
        row.push(format!("{:.0}", used.memory));
        row
    }

    /// Responses are due at a rate, whatever becomes of those before.
    fn open(&self) -> Result<String> {
        let mut rows = vec![header("due/s", &["kept/s", "busy/s", "p50 ms", "p99", "p99.9"])];
        for rate in [1_000, 5_000, 10_000, 20_000, 40_000] {
            say(&format!("{rate} a second"));
            let (seen, _) = self.fresh("sqlite", |server| self.load(server, "post", 256, rate))?;
            let mut row = vec![rate.to_string(), per_second(seen.rate), per_second(seen.busy)];
            row.extend(seen.waits.map(milliseconds));
            rows.push(row);
        }
        Ok(titled("open loop, 256 connections: a wait counts from when its response was due", &rows))
    }

    /// SQLite without a collector.
    fn alone(&self) -> Result<String> {
        say("SQLite alone");
        files::remove_dir(&self.data)?;
        let [rows, seconds] =
            self.figures(&["insert", &self.data_text(), &self.options.seconds.to_string()])?;
        Ok(titled(
            "SQLite alone, the same rows, 512 a transaction",
            &[vec!["rows/s".to_owned(), per_second(rows / seconds)]],
        ))
    }

    /// What citizens download.
    fn read(&self) -> Result<String> {
        let mut rows = vec![header("path", &["answers/s", "p50 ms", "p99", "p99.9"])];
        for path in [
            "/api/v1/surveys/page-useful/fragment?lang=kk",
            "/api/v1/surveys/page-useful",
            "/s/page-useful",
            "/healthz",
        ] {
            say(path);
            let (seen, _) = self.fresh("sqlite", |server| self.load(server, path, 64, 0))?;
            let mut row = vec![path.to_owned(), per_second(seen.rate)];
            row.extend(seen.waits.map(milliseconds));
            rows.push(row);
        }
        Ok(titled("reading, 64 connections", &rows))
    }

    /// With a table that is long already.
    fn grown(&self) -> Result<String> {
        if self.options.grow.is_empty() {
            return Ok(String::new());
        }
        let mut rows = vec![header("rows before", &["kept/s", "p50 ms", "p99", "p99.9", "filled/s"])];
        files::remove_dir(&self.data)?;
        let mut there = 0;
        for &wanted in &self.options.grow {
            say(&format!("{wanted} rows"));
            let mut filled = "".to_owned();
            if wanted > there {
                let [rows, seconds] =
                    self.figures(&["fill", &self.data_text(), &(wanted - there).to_string()])?;
                filled = per_second(rows / seconds);
                there = wanted;
            }
            let server = Server::start(&self.program, "sqlite", &self.data)?;
            let seen = self.load(&server, "post", 64, 0)?;
            server.stop()?;
            there += (seen.rate * self.options.seconds as f64) as u64;
            let mut row = vec![format::bytes(wanted), per_second(seen.rate)];
            row.extend(seen.waits.map(milliseconds));
            row.push(filled);
            rows.push(row);
        }
        Ok(titled("as the table grows, 64 connections", &rows))
    }

    /// Measures a server with an empty store, and what it used.
    fn fresh(&self, store: &str, measure: impl FnOnce(&Server) -> Result<Seen>) -> Result<(Seen, Used)> {
        files::remove_dir(&self.data)?;
        let server = Server::start(&self.program, store, &self.data)?;
        let seen = measure(&server)?;
        Ok((seen, server.stop()?))
    }

    fn load(&self, server: &Server, what: &str, connections: u64, rate: u64) -> Result<Seen> {
        let seconds = self.options.seconds.to_string();
        let numbers = [connections.to_string(), rate.to_string()];
        let [good, busy, other, took, p50, p99, p999, _most] = self.figures(&[
            "load",
            &server.origin,
            what,
            &server.version,
            &numbers[0],
            &seconds,
            &numbers[1],
        ])?;
        anyhow::ensure!(other == 0.0, "{other} answers were neither good nor busy");
        Ok(Seen { rate: good / took, busy: busy / took, waits: [p50, p99, p999] })
    }

    /// Runs a part of the program that prints a line of so many numbers.
    fn figures<const N: usize>(&self, words: &[&str]) -> Result<[f64; N]> {
        let line = command::text(Command::new(&self.program).args(words))?;
        let numbers: Option<Vec<f64>> = line.split_whitespace().map(|word| word.parse().ok()).collect();
        numbers.and_then(|numbers| numbers.try_into().ok()).with_context(|| format!("cannot read {line:?}"))
    }

    fn data_text(&self) -> String {
        path_text(&self.data)
    }
}

fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn header(first: &str, others: &[&str]) -> Vec<String> {
    [first].iter().chain(others).map(ToString::to_string).collect()
}

fn titled(title: &str, rows: &[Vec<String>]) -> String {
    format!("{title}\n{}\n", format::table(rows))
}

fn milliseconds(microseconds: f64) -> String {
    format!("{:.2}", microseconds / 1000.0)
}
