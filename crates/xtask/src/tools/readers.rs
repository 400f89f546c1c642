//! Other people's readers of what Qulaq writes: those of Python, in an environment of their own, GNU PSPP, R,
//! LibreOffice, and `unzip`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::debian;
use super::python::Environment;
use crate::command;
use crate::places::Places;

/// Programs that read what was downloaded, with the package of each.
const PROGRAMS: [(&str, &str); 8] = [
    ("pspp", "pspp"),
    ("pspp-convert", "pspp"),
    ("Rscript", "r-base-core"),
    ("soffice", "libreoffice-calc-nogui"),
    ("unzip", "unzip"),
    ("pdftotext", "poppler-utils"),
    ("pdfinfo", "poppler-utils"),
    ("qpdf", "qpdf"),
];
const ADVICE: &str = "GNU PSPP, R, LibreOffice, Poppler, QPDF or unzip is missing, and they read what was downloaded: on \
                        Debian, `apt-get install pspp r-base-core libreoffice-calc-nogui libreoffice-writer-nogui \
                        poppler-utils qpdf unzip`";

/// What LibreOffice reads documents with. It puts no program on the search path.
const WRITER: (&str, &str) = ("/usr/lib/libreoffice/program/libswlo.so", "libreoffice-writer-nogui");

/// Packages of R, which are no programs, with those of Debian. It takes a minute to install them.
const OF_R: [(&str, &str); 2] = [("haven", "r-cran-haven"), ("survey", "r-cran-survey")];
const ADVICE_FOR_R: &str = "R lacks packages that read what was downloaded: on Debian, \
                              `apt-get install r-cran-haven r-cran-survey`";

/// The Python that has what `tests/readers/requirements.txt` lists, installed now unless the same list was before.
pub(crate) fn ensure(places: &Places) -> Result<PathBuf> {
    for (program, package) in PROGRAMS {
        debian::ensure(&[package], &[program], ADVICE)?;
    }
    let (library, package) = WRITER;
    if !Path::new(library).exists() {
        debian::install(&[package], ADVICE)?;
    }
    let lacks = |package: &str| {
        let ask = format!("quit(status = !requireNamespace('{package}', quietly = TRUE))");
        !command::succeeds(Command::new("Rscript").args(["--vanilla", "-e", &ask]))
    };
    let missing: Vec<&str> =
        OF_R.iter().filter(|(name, _)| lacks(name)).map(|(_, package)| *package).collect();
    if !missing.is_empty() {
        debian::install(&missing, ADVICE_FOR_R)?;
    }
    Ok(Environment::ensure(places, "tests/readers/requirements.txt")?.python())
}
