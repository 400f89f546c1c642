//! PostgreSQL for the tests of the store, which start a server of their own: Debian's, whichever release it has.

use std::path::Path;

use anyhow::{Result, ensure};

use super::debian;
use crate::command;

/// Where Debian keeps the programs of each release; none of it is on the search path.
const RELEASES: &str = "/usr/lib/postgresql";

const ADVICE: &str = "PostgreSQL is missing, and the tests of the store start it: install it (on Debian, \
                      `apt-get install postgresql`), with `initdb` on the search path elsewhere";

/// Makes sure of the server's programs, installed now if this machine allows it without a question.
pub(crate) fn ensure() -> Result<()> {
    if !is_here() {
        debian::install(&["postgresql"], ADVICE)?;
        ensure!(is_here(), ADVICE);
    }
    Ok(())
}

fn is_here() -> bool {
    let releases = Path::new(RELEASES).read_dir().into_iter().flatten().flatten();
    let mut initdb = releases.map(|release| release.path().join("bin/initdb"));
    initdb.any(|program| program.is_file()) || command::which("initdb").is_some()
}
