//! Surveys and answers for the tests.

use serde_json::{Map, Value, json};
use survey::{Answers, Problem, Survey};

/// The definition of an example, by its name in `examples/surveys/`.
pub(crate) fn example_json(id: &str) -> Value {
    let path = format!("{}/../../examples/surveys/{id}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap()
}

pub(crate) fn example(id: &str) -> Survey {
    Survey::from_value(&example_json(id)).unwrap()
}

/// A survey in one language with these pages.
pub(crate) fn survey(pages: Value) -> Survey {
    Survey::from_value(&document(pages)).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(crate) fn document(pages: Value) -> Value {
    json!({ "format": 1, "id": "test", "languages": ["en"], "title": "Test", "pages": pages })
}

pub(crate) fn answers(survey: &Survey, answers: Value) -> Answers {
    Answers::read(survey, &object(answers)).unwrap()
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is not an object"),
    }
}

/// Problems as `code question` in words, which a test can read.
pub(crate) fn words(problems: &[Problem]) -> Vec<String> {
    let code = |problem: &Problem| serde_json::to_value(problem.code).unwrap().as_str().unwrap().to_owned();
    problems.iter().map(|p| format!("{} {}", code(p), p.question.as_deref().unwrap_or("-"))).collect()
}

/// One page with a choice, and a text that shows when the choice is 2 or less.
pub(crate) fn overall_and_why() -> Value {
    json!([{ "id": "p1", "questions": [
        { "name": "overall", "type": "single", "required": true, "text": "How was it?", "options": [
            { "code": 1, "text": "Bad" }, { "code": 2, "text": "Fair" }, { "code": 3, "text": "Good" },
            { "code": 96, "text": "Other", "other": true }, { "code": -5, "text": "I do not know" } ] },
        { "name": "why", "type": "text", "max": 10, "show_if": "overall <= 2", "text": "Why?" },
        { "name": "used", "type": "multi", "min": 1, "max": 2, "text": "Used?", "options": [
            { "code": 1, "text": "A" }, { "code": 2, "text": "B" }, { "code": 3, "text": "C" },
            { "code": 97, "text": "None", "exclusive": true } ] },
        { "name": "trust", "type": "scale", "from": 0, "to": 10, "text": "Trust?" },
    ]}])
}
