//! Where things are: the repository, Cargo's target directory, and the cache of developer tools.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The directories that every command needs, all absolute.
pub(crate) struct Places {
    /// The root of the repository.
    pub(crate) root: PathBuf,
    /// Cargo's target directory: `$CARGO_TARGET_DIR`, else `target/`.
    pub(crate) target: PathBuf,
    /// Where pinned tools are kept: `$QULAQ_TOOLS`, else `qulaq-tools` in the user's cache directory.
    pub(crate) tools: PathBuf,
}

impl Places {
    /// Reads them from the environment that `cargo xtask` sets up.
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
        let root = Path::new(&manifest).ancestors().nth(2).context("xtask belongs in crates/xtask")?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Ok(Self { root: root.to_owned(), target: std::path::absolute(target)?, tools: tools_dir()? })
    }

    /// The program that `cargo xtask build` leaves.
    pub(crate) fn qulaq(&self) -> PathBuf {
        self.target.join("release").join(format!("qulaq{}", env::consts::EXE_SUFFIX))
    }

    /// The widget package, which the collector embeds.
    pub(crate) fn package(&self) -> PathBuf {
        self.root.join("dist/widget")
    }

    /// A `cargo` that starts in the root and builds into the target directory of this run.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        self.clean(&mut cargo);
        cargo
    }

    /// Prepares a command that starts `cargo` itself, such as Trunk.
    ///
    /// What `cargo run` told this program about the crate xtask must not reach another build: scripts such as
    /// ring's watch these variables, and would build again each time somebody alternates `cargo xtask` and
    /// plain `cargo`.
    pub(crate) fn clean(&self, command: &mut Command) {
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(is_about_this_crate) {
                command.env_remove(&name);
            }
        }
        if env::var_os("CARGO_TARGET_DIR").is_some() {
            command.env("CARGO_TARGET_DIR", &self.target);
        }
        command.current_dir(&self.root);
    }
}

fn is_about_this_crate(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
        .iter()
        .any(|prefix| variable.starts_with(prefix))
}

fn tools_dir() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("QULAQ_TOOLS") {
        return Ok(std::path::absolute(chosen)?);
    }
    let cache = env::var_os("XDG_CACHE_HOME").filter(|path| Path::new(path).is_absolute()).map(PathBuf::from);
    let cache = cache.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    Ok(cache
        .context("no home directory: set QULAQ_TOOLS to a directory for developer tools")?
        .join("qulaq-tools"))
}

#[cfg(test)]
mod tests {
    use super::is_about_this_crate;

    #[test]
    fn only_variables_about_the_running_crate_are_hidden_from_other_builds() {
        assert!(is_about_this_crate("CARGO_PKG_NAME") && is_about_this_crate("CARGO_MANIFEST_DIR"));
        assert!(!is_about_this_crate("CARGO_HOME") && !is_about_this_crate("CARGO_TARGET_DIR"));
    }
}
