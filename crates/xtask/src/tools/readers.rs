//! Other people's readers of the formats that Qulaq writes: those of Python, in an environment of their own, and GNU PSPP.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::debian;
use crate::command;
use crate::digest::Hasher;
use crate::files;
use crate::lock;
use crate::places::Places;
use crate::steps::say;

const PSPP: &str = "GNU PSPP is missing, and reads SPSS files back: on Debian, `apt-get install pspp`";
const PYTHON: &str = "Python 3 with venv and pip is needed: on Debian, `apt-get install python3-venv`";

/// The Python that has what `tests/readers/requirements.txt` lists, installed now unless the same list was before.
pub(crate) fn ensure(places: &Places) -> Result<PathBuf> {
    debian::ensure(&["pspp"], &["pspp-convert"], PSPP)?;
    let list = places.root.join("tests/readers/requirements.txt");
    let mut hasher = Hasher::default();
    hasher.add(files::read(&list)?);
    let home = places.tools.join(format!("readers-{}", &hasher.hex()[..16]));
    // Written when all else is there: an environment cannot be renamed, for its programs know its path.
    let (python, whole) = (home.join("bin/python"), home.join("whole"));
    if whole.is_file() {
        return Ok(python);
    }
    let _held = lock::hold(&places.tools)?;
    if !whole.is_file() {
        say("installing readers from PyPI (about a minute, once) ...");
        files::remove_dir(&home)?;
        command::run(Command::new("python3").args(["-m", "venv"]).arg(&home)).context(PYTHON)?;
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        command::run(pip.arg(&list)).context(PYTHON)?;
        fs::write(&whole, "").with_context(|| format!("cannot write {}", whole.display()))?;
    }
    Ok(python)
}
