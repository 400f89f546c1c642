//! What is typed or picked in parts: words, numbers, moments, places.

use super::*;

#[test]
fn words_are_counted_in_characters() {
    let text = one(q("text", json!({ "max": 3 })));
    assert_eq!(to_q(&text, json!("әңқ")), [""; 0]);
    assert_eq!(to_q(&text, json!("әңқү")), ["too_long q"]);
    assert_eq!(posted(&text, &[("q", "  ")]), json!({}));
}

#[test]
fn addresses_numbers_and_codes_have_their_forms() {
    let email = one(q("email", json!({})));
    assert_eq!(to_q(&email, json!("aigul@example.kz")), [""; 0]);
    assert_eq!(to_q(&email, json!("aigul")), ["wrong_form q"]);
    assert_eq!(to_q(&email, json!(format!("{}@b.kz", "a".repeat(320)))), ["too_long q"]);
    let phone = one(q("phone", json!({})));
    assert_eq!(to_q(&phone, json!("8 (701) 234-56-78")), [""; 0]);
    assert_eq!(to_q(&phone, json!("701")), ["wrong_form q"]);
    let code = one(q("code", json!({ "form": "postal-code" })));
    assert_eq!(to_q(&code, json!("010 000")), [""; 0]);
    assert_eq!(to_q(&code, json!("01000")), ["wrong_form q"]);
    assert_eq!(
        row(&code, json!({ "q": "010000" })),
        "q=010000",
        "a code stays a text: it begins with a zero"
    );
    one_fault(q("code", json!({ "form": "iin" })), "0].form", "\"postal-code\", \"bin\"");
}

#[test]
fn a_browser_fills_in_only_what_is_the_respondents_own() {
    let line = |question: Value| match &one(question).question("q").unwrap().control {
        Control::Line(line) => (line.mode, line.autocomplete),
        other => panic!("{other:?}"),
    };
    assert_eq!(line(q("email", json!({}))), ("email", ""));
    assert_eq!(line(q("email", json!({ "own": true }))), ("email", "email"));
    assert_eq!(line(q("phone", json!({ "own": true }))), ("tel", "tel"));
    assert_eq!(line(q("code", json!({ "form": "bin" }))), ("numeric", ""));
    assert_eq!(line(q("code", json!({ "form": "plate" }))), ("", ""));
    assert_eq!(line(q("number", json!({ "min": 0 }))), ("numeric", ""));
    assert_eq!(line(q("number", json!({ "places": 2 }))), ("decimal", ""));
    assert_eq!(line(q("number", json!({ "min": -40 }))), ("", ""), "a numeric keyboard may have no minus");
}

#[test]
fn a_number_lies_within_its_bounds() {
    let number = one(q("number", json!({ "min": -1.5, "max": 1000, "places": 1 })));
    assert_eq!(posted(&number, &[("q", "−1,5")]), json!({ "q": -1.5 }));
    assert_eq!(posted(&number, &[("q", "1 000")]), json!({ "q": 1000 }));
    assert_eq!(posted(&number, &[("q", " ")]), json!({}));
    assert_eq!(stops(&number, &[("q", "many")]), ["not_a_number q"]);
    assert_eq!(to_q(&number, json!(1000.5)), ["out_of_bounds q"]);
    assert_eq!(to_q(&number, json!(-1.6)), ["out_of_bounds q"]);
    assert_eq!(to_q(&number, json!(0.25)), ["too_many_places q"]);
    assert_eq!(to_q(&number, json!("1")), ["wrong_type q"]);
    assert_eq!(row(&number, json!({ "q": 0.5 })), "q=0.5");
    one_fault(q("number", json!({ "min": 2, "max": 1.5 })), "0].min", "\"max\" (1.5)");
}

#[test]
fn moments_are_asked_in_parts_and_kept_as_texts_that_sort() {
    let date = one(q("date", json!({ "min": "2026-01-01", "max": "2026-12-31" })));
    assert_eq!(
        posted(&date, &[("q.d", "5"), ("q.m", "наурыз"), ("q.y", "2026")]),
        json!({ "q": "2026-03-05" })
    );
    assert_eq!(posted(&date, &[("q.d", ""), ("q.m", ""), ("q.y", "")]), json!({}));
    assert_eq!(stops(&date, &[("q.d", "5"), ("q.m", ""), ("q.y", "2026")]), ["incomplete q"]);
    assert_eq!(stops(&date, &[("q.d", "30"), ("q.m", "2"), ("q.y", "2026")]), ["not_a_moment q"]);
    assert_eq!(to_q(&date, json!("2025-12-31")), ["too_early q"]);
    assert_eq!(to_q(&date, json!("2027-01-01")), ["too_late q"]);
    assert_eq!(to_q(&date, json!("2026-03")), ["not_a_moment q"]);
    let month = one(q("month", json!({})));
    assert_eq!(posted(&month, &[("q.m", "9"), ("q.y", "2019")]), json!({ "q": "2019-09" }));
    let time = one(q("time", json!({ "max": "18:00" })));
    assert_eq!(posted(&time, &[("q.h", "8"), ("q.min", "05")]), json!({ "q": "08:05" }));
    assert_eq!(to_q(&time, json!("18:01")), ["too_late q"]);
    assert_eq!(row(&time, json!({ "q": "08:05" })), "q=08:05");
}

#[test]
fn the_bounds_of_a_moment_are_moments_like_it_in_their_order() {
    one_fault(q("date", json!({ "min": "2026-03" })), "0].min", "a day");
    one_fault(q("month", json!({ "max": "2026-03-01" })), "0].max", "a month");
    one_fault(q("time", json!({ "min": "2026-03" })), "0].min", "a time");
    one_fault(q("time", json!({ "min": "18:00", "max": "09:00" })), "0].min", "\"max\" (09:00)");
}

/// Two regions, one with a district in which there is a village.
pub(super) fn places() -> Value {
    let mut places = some(&[10, 20, 11, 12]);
    places[2]["within"] = json!(10);
    places[3]["within"] = json!(11);
    places
}

#[test]
fn a_place_is_the_deepest_that_was_chosen() {
    let place = one(q("place", json!({ "levels": 3, "options": places() })));
    let chosen = |parts: &[(&str, &str)]| posted(&place, parts)["q"].clone();
    assert_eq!(chosen(&[("q.1", "10"), ("q.2", "11"), ("q.3", "12")]), 12);
    assert_eq!(chosen(&[("q.1", "20"), ("q.2", "11"), ("q.3", "12")]), 20, "the region was changed since");
    assert_eq!(chosen(&[("q.1", ""), ("q.2", "")]), Value::Null);
    assert_eq!(to_q(&place, json!(20)), [""; 0], "nothing lies within it");
    assert_eq!(to_q(&place, json!(11)), ["incomplete q"]);
    assert_eq!(to_q(&place, json!(13)), ["unknown_option q"]);
    let regions = one(q("place", json!({ "options": some(&[10, 20]) })));
    assert_eq!(to_q(&regions, json!(10)), [""; 0]);
    assert_eq!(row(&regions, json!({ "q": 10 })), "q=10");
}

#[test]
fn places_lie_within_places_and_none_deeper_than_there_are_lists() {
    one_fault(
        q("place", json!({ "levels": 2, "options": places() })),
        "0].options[3].within",
        "12 lie deeper",
    );
    let mut stray = places();
    stray[3]["within"] = json!(99);
    one_fault(
        q("place", json!({ "levels": 3, "options": stray })),
        "0].options[3].within",
        "99 is not the code",
    );
    let mut circle = places();
    circle[0]["within"] = json!(11);
    let found = faults(q("place", json!({ "levels": 3, "options": circle })));
    assert!(found[0].1.contains("10 lies within itself"), "{found:?}");
    one_fault(q("place", json!({ "levels": 3 })), "0]", "lacks \"options\"");
    one_fault(
        q("place", json!({ "levels": 3, "classifier": "kato" })),
        "0]",
        "`qulaq publish` fills them in",
    );
}
