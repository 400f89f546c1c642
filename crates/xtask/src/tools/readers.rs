//! Other people's readers of the formats that Qulaq writes: those of Python, in an environment of their own, and GNU PSPP.

use std::path::PathBuf;

use anyhow::Result;

use super::debian;
use super::python::Environment;
use crate::places::Places;

const PSPP: &str = "GNU PSPP is missing, and reads SPSS files back: on Debian, `apt-get install pspp`";

/// The Python that has what `tests/readers/requirements.txt` lists, installed now unless the same list was before.
pub(crate) fn ensure(places: &Places) -> Result<PathBuf> {
    debian::ensure(&["pspp"], &["pspp-convert"], PSPP)?;
    Ok(Environment::ensure(places, "tests/readers/requirements.txt")?.python())
}
