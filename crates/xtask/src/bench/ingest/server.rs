//! The server that is measured, and what it used of the machine.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use crate::command;

/// A running server; ended when it is dropped.
pub(super) struct Server {
    child: Child,
    /// Where it listens.
    pub(super) origin: String,
    /// The version of the survey in it.
    pub(super) version: String,
}

/// What a server used while it ran.
#[derive(Clone, Copy, Default)]
pub(super) struct Used {
    /// Seconds of processors.
    pub(super) processor: f64,
    /// The most memory, in MiB.
    pub(super) memory: f64,
}

/// Linux counts a processor's time in hundredths of a second, whatever its kernel does inside.
const TICKS: f64 = 100.0;

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

fn used(process: u32) -> Option<Used> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some(Used { processor: processor(&stat)?, memory: memory(&status)? })
}

/// The name of the program, in parentheses, may have anything in it; the 14th and 15th field are the time in user and
/// kernel mode.
fn processor(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}

fn memory(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_process_used_is_read_as_linux_writes_it() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 3 0 99 0 0";
        assert_eq!(processor(stat), Some(2.0));
        assert_eq!(memory("Name:\tx\nVmHWM:\t    2048 kB\n"), Some(2.0));
    }
}
