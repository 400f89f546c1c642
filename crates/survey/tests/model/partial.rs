//! Parts of responses: what of them is checked, and what was not reached.

use crate::support::{answers, survey, words};
use serde_json::{Value, json};
use survey::columns::{Cell, Table};
use survey::partial::{Partial, check_so_far};
use survey::{Missing, Occasion, Survey};

/// Three pages in a random order and one that is always the last, with a shuffled list and a shuffled page.
fn shuffled() -> Survey {
    let page = |number: usize| {
        json!({"id": format!("p{number}"), "shuffle": true, "questions": [
            {"name": format!("a{number}"), "type": "text", "text": "A?"},
            {"name": format!("b{number}"), "type": "text", "text": "B?"}]})
    };
    let last = json!({"id": "p4", "after_review": true, "questions": [{"name": "age", "type": "number", "text": "Age?"}]});
    let mut document = crate::support::document(json!([page(1), page(2), page(3), last]));
    document["shuffle"] = json!(true);
    Survey::from_value(&document).unwrap()
}

fn left(survey: &Survey, given: Value, seen: &[&str], occasion: Occasion) -> Vec<(String, Cell)> {
    let (table, given) = (Table::of(&[survey]), answers(survey, given));
    let seen: Vec<String> = seen.iter().map(|name| (*name).to_owned()).collect();
    let mut row = table.row(0, survey, &given, occasion);
    table.leave(0, survey, (&given, &seen), occasion, &mut row);
    table.columns().iter().map(|column| column.name.clone()).zip(row).collect()
}

#[test]
fn in_a_random_order_what_was_not_reached_is_what_was_not_shown_yet() {
    let survey = shuffled();
    for seed in 0..20 {
        let occasion = Occasion { seed, today: None };
        let seen = ["a2", "b2"];
        let row = left(&survey, json!({"a2": "said"}), &seen, occasion);
        for (name, cell) in row {
            let expected = match name.as_str() {
                "a2" => Cell::Text("said".to_owned()),
                "b2" => Cell::Missing(Missing::Blank),
                // At which place they stood is known of what was shown.
                "a2_pos" | "b2_pos" | "p2_pos" => continue,
                _ => Cell::Missing(Missing::NotReached),
            };
            assert_eq!(cell, expected, "{name}, seed {seed}");
        }
    }
}

#[test]
fn one_question_a_page_the_rest_of_the_page_is_not_reached() {
    let survey = survey(json!([{"id": "p1", "questions": [
        {"name": "a", "type": "text", "text": "A?"},
        {"name": "b", "type": "text", "text": "B?", "show_if": "a == 'no'"},
        {"name": "c", "type": "text", "text": "C?"},
    ]}]));
    let row = left(&survey, json!({"a": "yes"}), &["a"], Occasion::default());
    let cells: Vec<Cell> = row.into_iter().map(|(_, cell)| cell).collect();
    let missing = Cell::Missing;
    let expected =
        [Cell::Text("yes".to_owned()), missing(Missing::NotApplicable), missing(Missing::NotReached)];
    assert_eq!(cells, expected);
}

#[test]
fn of_a_part_nothing_is_required_and_everything_else_is_checked() {
    let survey = survey(json!([{"id": "p1", "questions": [
        {"name": "must", "type": "text", "required": true, "text": "Must?"},
        {"name": "two", "type": "multi", "min": 2, "max": 2, "text": "Two?", "options": [
            {"code": 1, "text": "A"}, {"code": 2, "text": "B"}, {"code": 3, "text": "C"}]},
        {"name": "old", "type": "number", "min": 18, "text": "Old?"},
    ], "checks": [{"require": "old > 20", "at": "old", "text": "More."}]}]));
    let problems =
        |given: Value| words(&check_so_far(&survey, &answers(&survey, given), Occasion::default()));
    assert_eq!(problems(json!({})), [] as [&str; 0]);
    assert_eq!(problems(json!({"two": [1], "old": 19})), [] as [&str; 0]);
    assert_eq!(problems(json!({"two": [1, 2, 3], "old": 3})), ["too_many two", "out_of_bounds old"]);
}

#[test]
fn a_part_is_a_response_with_two_fields_more() {
    let body = json!({"id": "a".repeat(32), "survey": "s", "version": "v", "lang": "kk", "channel": "web",
        "answers": {}, "turn": 3, "seen": ["a", "b"]});
    let part = Partial::read(body.to_string().as_bytes()).unwrap();
    assert_eq!((part.turn, part.seen.as_slice()), (3, ["a".to_owned(), "b".to_owned()].as_slice()));
    let without = |field: &str| {
        let mut body = body.clone();
        body.as_object_mut().unwrap().remove(field);
        words(&Partial::read(body.to_string().as_bytes()).unwrap_err())
    };
    assert_eq!(without("turn"), ["missing_field turn"]);
    assert_eq!(without("seen"), ["missing_field seen"]);
    assert!(survey::Response::read(body.to_string().as_bytes()).is_err(), "and no response");
}
