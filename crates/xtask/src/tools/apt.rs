//! Debian's packages, installed where that needs no question.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::steps::say;

/// Installs a package; where that is not allowed, or fails, `advice` says what to do.
pub(super) fn install(package: &str, advice: &'static str) -> Result<()> {
    let Some(prefix) = as_root().filter(|_| command::which("apt-get").is_some()) else {
        bail!(advice);
    };
    say(&format!("installing {package} with apt-get ..."));
    for arguments in [&["update"][..], &["install", "-y", "--no-install-recommends", package]] {
        command::run(&mut apt_get(prefix, arguments)).context(advice)?;
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
