//! The programs besides Chromium in which journeys of the tests are taken: Firefox, WebKitGTK with a screen that nobody
//! sees, a reader of PDF, and a screen reader.

use anyhow::{Context, Result};

use super::debian;
use crate::command;

/// A program that the tests start, and the package of Debian that brings it.
type Needed = (&'static str, &'static str);

/// Poppler's `pdftotext` sees a printed form as somebody else's program does.
const BROWSERS: [Needed; 4] = [
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    ("pdftotext", "poppler-utils"),
];

/// Orca asks for the library of its speech by itself, and for the bus of accessibility.
const READER: [Needed; 2] = [("orca", "orca"), ("dbus-daemon", "dbus-daemon")];

/// Makes the browsers and what goes with them ready.
pub(crate) fn ensure() -> Result<()> {
    all(&BROWSERS)
}

/// Makes the screen reader ready.
pub(crate) fn ensure_reader() -> Result<()> {
    all(&READER)
}

fn all(needed: &[Needed]) -> Result<()> {
    let missing = || needed.iter().filter(|(program, _)| command::which(program).is_none());
    let packages: Vec<&str> = missing().map(|(_, package)| *package).collect();
    let advice = advice(needed);
    if !packages.is_empty() {
        debian::install(&packages, &advice)?;
    }
    missing().next().is_none().then_some(()).context(advice)
}

fn advice(needed: &[Needed]) -> String {
    let packages: Vec<&str> = needed.iter().map(|(_, package)| *package).collect();
    format!("browser tests need more programs: on Debian, `apt-get install {}`", packages.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_names_every_package() {
        assert!(
            advice(&BROWSERS).ends_with("`apt-get install firefox-esr webkit2gtk-driver xvfb poppler-utils`")
        );
    }
}
