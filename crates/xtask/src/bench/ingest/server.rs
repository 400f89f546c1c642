//! The server that is measured.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use crate::bench::process::{Used, used};
use crate::command;

/// A running server; ended when it is dropped.
pub(super) struct Server {
    child: Child,
    /// Where it listens.
    pub(super) origin: String,
    /// The version of the survey in it.
    pub(super) version: String,
}

impl Server {
    /// Starts one and waits until it says where it listens. Its log goes nowhere, but is written.
    pub(super) fn start(program: &Path, store: &str, data: &Path) -> Result<Self> {
        let mut child = Command::new(program)
            .args(["serve", store])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the server")?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let (origin, version) = line.trim().split_once(' ').context("the server did not start")?;
        Ok(Self { origin: origin.to_owned(), version: version.to_owned(), child })
    }

    /// Ends it, and says what it used.
    pub(super) fn stop(mut self) -> Result<Used> {
        let used = used(self.child.id()).unwrap_or_default();
        command::run(Command::new("kill").args(["-s", "TERM", &self.child.id().to_string()]))?;
        self.child.wait()?;
        Ok(used)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `stop` there is nothing left to end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
