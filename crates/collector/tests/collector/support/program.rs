//! The program as a process, with nothing of this process's environment that it would read.

use super::{Client, Database, server, write_package};
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use tempfile::TempDir;

/// A place where the program can be run, with a widget and room for data.
pub(crate) struct Program {
    pub(crate) directory: TempDir,
    pub(crate) database: Option<Database>,
}

/// The program while it serves; killed when it is dropped.
pub(crate) struct Running {
    pub(crate) client: Client,
    pub(crate) process: Child,
    stdout: BufReader<ChildStdout>,
}

impl Program {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        write_package(&directory.path().join("widget"));
        Self { directory, database: None }
    }

    /// The same with its data in a PostgreSQL database.
    pub(crate) fn on_postgres() -> Self {
        Self { database: Some(Database::new()), ..Self::new() }
    }

    /// Responses that are kept, as another process sees them.
    pub(crate) fn rows(&self) -> i64 {
        server::rows(&self.data(), self.database.as_ref())
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// A file in the place.
    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.directory.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program with these arguments, run in the place.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qulaq"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("QULAQ_")) {
            command.env_remove(name);
        }
        command.envs(self.database.as_ref().map(|database| ("QULAQ_DATABASE_URL", database.url())));
        command.args(arguments).current_dir(self.directory.path());
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs it to its end, which must be a good one, and gives what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs it to its end, which must be a bad one, and gives everything it said.
    pub(crate) fn fail(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?} succeeded");
        let said = [output.stdout, output.stderr].concat();
        String::from_utf8(said).unwrap()
    }

    /// Serves on a free port, with the place's data.
    pub(crate) fn serve(&self) -> Running {
        Running::start(self.command(&["serve", "--listen", "127.0.0.1:0", "--widget", "widget"]))
    }
}

impl Default for Program {
    fn default() -> Self {
        Self::new()
    }
}

impl Running {
    /// Starts a command that prints where it listens.
    pub(crate) fn start(command: Command) -> Self {
        Self::start_saying("collector", command)
    }

    /// Starts a command that prints where it listens after this word.
    pub(crate) fn start_saying(word: &str, mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(process.stdout.take().unwrap());
        let mut running = Self { client: Client::new(String::new()), process, stdout };
        running.client.origin = running.value(word);
        running
    }

    /// The value of the next line that begins with this word.
    pub(crate) fn value(&mut self, word: &str) -> String {
        let line = self.line(|line| line.starts_with(word));
        line[word.len()..].trim().to_owned()
    }

    /// The next line that is wanted.
    pub(crate) fn line(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        let mut line = String::new();
        while self.stdout.read_line(&mut line).unwrap() > 0 {
            if wanted(&line) {
                return line.trim().to_owned();
            }
            line.clear();
        }
        panic!("it ended without saying what was wanted: {}", self.log());
    }

    /// What it has logged, once it has ended.
    pub(crate) fn log(&mut self) -> String {
        let mut log = String::new();
        self.process.stderr.as_mut().unwrap().read_to_string(&mut log).unwrap();
        log
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let status =
            Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
