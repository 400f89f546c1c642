//! CSV on the Web (W3C, Metadata Vocabulary for Tabular Data): what each column of the CSV is, as JSON beside it.
//!
//! The reasons for a missing value are declared as such (`null`). What a code means is told by schema.org's terms, as
//! the vocabulary has none of its own.

use super::{Codebook, Variable, Voice};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use survey::columns::Representation;

pub(super) fn write(codebook: &Codebook, table: &str, sink: &mut dyn Write) -> io::Result<()> {
    let voices = codebook.voices();
    let columns: Vec<Value> = codebook.variables.iter().map(|variable| column(variable, &voices)).collect();
    let lang = voices.first().map_or("und", |voice| voice.lang.as_str());
    let document = json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "url": table,
        "dc:title": each(&voices, |voice| voice.text(&codebook.survey.title).to_owned()),
        "dc:identifier": codebook.survey.id,
        "schema:version": codebook.versions.iter().map(|version| version.name.as_str()).collect::<Vec<_>>(),
        "dialect": {
            "encoding": "utf-8", "delimiter": ",", "quoteChar": "\"", "doubleQuote": true,
            "lineTerminators": ["\r\n"], "header": true, "headerRowCount": 1,
        },
        "tableSchema": {"columns": columns},
    });
    serde_json::to_writer_pretty(&mut *sink, &document)?;
    sink.write_all(b"\n")
}

/// A text in each language.
fn each(voices: &[Voice], text: impl Fn(&Voice) -> String) -> Value {
    voices.iter().map(|voice| json!({"@value": text(voice), "@language": voice.lang})).collect()
}

fn column(variable: &Variable, voices: &[Voice]) -> Value {
    let mut column = Map::new();
    column.insert("name".to_owned(), json!(variable.name()));
    column.insert("titles".to_owned(), json!(variable.name()));
    column.insert("dc:description".to_owned(), each(voices, |voice| voice.label(variable)));
    column.insert("datatype".to_owned(), datatype(variable));
    let reasons: Vec<String> = variable.reasons().map(|category| category.code.to_string()).collect();
    if !reasons.is_empty() {
        column.insert("null".to_owned(), json!(reasons));
    }
    let values = variable.categories.iter().map(|category| {
        json!({
            "@type": "schema:PropertyValue",
            "schema:value": category.code,
            "schema:name": each(voices, |voice| voice.meaning(category).to_owned()),
        })
    });
    let values: Vec<Value> = values.collect();
    if !values.is_empty() {
        column.insert("schema:valueReference".to_owned(), Value::Array(values));
    }
    Value::Object(column)
}

fn datatype(variable: &Variable) -> Value {
    match variable.column.representation {
        Representation::Whole => json!("integer"),
        Representation::Decimal(_) => json!("decimal"),
        Representation::Text => json!("string"),
        Representation::Day => json!({"base": "date", "format": "yyyy-MM-dd"}),
        Representation::Month => json!("gYearMonth"),
        Representation::Time => json!({"base": "time", "format": "HH:mm"}),
    }
}
