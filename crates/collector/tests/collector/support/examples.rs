//! The example surveys, and responses to them.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The definition of an example.
pub(crate) fn definition(name: &str) -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/surveys").join(format!("{name}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A response with these answers, its id made of one digit.
pub(crate) fn response(digit: char, survey: &str, version: &str, answers: &Value) -> Value {
    json!({
        "id": digit.to_string().repeat(32),
        "survey": survey,
        "version": version,
        "lang": "kk",
        "channel": "embed",
        "answers": answers,
        "paradata": {"path": "wasm"},
    })
}

/// The shortest answer to `page-useful`.
pub(crate) fn answer_yes(digit: char, version: &str) -> Value {
    response(digit, "page-useful", version, &json!({"useful": 1}))
}

/// The longer answer to it, with words.
pub(crate) fn answer_no(digit: char, version: &str, words: &str) -> Value {
    response(digit, "page-useful", version, &json!({"useful": 0, "doing": words}))
}

/// The body of a posted form.
pub(crate) fn urlencoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
