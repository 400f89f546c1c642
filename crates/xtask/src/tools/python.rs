//! Packages from PyPI: each list of pinned versions is installed once, into an environment of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::debian;
use crate::command;
use crate::digest::Hasher;
use crate::files;
use crate::lock;
use crate::places::Places;
use crate::steps::say;

const ADVICE: &str =
    "Python 3 with its module `venv` is needed: on Debian, `apt-get install python3 python3-venv`";

/// Says that everything was installed.
const STAMP: &str = "whole";

/// Where the packages of one list are.
pub(crate) struct Environment(PathBuf);

impl Environment {
    /// Installs what a list names, by its path in the repository, unless that same list is installed already.
    pub(crate) fn ensure(places: &Places, list: &str) -> Result<Self> {
        let list = places.root.join(list);
        let home = places.tools.join(format!("python-{}", &hash(&list)?[..16]));
        if home.join(STAMP).is_file() {
            return Ok(Self(home));
        }
        let _held = lock::hold(&places.tools)?;
        if !home.join(STAMP).is_file() {
            say("installing packages from PyPI (about a minute, once) ...");
            install(&list, &home)?;
            files::write(&home.join(STAMP), "")?;
        }
        Ok(Self(home))
    }

    /// The Python that has them.
    pub(crate) fn python(&self) -> PathBuf {
        self.0.join("bin/python")
    }

    /// A command that starts a module as a program.
    pub(crate) fn module(&self, name: &str) -> Command {
        let mut python = Command::new(self.python());
        python.args(["-m", name]).env("PYTHONDONTWRITEBYTECODE", "1");
        python
    }
}

fn hash(list: &Path) -> Result<String> {
    let mut hasher = Hasher::default();
    hasher.add(files::read(list)?);
    Ok(hasher.hex())
}

/// An environment cannot be moved: it is made where it will be, and has its stamp when it is whole.
fn install(list: &Path, home: &Path) -> Result<()> {
    if make(home).is_err() {
        debian::install(&["python3", "python3-venv"], ADVICE)?;
        make(home)?;
    }
    let mut pip = Command::new(home.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    command::run(pip.arg(list)).context("cannot install from PyPI: see the message above")
}

fn make(home: &Path) -> Result<()> {
    command::output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(home))
        .map(drop)
        .context(ADVICE)
}
