//! The program as others meet it: a place for its data, a process that serves, a command that exports.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::ledger::{COLUMN, SURVEY};
use crate::command;
use crate::places::Places;

/// Where a collector is run: the built program, a directory of its own, and the store that it is told to use.
pub(crate) struct Place {
    program: PathBuf,
    directory: TempDir,
    data: PathBuf,
    database: Option<String>,
    /// The version of the survey that is open in it.
    pub(crate) version: String,
}

/// A collector that serves; killed when it is dropped.
pub(crate) struct Collector {
    process: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Place {
    /// A fresh place in which the survey is open: with SQLite, or with the database of this address. The data are at a path
    /// in its own directory, or anywhere when that is absolute.
    pub(crate) fn new(places: &Places, database: Option<String>, data: &Path) -> Result<Self> {
        let program = places.qulaq();
        if !program.is_file() {
            bail!("{} is not built yet: run `cargo xtask build`", program.display());
        }
        let directory = tempfile::tempdir()?;
        let data = directory.path().join(data);
        let mut place = Self { program, directory, data, database, version: String::new() };
        let survey = places.root.join(format!("examples/surveys/{SURVEY}.json"));
        let said = command::text(place.command(&["publish"], None).arg(survey).args(place.store()))?;
        let version = said.trim().rsplit_once("version ").context("`qulaq publish` named no version")?.1;
        version.clone_into(&mut place.version);
        Ok(place)
    }

    /// Its own directory, which goes away with it.
    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The directory of the data.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Serves on a free port.
    pub(crate) fn serve(&self) -> Result<Collector> {
        self.serve_under(None)
    }

    /// Serves within another command, such as one that sets limits and then becomes the program.
    pub(crate) fn serve_under(&self, outer: Option<Command>) -> Result<Collector> {
        Collector::start(self.serving(outer)?)
    }

    /// Starts it without waiting until it serves.
    pub(crate) fn begin_to_serve(&self) -> Result<Child> {
        Ok(self.serving(None)?.spawn()?)
    }

    fn serving(&self, outer: Option<Command>) -> Result<Command> {
        let mut serve = self.command(&["serve", "--listen", "127.0.0.1:0", "--log", "error"], outer);
        let log = File::options().create(true).append(true).open(self.directory.path().join("log"))?;
        serve.args(self.store()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        Ok(serve)
    }

    /// What its collectors have complained of.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("log")).unwrap_or_default()
    }

    /// The words of the rows in the export.
    pub(crate) fn rows(&self) -> Result<Vec<String>> {
        let mut export = self.command(&["export", SURVEY, "--format", "csv"], None);
        let csv = command::output(export.args(self.store()))?;
        let mut reader = csv::Reader::from_reader(csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&csv));
        let column = reader.headers()?.iter().position(|name| name == COLUMN).context("no such column")?;
        reader.records().map(|row| Ok(row?.get(column).unwrap_or_default().to_owned())).collect()
    }

    /// A new token that opens every survey.
    pub(crate) fn token(&self) -> Result<String> {
        let create = ["token", "create", "--name", "xtask"];
        Ok(command::text(self.command(&create, None).args(self.store()))?.trim().to_owned())
    }

    /// The arguments that name the store.
    fn store(&self) -> Vec<String> {
        let data = ["--data".to_owned(), self.data.display().to_string()];
        let database = self.database.iter().flat_map(|url| ["--database-url".to_owned(), url.clone()]);
        data.into_iter().chain(database).collect()
    }

    fn command(&self, arguments: &[&str], outer: Option<Command>) -> Command {
        let mut command = match outer {
            None => Command::new(&self.program),
            Some(mut outer) => {
                outer.arg(&self.program);
                outer
            }
        };
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("QULAQ_"))
        {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(self.directory.path());
        command
    }
}

impl Collector {
    /// Starts a command that prints where it listens.
    fn start(mut command: Command) -> Result<Self> {
        let mut process = command.spawn().context("cannot start the collector")?;
        let stdout = process.stdout.take().context("no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout.take(1000)).read_line(&mut line)?;
        let address =
            line.trim().strip_prefix("collector").and_then(|rest| rest.trim().strip_prefix("http://"));
        let Some(address) = address.and_then(|address| address.parse().ok()) else {
            drop((process.kill(), process.wait()));
            bail!("the collector did not say where it listens, but {line:?}");
        };
        Ok(Self { process, address })
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// `kill -9`, and waits until it is gone.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        drop((self.process.kill(), self.process.wait()));
    }
}
