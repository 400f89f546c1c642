//! R without packages: factors for codes, the question as the attribute `label`, `NA` where a value is missing and the
//! reason as the attribute `reason`.

use super::{heading, kind, line};
use crate::codebook::{Category, Codebook, Variable, Voice};
use std::io::{self, Write};
use survey::columns::Measure;

const FUNCTIONS: &str = include_str!("functions.R");

pub(in crate::codebook) fn write(
    codebook: &Codebook,
    voice: &Voice,
    table: &str,
    sink: &mut dyn Write,
) -> io::Result<()> {
    for line in heading(codebook, table) {
        writeln!(sink, "# {line}")?;
    }
    writeln!(sink, "# source(\"{}.R\", encoding = \"UTF-8\")\n", codebook.survey.id)?;
    writeln!(sink, "table_file <- {}", quoted(table))?;
    writeln!(sink, "variables <- list()")?;
    for variable in &codebook.variables {
        self::variable(variable, voice, sink)?;
    }
    writeln!(sink, "# Columns of 0 and 1 that are one multiple choice together.\nsets <- list()")?;
    for set in &codebook.sets {
        let names: Vec<String> =
            set.places.iter().map(|place| quoted(codebook.variables[*place].name())).collect();
        writeln!(sink, "sets[[{}]] <- c({})", quoted(&set.name), names.join(", "))?;
    }
    sink.write_all(FUNCTIONS.as_bytes())
}

fn variable(variable: &Variable, voice: &Voice, sink: &mut dyn Write) -> io::Result<()> {
    let codes = |missing: bool| {
        let of = variable.categories.iter().filter(|category| category.missing == missing);
        let of: Vec<&Category> = of.collect();
        let codes: Vec<String> = of.iter().map(|category| quoted(&category.code.to_string())).collect();
        let words: Vec<String> = of.iter().map(|category| quoted(&line(voice.meaning(category)))).collect();
        (codes.join(", "), words.join(", "))
    };
    let ((values, labels), (reasons, why)) = (codes(false), codes(true));
    writeln!(
        sink,
        "variables[[{}]] <- list(type = {}, ordered = {}, label = {},\n  values = c({values}), labels = c({labels}),\n  \
         reasons = c({reasons}), why = c({why}))",
        quoted(variable.name()),
        quoted(kind(variable)),
        if variable.column.measure == Measure::Ordinal { "TRUE" } else { "FALSE" },
        quoted(&voice.label(variable)),
    )
}

/// A string literal of R.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
