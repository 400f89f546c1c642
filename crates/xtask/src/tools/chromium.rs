//! A Chromium for the browser tests: the developer's own, or Debian's.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::command;
use crate::steps::say;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const ADVICE: &str = "Chromium is missing, and the browser tests need it: install it (on Debian, \
                      `apt-get install chromium`), or set CHROMIUM to the path of a Chromium or Chrome";

/// The path of the browser, installed now if this machine allows it without a question.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMIUM").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(chosen);
        ensure!(path.is_file(), "CHROMIUM names {}, which is not a file", path.display());
        return Ok(path);
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    install()?;
    find().context(ADVICE)
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| command::which(name))
}

fn install() -> Result<()> {
    let Some(prefix) = as_root().filter(|_| command::which("apt-get").is_some()) else {
        bail!(ADVICE);
    };
    say("installing Chromium with apt-get ...");
    for arguments in [&["update"][..], &["install", "-y", "--no-install-recommends", "chromium"]] {
        command::run(&mut apt_get(prefix, arguments)).context(ADVICE)?;
    }
    Ok(())
}

/// What goes before a command that needs root: nothing for root, `sudo -n` where it asks no password, else
/// nothing works.
fn as_root() -> Option<&'static [&'static str]> {
    let id = command::text(Command::new("id").arg("-u")).unwrap_or_default();
    if id.trim() == "0" {
        return Some(&[]);
    }
    command::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n"])
}

fn apt_get(prefix: &[&str], arguments: &[&str]) -> Command {
    // `env` carries the variable through sudo, which would drop it.
    let words = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

#[cfg(test)]
mod tests {
    use super::apt_get;

    #[test]
    fn apt_get_asks_nothing_with_and_without_sudo() {
        let root = apt_get(&[], &["update"]);
        assert_eq!(root.get_program(), "env");
        let sudo = apt_get(&["sudo", "-n"], &["update"]);
        assert_eq!(sudo.get_program(), "sudo");
        assert_eq!(sudo.get_args().next().unwrap(), "-n");
    }
}
