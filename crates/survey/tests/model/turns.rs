//! Turns after a page: to a page further on, or to an early end.

use crate::support::{Citizen, choice, example_json, page, problems, survey, text, with};
use serde_json::json;
use survey::{At, Survey};

fn three() -> Survey {
    let first = with(
        page("p1", json!([choice("single", "way", &[1, 2, 3])])),
        json!({ "then": [{ "if": "way == 1", "to": "p3" }, { "if": "way == 2", "end": "Nothing more." }] }),
    );
    survey(json!([
        first,
        page("p2", json!([with(text("a"), json!({ "required": true }))])),
        page("p3", json!([text("b")]))
    ]))
}

#[test]
fn a_turn_skips_the_pages_between_and_what_they_require() {
    let survey = three();
    let mut citizen = Citizen::of(&survey);
    assert_eq!(citizen.answer(json!({ "way": 1 })).next(), At::Page(2));
    assert_eq!(citizen.press(survey::form::Go::Back), (At::Page(0), vec![]));
    assert_eq!(citizen.answer(json!({ "way": 3 })).next(), At::Page(1), "onwards when no turn holds");
    assert_eq!(problems(&survey, json!({ "way": 1, "a": "x" })), ["hidden a"]);
    assert_eq!(problems(&survey, json!({ "way": 3 })), ["required a"]);
}

#[test]
fn an_early_end_sends_what_was_answered_and_has_words_of_its_own() {
    let survey = three();
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "way": 2 }));
    let (page, turn) = citizen.route().early_end().unwrap();
    assert_eq!(survey.pages[page].turns[turn].end.as_ref().unwrap().get("en"), "Nothing more.");
    assert_eq!(citizen.sends(), json!({ "way": 2 }), "nothing is checked by who is not to be asked further");
    assert_eq!(problems(&survey, json!({ "way": 2, "b": "x" })), ["hidden b"]);
}

#[test]
fn the_first_turn_that_holds_is_taken() {
    let turns = json!([{ "if": "way <= 2", "to": "p2" }, { "if": "way == 1", "end": "x" }, { "to": "p3" }]);
    let first = with(page("p1", json!([choice("single", "way", &[1, 2, 3])])), json!({ "then": turns }));
    let survey = survey(json!([first, page("p2", json!([text("a")])), page("p3", json!([text("b")]))]));
    for (way, next) in [(1, 1), (2, 1), (3, 2)] {
        assert_eq!(Citizen::of(&survey).answer(json!({ "way": way })).next(), At::Page(next));
    }
}

#[test]
fn a_page_that_is_not_shown_turns_nobody() {
    let skipped =
        with(page("p2", json!([text("a")])), json!({ "show_if": "way == 1", "then": [{ "end": "Over." }] }));
    let survey = survey(json!([
        page("p1", json!([choice("single", "way", &[1, 2])])),
        skipped,
        page("p3", json!([text("b")])),
    ]));
    assert_eq!(Citizen::of(&survey).answer(json!({ "way": 2 })).next(), At::Page(2));
    assert!(Citizen::of(&survey).answer(json!({ "way": 1 })).route().early_end().is_some());
}

#[test]
fn a_survey_that_was_never_checked_neither_goes_round_nor_ends_for_a_page_that_is_not_there() {
    let first = with(page("p1", json!([text("a")])), json!({ "then": [{ "to": "nosuch" }] }));
    let second = with(page("p2", json!([text("b")])), json!({ "then": [{ "to": "p1" }] }));
    let mut document = example_json("page-useful");
    document["pages"] = json!([first, second, page("p3", json!([text("c")]))]);
    let survey = Survey::from_published(&document).unwrap();
    let mut citizen = Citizen::of(&survey);
    assert_eq!(citizen.next(), At::Page(1));
    assert_eq!(citizen.next(), At::Page(2));
}
