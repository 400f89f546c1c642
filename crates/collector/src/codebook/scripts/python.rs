//! Python with pandas. What is known of the columns is a literal at the end of the script's head, in every language of
//! the survey; the functions below it are the same in every script.

use super::{heading, kind};
use crate::codebook::{Category, Codebook, Variable, Voice};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

const FUNCTIONS: &str = include_str!("functions.py");

pub(in crate::codebook) fn write(codebook: &Codebook, table: &str, sink: &mut dyn Write) -> io::Result<()> {
    let voices = codebook.voices();
    for line in heading(codebook, table) {
        writeln!(sink, "# {line}")?;
    }
    let languages: Vec<&str> = voices.iter().map(|voice| voice.lang.as_str()).collect();
    let sets: Map<String, Value> = codebook
        .sets
        .iter()
        .map(|set| {
            let names: Vec<&str> = set.places.iter().map(|place| codebook.variables[*place].name()).collect();
            (set.name.clone(), json!(names))
        })
        .collect();
    writeln!(sink, "\nfrom pathlib import Path\n\nimport pandas as pd\n")?;
    writeln!(sink, "TABLE = Path({})", literal(&json!(table)))?;
    writeln!(sink, "LANGUAGES = {}", literal(&json!(languages)))?;
    writeln!(sink, "# Columns of 0 and 1 that are one multiple choice together.")?;
    writeln!(sink, "SETS = {}", literal(&Value::Object(sets)))?;
    writeln!(sink, "VARIABLES = {{")?;
    for variable in &codebook.variables {
        writeln!(sink, "    {}: {},", literal(&json!(variable.name())), literal(&of(variable, &voices)))?;
    }
    write!(sink, "}}\n{FUNCTIONS}")
}

/// JSON of texts, numbers, lists and objects is Python too.
fn literal(value: &Value) -> String {
    value.to_string()
}

fn of(variable: &Variable, voices: &[Voice]) -> Value {
    let each = |text: &dyn Fn(&Voice) -> Value| -> Value {
        Value::Object(voices.iter().map(|voice| (voice.lang.clone(), text(voice))).collect())
    };
    let codes = |missing: bool, voice: &Voice| -> Value {
        let of = variable.categories.iter().filter(|category| category.missing == missing);
        let pair = |category: &Category| (category.code.to_string(), json!(voice.meaning(category)));
        Value::Object(of.map(pair).collect())
    };
    json!({
        "type": kind(variable),
        "measure": measure(variable),
        "label": each(&|voice| json!(voice.label(variable))),
        "values": each(&|voice| codes(false, voice)),
        "missing": each(&|voice| codes(true, voice)),
    })
}

fn measure(variable: &Variable) -> &'static str {
    use survey::columns::Measure;
    match variable.column.measure {
        Measure::Nominal => "nominal",
        Measure::Ordinal => "ordinal",
        Measure::Scale => "scale",
        Measure::Text => "text",
        Measure::Moment => "moment",
    }
}
