//! Syntax for SPSS and PSPP: types, labels, missing values, levels and multiple-response sets.
//!
//! Both read a line break inside a text as the end of a row. Where citizens wrote several lines, the system file (`.sav`)
//! is the one to open.

use super::{heading, is_number, line};
use crate::codebook::{Codebook, Variable, Voice};
use crate::export::names::{OF_SPSS, fitted};
use crate::export::values::cut;
use std::io::{self, Write};
use survey::columns::{Measure, Representation};

/// Bytes of a name, of the label of a variable and of a value, and of a text.
const NAME: usize = 64;
const LABEL: usize = 255;
const VALUE: usize = 120;
const TEXT: usize = 32767;

pub(in crate::codebook) fn write(
    codebook: &Codebook,
    voice: &Voice,
    table: &str,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let variables: Vec<(String, &Variable)> =
        fitted(codebook.variables.iter().map(Variable::name), NAME, &OF_SPSS)
            .into_iter()
            .zip(&codebook.variables)
            .collect();
    for line in heading(codebook, table) {
        writeln!(sink, "* {line}")?;
    }
    writeln!(sink, "SET DECIMAL=DOT.\n")?;
    writeln!(
        sink,
        "GET DATA /TYPE=TXT /FILE={} /ENCODING='UTF8' /ARRANGEMENT=DELIMITED /DELCASE=LINE /FIRSTCASE=2\n  \
         /DELIMITERS=',' /QUALIFIER='\"' /VARIABLES=",
        quoted(table, usize::MAX)
    )?;
    for (name, variable) in &variables {
        writeln!(sink, "    {name} {}", format(variable))?;
    }
    writeln!(sink, "  .\n")?;
    for (name, variable) in &variables {
        writeln!(sink, "VARIABLE LABELS {name} {}.", quoted(&voice.label(variable), LABEL))?;
        codes(name, variable, voice, sink)?;
        writeln!(sink, "VARIABLE LEVEL {name} ({}).", level(variable.column.measure))?;
    }
    sets(codebook, &variables, voice, sink)?;
    writeln!(sink, "EXECUTE.")
}

/// SPSS knows no format for a month alone and none in which a day has hyphens and can have a reason in its place.
fn format(variable: &Variable) -> String {
    match variable.column.representation {
        Representation::Whole => "F12.0".to_owned(),
        Representation::Decimal(places) => format!("F20.{places}"),
        Representation::Text => {
            // A character of Kazakh is two bytes, and none is more than four.
            let width = variable.column.width.unwrap_or(255);
            format!("A{}", width.saturating_mul(if width > 64 { 4 } else { 2 }).min(TEXT))
        }
        Representation::Day | Representation::Month | Representation::Time => "A10".to_owned(),
    }
}

fn level(measure: Measure) -> &'static str {
    match measure {
        Measure::Ordinal => "ORDINAL",
        Measure::Scale => "SCALE",
        Measure::Nominal | Measure::Text | Measure::Moment => "NOMINAL",
    }
}

/// What the codes of a number mean. A text can have no more than three missing values, so it has none here.
fn codes(name: &str, variable: &Variable, voice: &Voice, sink: &mut dyn Write) -> io::Result<()> {
    if !is_number(variable) || variable.categories.is_empty() {
        return Ok(());
    }
    let labels = variable
        .categories
        .iter()
        .map(|category| format!("\n  {} {}", category.code, quoted(voice.meaning(category), VALUE)));
    writeln!(sink, "VALUE LABELS {name}{}.", labels.collect::<String>())?;
    if variable.reasons().next().is_some() {
        writeln!(sink, "MISSING VALUES {name} (-8 THRU -1).")?;
    }
    Ok(())
}

fn sets(
    codebook: &Codebook,
    variables: &[(String, &Variable)],
    voice: &Voice,
    sink: &mut dyn Write,
) -> io::Result<()> {
    for set in &codebook.sets {
        let names: Vec<&str> = set.places.iter().map(|place| variables[*place].0.as_str()).collect();
        writeln!(
            sink,
            "MRSETS /MDGROUP NAME=${} LABEL={} VARIABLES={} VALUE=1.",
            cut(&set.name, NAME - 1),
            quoted(&codebook.label_of_set(set, voice), LABEL),
            names.join(" ")
        )?;
    }
    Ok(())
}

/// A string literal on one line, cut where it must be.
fn quoted(text: &str, bytes: usize) -> String {
    format!("'{}'", cut(&line(text), bytes).replace('\'', "''"))
}
