//! A do-file for Stata 14 and later: types, labels, value labels, and the reasons for missing values as `.a` to `.h`.

use super::{heading, is_number, line};
use crate::codebook::{Category, Codebook, Variable, Voice};
use crate::export::names::{OF_STATA, fitted};
use crate::export::values::cut;
use std::io::{self, Write};
use survey::columns::Representation;

/// Characters of a name, bytes of a label that no version cuts.
const NAME: usize = 32;
const LABEL: usize = 80;
const VALUE: usize = 240;

pub(in crate::codebook) fn write(
    codebook: &Codebook,
    voice: &Voice,
    table: &str,
    sink: &mut dyn Write,
) -> io::Result<()> {
    for line in heading(codebook, table) {
        writeln!(sink, "* {line}")?;
    }
    writeln!(sink, "* -1 is .a, -2 is .b, and so on to -8, which is .h.\nversion 14\nclear")?;
    writeln!(
        sink,
        "import delimited using {}, delimiters(\",\") varnames(nonames) rowrange(2) bindquotes(strict) \
         maxquotedrows(unlimited) encoding(\"UTF-8\") stringcols(_all) clear",
        quoted(table, usize::MAX)
    )?;
    let names = fitted(codebook.variables.iter().map(Variable::name), NAME, &OF_STATA);
    for (number, (name, variable)) in (1..).zip(names.iter().zip(&codebook.variables)) {
        writeln!(sink, "\nrename v{number} {name}")?;
        writeln!(sink, "label variable {name} {}", quoted(&voice.label(variable), LABEL))?;
        values(number, name, variable, voice, sink)?;
    }
    Ok(())
}

fn values(
    number: usize,
    name: &str,
    variable: &Variable,
    voice: &Voice,
    sink: &mut dyn Write,
) -> io::Result<()> {
    if variable.column.representation == Representation::Day {
        // The name of a variable has 32 characters at most, so a new one could be too long: `q_day` stands for a while.
        writeln!(sink, "generate double q_day = date({name}, \"YMD\")\nformat q_day %td")?;
        for reason in variable.reasons() {
            writeln!(sink, "replace q_day = {} if {name} == \"{}\"", extended(reason), reason.code)?;
        }
        writeln!(sink, "local said : variable label {name}\nlabel variable q_day `\"`said'\"'")?;
        writeln!(sink, "order q_day, after({name})\ndrop {name}\nrename q_day {name}")?;
    }
    if !is_number(variable) {
        return Ok(());
    }
    writeln!(sink, "destring {name}, replace")?;
    let reasons: Vec<String> =
        variable.reasons().map(|reason| format!("{} = {}", reason.code, extended(reason))).collect();
    if !reasons.is_empty() {
        writeln!(sink, "mvdecode {name}, mv({})", reasons.join(" \\ "))?;
    }
    for category in &variable.categories {
        let code = if category.missing { extended(category) } else { category.code.to_string() };
        writeln!(sink, "label define q{number} {code} {}, add", quoted(voice.meaning(category), VALUE))?;
    }
    if variable.categories.is_empty() { Ok(()) } else { writeln!(sink, "label values {name} q{number}") }
}

/// The extended missing value of a reason: `.a` to `.h`.
fn extended(reason: &Category) -> String {
    let letter = u8::try_from(-reason.code - 1).map_or('z', |place| char::from(b'a' + place.min(25)));
    format!(".{letter}")
}

/// A string literal. A double quote, a grave accent and a dollar sign would end it or begin a macro; typographic ones,
/// and the sign in its full width, say the same.
fn quoted(text: &str, bytes: usize) -> String {
    let plain = line(text).replace('"', "”").replace('`', "‘").replace('$', "＄").replace('\\', "/");
    format!("`\"{}\"'", cut(&plain, bytes))
}
