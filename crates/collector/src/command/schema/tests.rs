//! Whether the documentation says what the program does: the generated page, its pictures, and every JSON in `docs/`.

use super::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

#[test]
fn the_page_of_the_format_is_what_the_program_writes() {
    let page = fs::read_to_string(docs().join("survey-format.md")).unwrap();
    let written = reference::page().unwrap();
    let marker = written.lines().next().unwrap();
    let (_, generated) = page.split_once(&format!("{marker}\n")).expect("the page has the marker");
    let same = written.strip_prefix(&format!("{marker}\n")).unwrap() == generated;
    assert!(same, "docs/survey-format.md is older than the kinds: run `cargo xtask docs`");
}

#[test]
fn every_kind_that_shows_something_has_a_small_picture_of_its_present_example() {
    let kinds = docs().join("kinds");
    let made: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(kinds.join("examples.json")).unwrap()).unwrap();
    let examples = examples().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let wanted: BTreeMap<String, String> =
        examples.as_array().unwrap().iter().map(|it| (text(&it["name"]), text(&it["stamp"]))).collect();
    assert_eq!(made, wanted, "the pictures are older than the examples: run `cargo xtask docs`");
    for name in wanted.keys() {
        let file = kinds.join(format!("{name}.webp"));
        let size = fs::metadata(&file).unwrap_or_else(|_| panic!("{name} has no picture")).len();
        assert!(size <= 15 * 1024, "the picture of {name} has {size} bytes");
    }
    let pictures = fs::read_dir(&kinds)
        .unwrap()
        .filter(|it| it.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "webp"));
    assert_eq!(pictures.count(), wanted.len(), "docs/kinds has a picture of no kind");
}

/// The conditions of the page are accepted behind their questions.
#[test]
fn what_the_page_says_that_conditions_see_is_what_they_see() {
    for kind in KINDS {
        let Some((_, condition)) = reference::seen(kind, &the_question(&survey_of(kind).unwrap())) else {
            continue;
        };
        let question: Value = serde_json::from_str(kind.example).unwrap();
        let note = json!({ "name": "after", "type": "note", "text": "after", "show_if": condition });
        let document = survey(&json!([{ "id": "p1", "questions": [question, note] }]));
        assert!(Survey::from_value(&document).is_ok(), "{}: {:?}", kind.name, Survey::from_value(&document));
    }
}

#[test]
fn every_json_in_the_documentation_reads() {
    let mut read = 0;
    for file in fs::read_dir(docs()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for block in text.split("```json\n").skip(1) {
            let block = block.split("\n```").next().unwrap();
            if block.starts_with('"') {
                continue; // One line of a file of words.
            }
            let value: Value = serde_json::from_str(block).unwrap_or_else(|error| {
                panic!("{}: {error} in\n{block}", path.display());
            });
            if let Some(document) = as_survey(value) {
                let found = Survey::from_value(&document);
                assert!(found.is_ok(), "{}: {:?} in\n{block}", path.display(), found.err());
                read += 1;
            }
        }
    }
    assert!(read > KINDS.len(), "only {read} definitions were found");
}

/// A survey around what is one, a page, a question, or fields that stand beside `pages`; `None` for anything else.
fn as_survey(value: Value) -> Option<Value> {
    let note = || json!([{ "id": "p1", "questions": [{ "name": "note", "type": "note", "text": "1" }] }]);
    if value["format"].is_number() {
        Some(value)
    } else if value["questions"].is_array() && value["type"].is_null() {
        Some(survey(&json!([value])))
    } else if value["pages"].is_array() {
        let mut document = survey(&value["pages"]);
        for (field, value) in value.as_object()? {
            document[field] = value.clone();
        }
        Some(document)
    } else if value["type"].is_string() && value["name"].is_string() {
        // Publishing fills in the places of a classifier.
        value["classifier"].is_null().then(|| survey(&json!([{ "id": "p1", "questions": [value] }])))
    } else if value["drafts"].is_boolean() || value["opens"].is_string() {
        let mut document = survey(&note());
        for (field, value) in value.as_object()? {
            document[field] = value.clone();
        }
        Some(document)
    } else {
        None
    }
}

fn survey(pages: &Value) -> Value {
    json!({ "format": 1, "id": "example", "languages": ["kk", "ru", "en"], "title": "example", "pages": pages })
}
