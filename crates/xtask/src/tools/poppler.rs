//! Poppler's `pdftotext`, with which a browser test reads the printed form as somebody else's program sees it.

use super::debian;
use anyhow::Result;

const ADVICE: &str = "pdftotext is missing, and a browser test reads printed forms with it: on Debian, \
                      `apt-get install poppler-utils`";

/// Makes sure of it: installed now if this machine allows that without a question.
pub(crate) fn ensure() -> Result<()> {
    debian::ensure("poppler-utils", &["pdftotext"], ADVICE).map(drop)
}
