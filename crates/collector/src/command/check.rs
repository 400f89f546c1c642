//! `qulaq check`: everything that is wrong with definitions and with the look of a page, all at once, and what would
//! better be asked otherwise.

use super::data::Data;
use super::theme::Theme;
use super::{Out, read_file};
use crate::advice::{Finding, Report};
use crate::places::Classifier;
use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Definitions (JSON, format 1)
    #[arg(required_unless_present = "sheets", value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    theme: Theme,
    /// Fail on warnings about definitions too
    #[arg(long)]
    strict: bool,
    /// How to tell what was found: for people, or one JSON object a line for editors and build servers
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

/// A line of the output for programs.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    finding: &'a Finding,
}

pub(super) async fn run(options: &Options, out: &mut Out) -> Result<()> {
    let classifier = options.data.classifier().await?;
    let languages = options.data.settings()?.require_languages;
    let (mut faulty, mut warnings) = (0, 0);
    for file in &options.files {
        let report = read(file, &classifier, &languages);
        faulty += usize::from(report.publication.is_none());
        warnings += report.warnings.len();
        match options.format {
            Format::Text => tell(file, &report, out)?,
            Format::Json => print_lines(file, &report, out)?,
        }
    }
    let faults = match options.format {
        Format::Text => options.theme.tell(out)?,
        Format::Json => options.theme.print_lines(out)?,
    };
    let mut said = Vec::new();
    if faulty > 0 {
        said.push(format!("{faulty} of {} definitions cannot be published as they are", options.files.len()));
    }
    if options.strict && warnings > 0 {
        said.push(format!("{}, and --strict takes none", counted(warnings, "warning")));
    }
    if faults > 0 {
        said.push(format!("the theme has {}", counted(faults, "fault")));
    }
    ensure!(said.is_empty(), said.join("; "));
    Ok(())
}

/// What there is to tell about a definition. One that cannot be read keeps nobody from hearing about the others.
fn read(file: &Path, classifier: &Classifier, languages: &[String]) -> Report {
    let no_file = |error| Report::of_no_file(format!("{error:#}"));
    read_file(file).map_or_else(no_file, |text| Report::of(&text, file, classifier, languages))
}

/// Prints every fault and every warning, then how it stands with the definition.
pub(super) fn tell(file: &Path, report: &Report, out: &mut Out) -> Result<()> {
    let name = file.display();
    for finding in report.findings() {
        writeln!(out, "{name}:{finding}")?;
    }
    let warnings = match report.warnings.len() {
        0 => String::new(),
        count => format!(", {}", counted(count, "warning")),
    };
    match &report.publication {
        Some(sound) => writeln!(out, "{name}: sound ({}){warnings}", sound.survey)?,
        None => writeln!(out, "{name}: {}{warnings}", counted(report.faults.len(), "fault"))?,
    }
    Ok(())
}

fn print_lines(file: &Path, report: &Report, out: &mut Out) -> Result<()> {
    let name = file.display().to_string();
    for finding in report.findings() {
        writeln!(out, "{}", serde_json::to_string(&Line { file: &name, finding })?)?;
    }
    Ok(())
}

pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
