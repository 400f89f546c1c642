//! `qulaq check`: everything that is wrong with definitions and with the look of a page, all at once.

use super::{Out, read_file};
use crate::theme;
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use survey::Survey;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Definitions (JSON, format 1)
    #[arg(required_unless_present = "themes", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A style sheet that sets `--qulaq-*` properties; once for each one of the same page
    #[arg(long = "theme", value_name = "FILE.css")]
    themes: Vec<PathBuf>,
}

pub(super) fn run(options: &Options, out: &mut Out) -> Result<()> {
    let mut faulty = 0;
    for file in &options.files {
        faulty += usize::from(!check(file, out)?);
    }
    let faults = check_theme(&options.themes, out)?;
    let mut said = Vec::new();
    if faulty > 0 {
        said.push(format!("{faulty} of {} definitions cannot be published as they are", options.files.len()));
    }
    if faults > 0 {
        said.push(format!("the theme has {faults} {}", if faults == 1 { "fault" } else { "faults" }));
    }
    ensure!(said.is_empty(), said.join("; "));
    Ok(())
}

/// Whether the definition is sound.
fn check(file: &Path, out: &mut Out) -> Result<bool> {
    let name = file.display();
    match Survey::read(&read_file(file)?) {
        Ok(survey) => writeln!(out, "{name}: sound ({})", survey.id).map(|()| true).map_err(Into::into),
        Err(faults) => {
            for fault in faults {
                writeln!(out, "{name}: {fault}")?;
            }
            Ok(false)
        }
    }
}

/// How many faults the style sheets of a page have.
fn check_theme(files: &[PathBuf], out: &mut Out) -> Result<usize> {
    if files.is_empty() {
        return Ok(0);
    }
    let sheets = files.iter().map(|file| read_sheet(file)).collect::<Result<Vec<_>>>()?;
    let report = theme::check(&sheets);
    for fault in &report.faults {
        writeln!(out, "{fault}")?;
    }
    for warning in &report.warnings {
        writeln!(out, "{warning} (warning)")?;
    }
    if report.faults.is_empty() {
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        writeln!(out, "{}: sound (theme)", names.join(", "))?;
    }
    Ok(report.faults.len())
}

/// The name and the text of a style sheet. One in an old encoding can be read for all that is looked at.
fn read_sheet(file: &Path) -> Result<(String, String)> {
    let name = file.display().to_string();
    let bytes = fs::read(file).with_context(|| format!("cannot read {name}"))?;
    Ok((name, String::from_utf8_lossy(&bytes).into_owned()))
}
