//! The program as others meet it: a place for its data, a process that serves, a command that exports.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

use super::ledger::{Asked, FEEDBACK, FORUM};
use crate::places::Places;
use crate::{command, files};

/// Where a collector is run: the built program, a directory of its own, and the store that it is told to use.
pub(crate) struct Place {
    program: PathBuf,
    directory: TempDir,
    data: PathBuf,
    database: Option<String>,
    /// Where the definitions of the examples are.
    examples: PathBuf,
    /// The version of the survey that is open in it.
    pub(crate) version: String,
}

/// A response as an export has it: whether a citizen sent it, and its flags.
pub(crate) struct Answered {
    pub(crate) honest: bool,
    pub(crate) flags: Vec<String>,
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
        let examples = places.root.join("examples/surveys");
        let mut place = Self { program, directory, data, database, examples, version: String::new() };
        place.version = place.publish(&place.example(FEEDBACK))?;
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

    /// Serves with further options.
    pub(crate) fn serve_with(&self, options: &[&str]) -> Result<Collector> {
        let mut serve = self.serving(None)?;
        serve.args(options);
        Collector::start(serve)
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
        let rows = self.columns(&[FEEDBACK.survey], [FEEDBACK.column])?;
        Ok(rows.into_iter().map(|[word]| word).collect())
    }

    /// The words of the rows of a forum, in the order in which they are kept, each with what its matter is called.
    pub(crate) fn ideas(&self) -> Result<Vec<[String; 2]>> {
        self.columns(&[FORUM.survey, "--matters"], [FORUM.column, "matter_number"])
    }

    /// These columns of an export.
    fn columns<const N: usize>(&self, export: &[&str], columns: [&str; N]) -> Result<Vec<[String; N]>> {
        let arguments = [&["export"], export, &["--format", "csv"]].concat();
        let csv = command::output(self.command(&arguments, None).args(self.store()))?;
        let mut reader = csv::Reader::from_reader(csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&csv));
        let head = reader.headers()?.clone();
        let at = |column: &&str| head.iter().position(|name| name == *column).context("no such column");
        let at: Vec<usize> = columns.iter().map(at).collect::<Result<_>>()?;
        let row = |row: csv::StringRecord| {
            std::array::from_fn(|column| row.get(at[column]).unwrap_or_default().to_owned())
        };
        reader.records().map(|record| Ok(row(record?))).collect()
    }

    /// A new token that opens every survey.
    pub(crate) fn token(&self) -> Result<String> {
        let create = ["token", "create", "--name", "xtask"];
        Ok(command::text(self.command(&create, None).args(self.store()))?.trim().to_owned())
    }

    /// Opens the same survey once more under a name of its own, on this tier, and gives that name and its version.
    pub(crate) fn publish_tier(&self, tier: &str) -> Result<(String, String)> {
        let id = format!("{}-{tier}", FEEDBACK.survey);
        let version = self.publish_changed(FEEDBACK, |survey| {
            (survey["id"], survey["tier"]) = (Value::from(id.as_str()), Value::from(tier));
        })?;
        Ok((id, version))
    }

    /// Opens a forum in which everybody sees ideas at once, and gives its version.
    pub(crate) fn publish_forum(&self) -> Result<String> {
        self.publish_changed(FORUM, |survey| survey["forum"]["moderation"] = Value::from("after"))
    }

    fn publish_changed(&self, asked: Asked, change: impl FnOnce(&mut Value)) -> Result<String> {
        let mut survey: Value = serde_json::from_str(&files::read_text(&self.example(asked))?)?;
        change(&mut survey);
        let file = self.directory.path().join("survey.json");
        files::write(&file, survey.to_string())?;
        self.publish(&file)
    }

    fn example(&self, asked: Asked) -> PathBuf {
        self.examples.join(format!("{}.json", asked.survey))
    }

    /// The codes of so many invitations.
    pub(crate) fn invite(&self, survey: &str, count: u64) -> Result<Vec<String>> {
        let count = count.to_string();
        let options = ["invite", survey, "--count", &count, "--public-url", "https://qulaq.example"];
        let csv = command::text(self.command(&options, None).args(self.store()))?;
        Ok(csv.lines().skip(1).filter_map(|line| Some(line.split_once(',')?.0.to_owned())).collect())
    }

    /// What became of the responses to a survey in which citizens have given this answer to this question and nobody else
    /// has.
    pub(crate) fn answered(&self, survey: &str, (question, honest): (&str, u8)) -> Result<Vec<Answered>> {
        let options = ["export", survey, "--format", "csv", "--columns", question, "--guard"];
        let csv = command::output(self.command(&options, None).args(self.store()))?;
        let mut reader = csv::Reader::from_reader(csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&csv));
        let head = reader.headers()?.clone();
        let flags = |row: &csv::StringRecord| {
            let set = head.iter().zip(row).filter(|(_, cell)| !matches!(*cell, "" | "0"));
            set.filter_map(|(name, _)| Some(name.strip_prefix("guard_")?.to_owned())).collect()
        };
        let honest = honest.to_string();
        let answered =
            |row: csv::StringRecord| Answered { honest: row.get(0) == Some(&*honest), flags: flags(&row) };
        reader.records().map(|row| Ok(answered(row?))).collect()
    }

    /// Opens a survey and gives its version.
    fn publish(&self, file: &Path) -> Result<String> {
        let said = command::text(self.command(&["publish"], None).arg(file).args(self.store()))?;
        let version = said.trim().rsplit_once("version ").context("`qulaq publish` named no version")?.1;
        Ok(version.to_owned())
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
