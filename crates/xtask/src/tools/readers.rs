//! Other people's readers of what Qulaq writes: those of Python, in an environment of their own, GNU PSPP, R,
//! LibreOffice, and `unzip`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::debian;
use super::python::Environment;
use crate::places::Places;

/// Programs that read what was downloaded, with the package of each.
const PROGRAMS: [(&str, &str); 5] = [
    ("pspp", "pspp"),
    ("pspp-convert", "pspp"),
    ("Rscript", "r-base-core"),
    ("soffice", "libreoffice-calc-nogui"),
    ("unzip", "unzip"),
];
/// What LibreOffice reads documents with. It puts no program on the search path.
const WRITER: (&str, &str) = ("/usr/lib/libreoffice/program/libswlo.so", "libreoffice-writer-nogui");
const ADVICE: &str = "GNU PSPP, R, LibreOffice or unzip is missing, and they read what was downloaded: on Debian, \
                        `apt-get install pspp r-base-core libreoffice-calc-nogui libreoffice-writer-nogui unzip`";

/// The Python that has what `tests/readers/requirements.txt` lists, installed now unless the same list was before.
pub(crate) fn ensure(places: &Places) -> Result<PathBuf> {
    for (program, package) in PROGRAMS {
        debian::ensure(&[package], &[program], ADVICE)?;
    }
    let (library, package) = WRITER;
    if !Path::new(library).exists() {
        debian::install(&[package], ADVICE)?;
    }
    Ok(Environment::ensure(places, "tests/readers/requirements.txt")?.python())
}
