//! The style sheets of a page beside a definition: what is wrong with their colours, for people and for programs.

use super::Out;
use crate::theme::{self, Report};
use anyhow::{Context, Result};
use clap::Args;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// The flags of every command that looks at the colours of a page.
#[derive(Debug, Args)]
pub(super) struct Theme {
    /// A style sheet that sets `--qulaq-*` properties; once for each one of the same page
    #[arg(long = "theme", value_name = "FILE.css")]
    sheets: Vec<PathBuf>,
}

/// A line of the output for programs.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    line: usize,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
}

impl Theme {
    /// Prints what there is to say, and gives how many faults there are.
    pub(super) fn tell(&self, out: &mut Out) -> Result<usize> {
        if self.sheets.is_empty() {
            return Ok(0);
        }
        let sheets = self.read()?;
        let Report { faults, warnings } = theme::check(&sheets);
        for fault in &faults {
            writeln!(out, "{fault}")?;
        }
        for warning in &warnings {
            writeln!(out, "{warning} (warning)")?;
        }
        if faults.is_empty() {
            let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
            writeln!(out, "{}: sound (theme)", names.join(", "))?;
        }
        Ok(faults.len())
    }

    /// The same as one JSON object a line.
    pub(super) fn print_lines(&self, out: &mut Out) -> Result<usize> {
        if self.sheets.is_empty() {
            return Ok(0);
        }
        let sheets = self.read()?;
        let Report { faults, warnings } = theme::check(&sheets);
        let said = faults.iter().map(|fault| ("error", fault));
        for (severity, said) in said.chain(warnings.iter().map(|warning| ("warning", warning))) {
            let (file, line, message) = placed(said, &sheets);
            let line = Line { file, line, severity, code: "contrast", message };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
        Ok(faults.len())
    }

    fn read(&self) -> Result<Vec<(String, String)>> {
        self.sheets.iter().map(|file| read_sheet(file)).collect()
    }
}

/// Takes apart `FILE:LINE: …`. What is said of all sheets together begins with no line, and stands at the first.
fn placed<'a>(said: &'a str, sheets: &'a [(String, String)]) -> (&'a str, usize, &'a str) {
    let apart = |name: &'a str| {
        let (line, message) = said.strip_prefix(name)?.strip_prefix(':')?.split_once(": ")?;
        Some((name, line.parse().ok()?, message))
    };
    let first = sheets.first().map_or("", |(name, _)| name.as_str());
    sheets.iter().find_map(|(name, _)| apart(name)).unwrap_or((first, 1, said))
}

/// The name and the text of a style sheet. One in an old encoding can be read for all that is looked at.
fn read_sheet(file: &Path) -> Result<(String, String)> {
    let name = file.display().to_string();
    let bytes = fs::read(file).with_context(|| format!("cannot read {name}"))?;
    Ok((name, String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_taken_apart_also_where_the_name_has_colons() {
        let sheets = [("c:/a: b.css".to_owned(), String::new()), ("b.css".to_owned(), String::new())];
        assert_eq!(placed("c:/a: b.css:12: --qulaq-a: x", &sheets), ("c:/a: b.css", 12, "--qulaq-a: x"));
        assert_eq!(placed("b.css:3: y", &sheets), ("b.css", 3, "y"));
        assert_eq!(placed("b.css: sets no", &sheets), ("c:/a: b.css", 1, "b.css: sets no"));
    }
}
