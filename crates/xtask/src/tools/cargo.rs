//! Tools written in Rust: compiled once by `cargo install`, each version in a directory of its own.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::files;
use crate::lock;
use crate::places::Places;
use crate::steps::say;

/// One program of one published package, in one version.
pub(crate) struct CargoTool {
    /// The package to install.
    pub(crate) package: &'static str,
    /// The program in it that is used.
    pub(crate) program: &'static str,
    /// The exact version.
    pub(crate) version: String,
    /// Whether to build it with the lock file it was published with.
    pub(crate) locked: bool,
    /// About how long two cores need to compile it, for the person who waits.
    pub(crate) takes: &'static str,
}

impl CargoTool {
    /// The path of the program, compiled now if it is nowhere yet.
    pub(crate) fn ensure(&self, places: &Places) -> Result<PathBuf> {
        if let Some(found) = command::which(self.program).filter(|path| self.is(path)) {
            return Ok(found);
        }
        let home = places.tools.join(format!("{}-{}", self.package, self.version));
        let program = program_in(&home, self.program);
        if self.is(&program) {
            return Ok(program);
        }
        let _held = lock::hold(&places.tools)?;
        // While this run waited, another may have done the work.
        if !self.is(&program) {
            say(&format!("compiling {} {} (about {}, once) ...", self.package, self.version, self.takes));
            self.install(places, &home)?;
            ensure!(self.is(&program), "{} is not {} {}", program.display(), self.program, self.version);
        }
        Ok(program)
    }

    /// Whether this path is the program in the pinned version. It is asked, not believed: a file may be a
    /// broken copy.
    fn is(&self, path: &Path) -> bool {
        path.is_file()
            && command::text(Command::new(path).arg("--version")).is_ok_and(|said| says(&said, &self.version))
    }

    /// Installs beside the final directory and renames, so that an interrupted run leaves nothing that looks
    /// finished.
    fn install(&self, places: &Places, home: &Path) -> Result<()> {
        let unfinished = places.tools.join(format!("unfinished-{}", self.package));
        files::remove_dir(&unfinished)?;
        command::run(&mut self.install_command(places, &unfinished)).with_context(|| {
            format!("cannot install {} {}: see Cargo's message above", self.package, self.version)
        })?;
        files::remove_dir(home)?;
        fs::rename(&unfinished, home)
            .with_context(|| format!("cannot move the tool to {}", home.display()))?;
        files::remove_dir(&build_dir(places))
    }

    fn install_command(&self, places: &Places, root: &Path) -> Command {
        let mut cargo = places.cargo();
        cargo.args(["install", self.package, "--version", &self.version, "--root"]).arg(root);
        cargo.args(self.locked.then_some("--locked"));
        // Not the repository's target directory, which has its own settings. It is kept when a run is
        // interrupted, so that the next goes on from there.
        cargo.env("CARGO_TARGET_DIR", build_dir(places));
        // Flags meant for Qulaq's own code must not decide whether somebody else's program compiles.
        cargo.env_remove("RUSTFLAGS");
        cargo
    }
}

fn build_dir(places: &Places) -> PathBuf {
    places.tools.join("build")
}

fn program_in(root: &Path, name: &str) -> PathBuf {
    root.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Whether the answer to `--version` has this version as a word of its own.
fn says(answer: &str, version: &str) -> bool {
    answer.split_whitespace().any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_must_match_as_a_whole_word() {
        assert!(says("wasm-bindgen 0.2.130\n", "0.2.130"));
        assert!(!says("wasm-bindgen 0.2.1301", "0.2.130"));
        assert!(!says("trunk 10.21.14", "0.21.14"));
    }

    #[test]
    fn a_half_installed_program_is_not_believed() {
        let file = env::temp_dir().join(format!("qulaq-xtask-half-{}", std::process::id()));
        fs::write(&file, "").unwrap();
        let tool = CargoTool { package: "x", program: "x", version: "1.0.0".into(), locked: true, takes: "" };
        assert!(!tool.is(&file));
        fs::remove_file(&file).unwrap();
    }
}
