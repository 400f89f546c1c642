//! Asking for a password: twice at a terminal, which does not show it, or one line of standard input. Never a flag, which
//! everybody on the machine could read.

use anyhow::{Context, Result, ensure};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::{self, BufRead, IsTerminal, Stdin, Write};

pub(super) fn password() -> Result<String> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return line(&stdin);
    }
    let quiet = Quiet::of(stdin)?;
    let password = quiet.ask("password: ")?;
    ensure!(quiet.ask("once more: ")? == password, "these are two different passwords: try again");
    Ok(password)
}

fn line(stdin: &Stdin) -> Result<String> {
    let mut line = String::new();
    let read = stdin.lock().read_line(&mut line).context("cannot read the password")?;
    ensure!(read > 0, "there is no password on standard input");
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// A terminal that shows nothing of what is typed, until this is dropped.
struct Quiet {
    stdin: Stdin,
    before: Termios,
}

impl Quiet {
    fn of(stdin: Stdin) -> Result<Self> {
        let before = tcgetattr(&stdin).context("cannot ask at this terminal")?;
        let mut quiet = before.clone();
        quiet.local_modes -= LocalModes::ECHO;
        tcsetattr(&stdin, OptionalActions::Flush, &quiet).context("cannot ask at this terminal")?;
        Ok(Self { stdin, before })
    }

    /// Questions go to standard error: standard output may be a file.
    fn ask(&self, question: &str) -> Result<String> {
        let mut terminal = io::stderr();
        write!(terminal, "{question}")?;
        terminal.flush()?;
        let answer = line(&self.stdin)?;
        writeln!(terminal)?;
        Ok(answer)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // A terminal that is gone needs no mending.
        let _ = tcsetattr(&self.stdin, OptionalActions::Flush, &self.before);
    }
}
