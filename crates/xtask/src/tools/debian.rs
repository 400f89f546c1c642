//! Programs that come from Debian: found where they are, installed where this machine allows it without a question.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::steps::say;

/// The path of the first of these programs that is there; the packages are installed now if none is.
pub(super) fn ensure(packages: &[&str], programs: &[&str], advice: &'static str) -> Result<PathBuf> {
    let find = || programs.iter().find_map(|program| command::which(program));
    if let Some(found) = find() {
        return Ok(found);
    }
    install(packages, advice)?;
    find().context(advice)
}

/// Installs packages of Debian; the error is the advice, where this is no Debian or asks for a password.
pub(super) fn install(packages: &[&str], advice: &str) -> Result<()> {
    let Some(prefix) = as_root().filter(|_| command::which("apt-get").is_some()) else {
        bail!("{advice}");
    };
    say(&format!("installing {} with apt-get ...", packages.join(", ")));
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    for arguments in [&["update"][..], &install] {
        command::run(&mut apt_get(prefix, arguments)).with_context(|| advice.to_owned())?;
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
