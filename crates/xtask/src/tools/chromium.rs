//! A Chromium for the browser tests: the developer's own, or Debian's.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::debian;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const ADVICE: &str = "Chromium is missing, and the browser tests need it: install it (on Debian, \
                      `apt-get install chromium`), or set CHROMIUM to the path of a Chromium or Chrome";

/// The path of the browser, installed now if this machine allows it without a question.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMIUM").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(chosen);
        ensure!(path.is_file(), "CHROMIUM names {}, which is not a file", path.display());
        return Ok(path);
    }
    debian::ensure(&["chromium"], &NAMES, ADVICE)
}
