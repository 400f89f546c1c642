//! What of a sheet can be counted, and how it looks in the table.

use serde_json::{Value, json};
use survey::columns::{Cell, Table};
use survey::paper::{Found, as_found};
use survey::{Answers, Missing, Occasion, Survey};

fn sheet() -> Survey {
    let options = json!([{"code": 1, "text": "a"}, {"code": 2, "text": "b"}, {"code": 97, "text": "n", "exclusive": true}]);
    let document = json!({"format": 1, "id": "s", "languages": ["en"], "title": "S", "pages": [{"id": "p", "questions": [
        {"name": "must", "type": "single", "required": true, "text": "?", "options": [{"code": 1, "text": "a"}, {"code": 0, "text": "b"}, {"code": 96, "text": "o", "other": true}]},
        {"name": "more", "type": "text", "text": "?", "show_if": "must == 1"},
        {"name": "many", "type": "multi", "text": "?", "max": 1, "options": options},
        {"name": "rows", "type": "grid", "text": "?", "rows": [{"code": 1, "text": "r"}, {"code": 2, "text": "s"}], "options": [{"code": 1, "text": "a"}]},
        {"name": "age", "type": "number", "min": 18, "max": 120, "text": "?"},
        {"name": "day", "type": "date", "text": "?"},
        {"name": "split", "type": "allocation", "total": 10, "text": "?", "options": [{"code": 1, "text": "a"}, {"code": 2, "text": "b"}]},
        {"name": "ranks", "type": "ranking", "text": "?", "options": [{"code": 1, "text": "a"}, {"code": 2, "text": "b"}]},
        {"name": "visits", "type": "group", "max": 2, "text": "?", "questions": [
            {"name": "what", "type": "text", "text": "?"}, {"name": "times", "type": "number", "max": 9, "text": "?"}]},
    ]}]});
    Survey::read(&document.to_string()).unwrap()
}

fn found(answers: Value, spoiled: &[&str]) -> Found {
    let survey = sheet();
    let answers = Answers::read_carried(&survey, answers.as_object().unwrap()).unwrap();
    let spoiled: Vec<String> = spoiled.iter().map(ToString::to_string).collect();
    as_found(&survey, &answers, &spoiled, Occasion::default())
}

/// The cells of these columns.
fn cells(found: &Found, names: &[&str]) -> Vec<Cell> {
    let survey = sheet();
    let table = Table::of(&[&survey]);
    let mut row = table.row(0, &survey, &found.answers, Occasion::default());
    table.spoil(0, &survey, &found.invalid, &mut row);
    let place = |name: &&str| table.columns().iter().position(|column| column.name == *name).unwrap();
    names.iter().map(|name| row[place(name)].clone()).collect()
}

const BLANK: Cell = Cell::Missing(Missing::Blank);
const INVALID: Cell = Cell::Missing(Missing::Invalid);
const NOT_APPLICABLE: Cell = Cell::Missing(Missing::NotApplicable);

#[test]
fn a_sound_sheet_stands_as_it_is() {
    let answers = json!({"must": 1, "more": "x", "many": [1], "rows": {"1": 1, "2": 1}, "age": 40, "day": "2026-03-05",
        "split": {"1": 4, "2": 6}, "ranks": [2, 1], "visits": [{"what": "c", "times": 2}]});
    let found = found(answers.clone(), &[]);
    assert_eq!((found.answers.to_value(), found.invalid.len()), (answers, 0));
}

#[test]
fn what_was_left_blank_is_blank_also_where_it_is_required() {
    let found = found(json!({}), &[]);
    assert!(found.invalid.is_empty() && found.answers.is_empty());
    assert_eq!(cells(&found, &["must", "more", "many_1"]), [BLANK, NOT_APPLICABLE, BLANK]);
}

#[test]
fn what_breaks_its_domain_is_not_counted_and_the_rest_stands() {
    let answers = json!({"must": 1, "many": [1, 97], "age": 7, "day": {"?": ["31", "2", "2026"]},
        "split": {"1": 4, "2": 4}, "ranks": {"?": ["1", "1"]}, "more": "x"});
    let found = found(answers, &[]);
    assert_eq!(found.answers.to_value(), json!({"must": 1, "more": "x"}));
    assert_eq!(found.invalid, ["age", "day", "many", "ranks", "split"]);
    let names = ["must", "more", "many_1", "many_97", "age", "day", "split_1", "ranks_2", "rows_1"];
    let expected = [Cell::Code(1), Cell::Text("x".to_owned())];
    let expected = expected.into_iter().chain(std::iter::repeat_n(INVALID, 6)).chain([BLANK]);
    assert_eq!(cells(&found, &names), expected.collect::<Vec<_>>());
}

#[test]
fn the_reader_of_a_sheet_says_what_cannot_be_made_out_and_nothing_hangs_on_it() {
    let found = found(json!({"must": 1, "more": "x"}), &["must", "visits", "more"]);
    assert_eq!(found.answers.to_value(), json!({}));
    // Without the first answer nobody is led to the second, so that it does not apply.
    assert_eq!(found.invalid, ["must", "visits"]);
    let names = ["must", "must_other", "more", "visits_n", "visits_1_what"];
    assert_eq!(cells(&found, &names), [INVALID, INVALID, NOT_APPLICABLE, INVALID, INVALID]);
}

#[test]
fn a_row_and_a_question_of_an_entry_fall_alone() {
    let answers = json!({"rows": {"1": 1, "2": 9}, "visits": [{}, {"what": "c", "times": 99}, {"times": 3}]});
    let found = found(answers, &[]);
    assert_eq!(found.invalid, ["rows.2", "visits.0.times"]);
    let names = ["rows_1", "rows_2", "visits_n", "visits_1_what", "visits_1_times", "visits_2_times"];
    let text = Cell::Text("c".to_owned());
    let expected = [Cell::Code(1), INVALID, Cell::Code(2), text, INVALID, number("3")];
    assert_eq!(cells(&found, &names), expected);
}

fn number(text: &str) -> Cell {
    Cell::Number(survey::number::Number::parse(text).unwrap())
}

#[test]
fn words_beside_an_option_that_is_not_ticked_are_not_counted() {
    let found = found(json!({"must": 0, "must_other": "x"}), &[]);
    assert_eq!(
        (found.answers.to_value(), found.invalid),
        (json!({"must": 0}), vec!["must_other".to_owned()])
    );
}

#[test]
fn fewer_than_were_asked_is_what_the_citizen_said() {
    let found = found(json!({"ranks": [2]}), &[]);
    assert_eq!((found.answers.to_value(), found.invalid.len()), (json!({"ranks": [2]}), 0));
}
