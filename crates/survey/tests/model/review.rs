//! Checking the answers before they are sent, changing one of them, and the pages that come after.

use crate::support::{Citizen, choice, object, page, survey, text, with};
use serde_json::{Value, json};
use survey::form::{Go, Posted};
use survey::{At, Survey};

fn pages() -> Value {
    json!([
        page("p1", json!([choice("single", "way", &[1, 2, 3])])),
        with(
            page("p2", json!([with(text("a"), json!({ "required": true }))])),
            json!({ "show_if": "way == 2" })
        ),
        page("p3", json!([text("b"), with(text("c"), json!({ "show_if": "way == 3", "required": true }))])),
        with(page("p4", json!([choice("single", "age", &[1, 2])])), json!({ "after_review": true })),
    ])
}

/// Somebody who has come to checking the answers.
fn checking(survey: &Survey) -> Citizen<'_> {
    let mut citizen = Citizen::of(survey);
    assert_eq!(citizen.answer(json!({ "way": 1 })).next(), At::Page(2));
    assert_eq!(citizen.answer(json!({ "b": "x" })).next(), At::Review);
    citizen
}

#[test]
fn answers_on_several_pages_are_checked_before_the_respondent_is_asked_about() {
    let survey = survey(pages());
    let mut citizen = checking(&survey);
    assert_eq!(citizen.next(), At::Page(3));
    assert_eq!(citizen.press(Go::Back), (At::Review, vec![]));
    assert_eq!(citizen.press(Go::Back), (At::Page(2), vec![]));
    assert_eq!(citizen.next(), At::Review);
    citizen.next();
    assert_eq!(citizen.answer(json!({ "age": 2 })).sends(), json!({ "way": 1, "b": "x", "age": 2 }));
}

#[test]
fn who_changes_an_answer_comes_straight_back_to_checking() {
    let survey = survey(pages());
    let mut citizen = checking(&survey);
    assert_eq!(citizen.press(Go::Change(2)), (At::Page(2), vec![]));
    assert!(citizen.posted.changing);
    assert_eq!(citizen.answer(json!({ "b": "y" })).next(), At::Review);
    assert!(!citizen.posted.changing);
}

#[test]
fn a_changed_answer_leads_to_what_it_newly_asks_and_then_back_to_checking() {
    let survey = survey(pages());
    let mut citizen = checking(&survey);
    citizen.press(Go::Change(0));
    assert_eq!(citizen.answer(json!({ "way": 2 })).next(), At::Page(1));
    assert_eq!(citizen.press(Go::Next), (At::Page(1), vec!["required a".to_owned()]));
    assert_eq!(citizen.answer(json!({ "a": "z" })).next(), At::Review);
    citizen.press(Go::Change(0));
    assert_eq!(
        citizen.answer(json!({ "way": 3 })).next(),
        At::Page(2),
        "a new question on a page that was seen"
    );
    assert_eq!(citizen.answer(json!({ "c": "z" })).next(), At::Review);
    // The answer to what is hidden again stays and comes back.
    citizen.press(Go::Change(0));
    assert_eq!(citizen.answer(json!({ "way": 2 })).next(), At::Review);
    citizen.next();
    assert_eq!(citizen.sends(), json!({ "way": 2, "a": "z", "b": "x" }));
}

#[test]
fn a_changed_answer_that_ends_early_sends_at_once() {
    let mut pages = pages();
    pages[0]["then"] = json!([{ "if": "way == 2", "end": "Over." }]);
    let survey = survey(pages);
    let mut citizen = checking(&survey);
    citizen.press(Go::Change(0));
    assert_eq!(citizen.answer(json!({ "way": 2 })).sends(), json!({ "way": 2 }));
}

#[test]
fn what_was_typed_and_cannot_be_read_is_never_dropped_on_the_way_to_sending() {
    let number =
        with(json!({ "name": "n", "type": "number", "text": "N" }), json!({ "show_if": "way == 1" }));
    let survey = survey(json!([
        page("p1", json!([choice("single", "way", &[1, 2])])),
        page("p2", json!([number, text("a")])),
        page("p3", json!([text("b")])),
    ]));
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "way": 1 })).next();
    citizen.answer(json!({ "n": { "?": ["about 5"] } }));
    assert_eq!(citizen.press(Go::Next), (At::Page(1), vec!["not_a_number n".to_owned()]));
    citizen.press(Go::Back);
    citizen.answer(json!({ "way": 2 })).next();
    assert_eq!(citizen.next(), At::Page(2), "what is hidden keeps nobody");
    assert_eq!(citizen.next(), At::Review);
    citizen.press(Go::Change(0));
    assert_eq!(citizen.answer(json!({ "way": 1 })).next(), At::Review, "it was seen before");
    assert_eq!(citizen.press(Go::Next), (At::Page(1), vec!["not_a_number n".to_owned()]));
    assert_eq!(citizen.posted.answers.to_value()["n"], json!({ "?": ["about 5"] }));
}

#[test]
fn one_page_is_sent_at_once_unless_the_author_wants_it_checked() {
    let one = json!([page("p1", json!([text("a")]))]);
    assert_eq!(Citizen::of(&survey(one.clone())).sends(), json!({}));
    let mut document = crate::support::document(one);
    document["review"] = json!(true);
    let reviewed = Survey::from_value(&document).unwrap();
    assert_eq!(Citizen::of(&reviewed).next(), At::Review);
    let mut document = crate::support::document(pages());
    document["review"] = json!(false);
    let straight = Survey::from_value(&document).unwrap();
    let mut citizen = Citizen::of(&straight);
    citizen.next();
    assert_eq!(citizen.next(), At::Page(3));
}

#[test]
fn the_page_of_checking_is_posted_like_any_other() {
    let survey = survey(pages());
    let fields = |go: &str| {
        let pairs =
            [("_page", "review"), ("_answers", r#"{"way":1,"b":"x"}"#), ("_shown", "way b"), ("_go", go)];
        Posted::read(&survey, pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))).unwrap()
    };
    let mut change = fields("page:2");
    assert_eq!(crate::support::stands(&survey, &mut change), (At::Page(2), vec![]));
    assert!(
        change.changing && change.answers.to_value() == Value::Object(object(json!({ "way": 1, "b": "x" })))
    );
    assert_eq!(crate::support::stands(&survey, &mut fields("next")), (At::Page(3), vec![]));
    assert_eq!(crate::support::stands(&survey, &mut fields("back")), (At::Page(2), vec![]));
    assert_eq!(
        crate::support::stands(&survey, &mut fields("page:99")),
        (At::Page(3), vec![]),
        "no further than the last"
    );
}
