//! Frictionless: `datapackage.json`, which says what is in the CSV to the programs that know this standard.
//!
//! The labels are in one language: the standard has no other way to say them.

use super::{Codebook, Variable, Voice};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use survey::Missing;
use survey::columns::Representation;

pub(super) fn write(codebook: &Codebook, voice: &Voice, table: &str, sink: &mut dyn Write) -> io::Result<()> {
    let fields: Vec<Value> = codebook.variables.iter().map(|variable| field(variable, voice)).collect();
    let reasons: Vec<String> = Missing::ALL.iter().map(|missing| missing.code().to_string()).collect();
    let id = &codebook.survey.id;
    let document = json!({
        "profile": "tabular-data-package",
        "name": id,
        "title": voice.text(&codebook.survey.title),
        "resources": [{
            "profile": "tabular-data-resource",
            "name": id,
            "path": table,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true},
            "schema": {"fields": fields, "missingValues": reasons},
        }],
    });
    serde_json::to_writer_pretty(&mut *sink, &document)?;
    sink.write_all(b"\n")
}

fn field(variable: &Variable, voice: &Voice) -> Value {
    let mut field = Map::new();
    let mut say = |key: &str, value: Value| field.insert(key.to_owned(), value);
    say("name", json!(variable.name()));
    say("title", json!(voice.label(variable)));
    let (kind, format) = kind(variable.column.representation);
    say("type", json!(kind));
    if let Some(format) = format {
        say("format", json!(format));
    }
    if variable.is_coded() {
        let values: Vec<Value> = variable.values().map(|category| json!(category.code)).collect();
        say("constraints", json!({"enum": values}));
        let labels: Vec<Value> = variable
            .values()
            .map(|category| json!({"value": category.code, "label": voice.meaning(category)}))
            .collect();
        say("categories", json!(labels));
    }
    Value::Object(field)
}

fn kind(representation: Representation) -> (&'static str, Option<&'static str>) {
    match representation {
        Representation::Whole => ("integer", None),
        Representation::Decimal(_) => ("number", None),
        Representation::Text => ("string", None),
        Representation::Day => ("date", None),
        Representation::Month => ("yearmonth", None),
        Representation::Time => ("time", Some("%H:%M")),
    }
}
