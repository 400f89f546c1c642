//! Packages from npm: the build's own tools, cached by the hash of their lock file, and the packages of
//! `tests/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::digest::Hasher;
use crate::files;
use crate::lock;
use crate::places::Places;
use crate::steps::say;

/// The oldest Node that esbuild, wasm-opt and the browser tests are run with here.
const OLDEST_NODE: u32 = 20;

/// Where the pinned tools are.
pub(crate) struct Tools(PathBuf);

impl Tools {
    /// Installs what `crates/xtask/npm/package-lock.json` lists, unless that same list is installed already.
    pub(crate) fn ensure(places: &Places) -> Result<Self> {
        node()?;
        let source = places.root.join("crates/xtask/npm");
        let home = places.tools.join(format!("npm-{}", &lock_hash(&source)?[..16]));
        if home.is_dir() {
            return Ok(Self(home));
        }
        let _held = lock::hold(&places.tools)?;
        if !home.is_dir() {
            say("installing them from npm (about 20 seconds, once) ...");
            install(&source, &home, &places.tools)?;
        }
        Ok(Self(home))
    }

    /// A command that starts one of the tools.
    pub(crate) fn command(&self, name: &str) -> Command {
        Command::new(self.0.join("node_modules/.bin").join(name))
    }
}

/// Installs the packages of `tests/`, unless the same lock file was installed there before.
pub(crate) fn ensure_tests(places: &Places) -> Result<()> {
    node()?;
    let tests = places.root.join("tests");
    let stamp = tests.join("node_modules/.qulaq-lock-hash");
    let wanted = lock_hash(&tests)?;
    let is_installed = || fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted);
    if is_installed() {
        return Ok(());
    }
    let _held = lock::hold(&places.tools)?;
    if !is_installed() {
        say("installing the packages of tests/ from npm ...");
        command::run(&mut ci(&tests))?;
        files::write(&stamp, &wanted)?;
    }
    Ok(())
}

/// Installs into a directory with another name and renames it, so that `home` exists only when it is whole.
fn install(source: &Path, home: &Path, tools: &Path) -> Result<()> {
    let unfinished = tools.join("unfinished-npm");
    files::remove_dir(&unfinished)?;
    for name in ["package.json", "package-lock.json"] {
        files::write(&unfinished.join(name), files::read(&source.join(name))?)?;
    }
    command::run(ci(&unfinished).arg("--ignore-scripts"))?;
    fs::rename(&unfinished, home).with_context(|| format!("cannot move the npm tools to {}", home.display()))
}

fn ci(directory: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-fund", "--no-audit", "--loglevel=error"]).current_dir(directory);
    // The browser is Debian's or the developer's own, so Playwright need not download another.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm
}

fn lock_hash(directory: &Path) -> Result<String> {
    let mut hasher = Hasher::default();
    hasher.add(files::read(&directory.join("package-lock.json"))?);
    Ok(hasher.hex())
}

fn node() -> Result<()> {
    let advice = format!("Node {OLDEST_NODE} or newer with npm is needed: see https://nodejs.org");
    let version = command::text(Command::new("node").arg("--version")).with_context(|| advice.clone())?;
    ensure!(major(&version).is_some_and(|major| major >= OLDEST_NODE), "{advice}; this one is {version}");
    ensure!(command::which("npm").is_some(), "npm is missing. {advice}");
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_of_node_is_read_from_its_answer() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("not node"), None);
    }
}
