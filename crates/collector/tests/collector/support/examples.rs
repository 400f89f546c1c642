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

/// A definition of one page with the question `useful`, these fields added to it and these questions after the first.
pub(crate) fn small(fields: &Value, more: &[Value]) -> String {
    let useful = json!({
        "name": "useful", "type": "single", "required": true, "text": "Useful?",
        "options": [{"code": 1, "text": "Yes"}, {"code": 0, "text": "No"}],
    });
    let questions: Vec<Value> = [useful].into_iter().chain(more.iter().cloned()).collect();
    let mut definition = json!({
        "format": 1, "id": "small", "languages": ["kk", "ru"], "title": "Small", "review": false,
        "pages": [{"id": "p1", "questions": questions}],
    });
    definition.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    definition.to_string()
}
