//! Who is asked what: conditions on pages, questions, options and rows, and what they do to answers.

use crate::support::{Citizen, choice, example, page, problems, survey, text, with};
use serde_json::{Value, json};
use survey::expression::Datum;
use survey::{At, Survey};

fn used() -> Value {
    choice("multi", "used", &[1, 2, 3])
}

fn grid(name: &str) -> Value {
    let options = json!([{ "code": 1, "text": "Bad" }, { "code": 2, "text": "Good" }]);
    let rows = json!([{ "code": 1, "text": "A" }, { "code": 2, "text": "B" }, { "code": 3, "text": "C" }]);
    json!({ "name": name, "type": "grid", "text": name, "rows": rows, "options": options })
}

#[test]
fn a_page_is_passed_by_when_its_condition_does_not_hold_or_none_of_its_questions_is_shown() {
    let survey = survey(json!([
        page("p1", json!([used()])),
        with(page("p2", json!([text("a")])), json!({ "show_if": "used has 1" })),
        page("p3", json!([with(text("b"), json!({ "show_if": "used has 2" }))])),
        page("p4", json!([text("c")])),
    ]));
    for (given, next) in [(json!([1]), 1), (json!([2]), 2), (json!([3]), 3)] {
        let mut citizen = Citizen::of(&survey);
        assert_eq!(citizen.answer(json!({ "used": given })).next(), At::Page(next));
    }
    assert_eq!(problems(&survey, json!({ "used": [3], "a": "x", "b": "x" })), ["hidden a", "hidden b"]);
}

#[test]
fn an_option_that_is_not_offered_cannot_be_chosen() {
    let mut second = choice("multi", "best", &[1, 2, 3]);
    second["options"][0]["show_if"] = json!("used has 1");
    second["options"][1]["show_if"] = json!("used has 2");
    let survey = survey(json!([page("p1", json!([used(), second]))]));
    assert_eq!(problems(&survey, json!({ "used": [1], "best": [1, 3] })), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "used": [1], "best": [1, 2] })), ["hidden best"]);
    // Who takes the first answer back keeps the second in the form, and it is not sent.
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "used": [2], "best": [1, 2] }));
    assert!(!citizen.route().offers((0, 1), 1));
    assert_eq!(citizen.sends(), json!({ "used": [2], "best": [2] }));
    citizen.answer(json!({ "used": [1, 2] }));
    assert_eq!(citizen.sends(), json!({ "used": [1, 2], "best": [1, 2] }));
}

#[test]
fn a_question_is_left_out_when_none_of_its_options_is_offered() {
    let mut second = choice("single", "best", &[1, 2]);
    second["options"][0]["show_if"] = json!("used has 1");
    second["options"][1]["show_if"] = json!("used has 2");
    let second = with(second, json!({ "required": true, "show_if": "count(used) >= 1" }));
    let survey = survey(json!([page("p1", json!([used(), second]))]));
    assert_eq!(problems(&survey, json!({ "used": [3] })), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "used": [2] })), ["required best"]);
}

#[test]
fn bounds_count_only_what_is_offered() {
    let mut several = with(choice("multi", "best", &[1, 2, 3]), json!({ "min": 2, "required": true }));
    several["options"][0]["show_if"] = json!("used has 1");
    several["options"][1]["show_if"] = json!("used has 2");
    let mut order = with(choice("ranking", "order", &[1, 2, 3]), json!({ "required": true }));
    order["options"][0]["show_if"] = json!("used has 1");
    let survey = survey(json!([page("p1", json!([used(), several, order]))]));
    let whole = json!({ "used": [1, 2], "best": [1], "order": [3, 1] });
    assert_eq!(problems(&survey, whole), ["too_few best", "incomplete order"]);
    // One option is left: two cannot be asked for, nor three places.
    assert_eq!(problems(&survey, json!({ "used": [3], "best": [3], "order": [3, 2] })), Vec::<String>::new());
}

#[test]
fn rows_that_come_from_an_answer_are_those_that_were_chosen() {
    let survey = survey(json!([
        page("p1", json!([used()])),
        page("p2", json!([with(grid("quality"), json!({ "rows_from": "used", "required": true }))])),
        page("p3", json!([text("end")])),
    ]));
    assert_eq!(
        problems(&survey, json!({ "used": [1, 3], "quality": { "1": 2, "3": 1 } })),
        Vec::<String>::new()
    );
    assert_eq!(problems(&survey, json!({ "used": [1, 3], "quality": { "1": 2 } })), ["required quality"]);
    assert_eq!(problems(&survey, json!({ "used": [1], "quality": { "1": 2, "2": 2 } })), ["hidden quality"]);
    let mut citizen = Citizen::of(&survey);
    assert_eq!(citizen.next(), At::Page(2), "without rows there is nothing to ask");
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "used": [2], "quality": { "1": 2, "2": 1 } }));
    let route = citizen.route();
    assert!(route.asks_row((1, 0), 2) && !route.asks_row((1, 0), 1));
    assert_eq!(citizen.next(), At::Page(1));
}

#[test]
fn a_row_is_answered_once() {
    let survey = survey(json!([page("p1", json!([grid("quality")]))]));
    assert_eq!(problems(&survey, json!({ "quality": { "1": 2, "01": 1 } })), ["wrong_type quality"]);
    assert_eq!(problems(&survey, json!({ "quality": { "1": 2, "9": 1 } })), ["unknown_option quality"]);
    let many: serde_json::Map<String, Value> = (0..100_000).map(|row| (row.to_string(), json!(1))).collect();
    assert_eq!(problems(&survey, json!({ "quality": many })), ["wrong_type quality"]);
}

#[test]
fn a_row_has_a_condition_of_its_own() {
    let mut rows = grid("quality");
    rows["rows"][0]["show_if"] = json!("used has 1");
    let survey = survey(json!([page("p1", json!([used(), with(rows, json!({ "required": true }))]))]));
    assert_eq!(
        problems(&survey, json!({ "used": [2], "quality": { "2": 1, "3": 1 } })),
        Vec::<String>::new()
    );
    assert_eq!(
        problems(&survey, json!({ "used": [1], "quality": { "2": 1, "3": 1 } })),
        ["required quality"]
    );
}

#[test]
fn a_row_may_decide_what_follows() {
    let more = with(text("why"), json!({ "show_if": "quality[2] == 1" }));
    let survey = survey(json!([page("p1", json!([grid("quality"), more]))]));
    assert_eq!(problems(&survey, json!({ "quality": { "2": 1 }, "why": "x" })), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "quality": { "1": 1 }, "why": "x" })), ["hidden why"]);
}

#[test]
fn an_answer_may_be_required_only_sometimes() {
    let why = with(text("why"), json!({ "required_if": "used has 3" }));
    let survey = survey(json!([page("p1", json!([used(), why]))]));
    assert_eq!(problems(&survey, json!({ "used": [1] })), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "used": [3] })), ["required why"]);
}

#[test]
fn a_check_across_questions_holds_the_page_until_it_is_met() {
    let number = |name: &str| json!({ "name": name, "type": "number", "text": name });
    let mut first = page("p1", json!([number("all"), number("children")]));
    first["checks"] = json!([{ "require": "children <= all or not answered(children)", "at": "children", "text": "More than all" }]);
    let survey = survey(json!([first, page("p2", json!([text("end")]))]));
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "all": 2, "children": 3 }));
    assert_eq!(citizen.press(survey::form::Go::Next), (At::Page(0), vec!["rule children".to_owned()]));
    assert_eq!(citizen.answer(json!({ "children": 2 })).next(), At::Page(1));
    assert_eq!(problems(&survey, json!({ "all": 2, "children": 3 })), ["rule children"]);
}

fn with_calc() -> Survey {
    let number = |name: &str| json!({ "name": name, "type": "number", "places": 2, "text": name });
    let calc = json!({ "name": "each", "type": "calc", "text": "Each", "value": "income / people" });
    survey(json!([
        page(
            "p1",
            json!([number("income"), with(number("people"), json!({ "show_if": "income > 0" })), calc])
        ),
        with(page("p2", json!([text("help")])), json!({ "show_if": "each < 50" })),
        page("p3", json!([text("end")])),
    ]))
}

#[test]
fn a_computed_value_decides_and_is_never_sent() {
    let survey = with_calc();
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "income": 100, "people": 3 }));
    assert!(
        matches!(citizen.route().value("each"), Some(Datum::Number(each)) if each.to_plain() == "33.333333")
    );
    assert_eq!(citizen.next(), At::Page(1));
    citizen.answer(json!({ "people": 2 }));
    assert!(!citizen.route().shows_page(&survey, 1));
    assert_eq!(problems(&survey, json!({ "income": 100, "people": 2, "each": 50 })), ["unknown_field each"]);
    // Divided by what is hidden or nothing, there is no value and no condition that holds.
    for given in [json!({ "income": 0 }), json!({ "income": 5, "people": 0 }), json!({})] {
        assert_eq!(problems(&survey, given), Vec::<String>::new());
    }
}

#[test]
fn a_default_stands_until_it_is_changed_and_counts_only_where_it_is_shown() {
    let city = with(choice("single", "city", &[1, 2]), json!({ "default": 2 }));
    let street = with(text("street"), json!({ "default": "Abai", "show_if": "city == 1" }));
    let survey = survey(json!([page("p1", json!([city, street]))]));
    let mut citizen = Citizen::of(&survey);
    assert_eq!(citizen.sends(), json!({ "city": 2 }));
    assert_eq!(citizen.answer(json!({ "city": 1 })).sends(), json!({ "city": 1, "street": "Abai" }));
    assert_eq!(citizen.answer(json!({ "street": null })).sends(), json!({ "city": 1 }));
    assert_eq!(problems(&survey, json!({})), Vec::<String>::new(), "the server makes up no answers");
}

#[test]
fn a_required_question_that_the_route_passes_by_never_holds_anybody() {
    let survey = example("consultation");
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "who": 1, "publish": 3 }));
    let route = citizen.route();
    assert!(!route.shows(survey.place("org").unwrap()));
    assert_eq!(problems(&survey, citizen.posted.answers.to_value()), Vec::<String>::new());
}
