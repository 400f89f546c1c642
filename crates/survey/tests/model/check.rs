//! What a response may hold.

use crate::support::{answers, example, overall_and_why, problems, survey, words};
use serde_json::{Value, json};
use survey::Occasion;
use survey::response::{Response, parse_id};

#[test]
fn each_answer_that_is_not_allowed_has_its_code() {
    let survey = survey(overall_and_why());
    let cases = [
        (json!({ "overall": 3 }), vec![]),
        (json!({ "overall": -5, "trust": 0, "used": [2, 1] }), vec![]),
        (json!({ "overall": 2, "why": "ә ә ә ә ә " }), vec![]),
        (json!({ "overall": 96, "overall_other": "a, \"b\"; +7 701" }), vec![]),
        (json!({}), vec!["required overall"]),
        (json!({ "overall": 4 }), vec!["unknown_option overall"]),
        (json!({ "overall": "3" }), vec!["wrong_type overall"]),
        (json!({ "overall": 3.5 }), vec!["wrong_type overall"]),
        (json!({ "overall": null }), vec!["wrong_type overall"]),
        (json!({ "overall": 3, "nosuch": 1 }), vec!["unknown_field nosuch"]),
        (json!({ "overall": 3, "Overall": 3 }), vec!["unknown_field Overall"]),
        (json!({ "overall": 3, "why": "x" }), vec!["hidden why"]),
        (json!({ "overall": 2, "why": "12345678901" }), vec!["too_long why"]),
        (json!({ "overall": 3, "overall_other": "x" }), vec!["other_not_chosen overall_other"]),
        (json!({ "overall": 3, "used_other": "x" }), vec!["unknown_field used_other"]),
        (json!({ "overall": 3, "used": [1, 2, 3] }), vec!["too_many used"]),
        (json!({ "overall": 3, "used": [1, 97] }), vec!["exclusive used"]),
        (json!({ "overall": 3, "used": [1, 1] }), vec!["repeated used"]),
        (json!({ "overall": 3, "used": [] }), vec![]),
        (json!({ "overall": 3, "used": 1 }), vec!["wrong_type used"]),
        (json!({ "overall": 3, "trust": 11 }), vec!["out_of_range trust"]),
    ];
    for (given, expected) in cases {
        assert_eq!(problems(&survey, given.clone()), expected, "{given}");
    }
}

#[test]
fn blank_text_is_no_answer() {
    let survey = survey(
        json!([{ "id": "p", "questions": [{ "name": "t", "type": "text", "required": true, "text": "?" }] }]),
    );
    assert_eq!(problems(&survey, json!({ "t": " \n\t" })), ["required t"]);
}

#[test]
fn a_required_question_that_the_route_passes_by_is_not_asked_for() {
    let survey = example("consultation");
    let given = json!({ "who": 1, "publish": 3 });
    assert_eq!(problems(&survey, given), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "who": 2, "publish": 3 })), ["required org"]);
    assert_eq!(problems(&survey, json!({ "who": 1, "org": "x", "publish": 3 })), ["hidden org"]);
}

#[test]
fn a_rule_across_questions_counts_only_where_its_question_is_shown() {
    let survey = example("page-useful");
    assert_eq!(problems(&survey, json!({ "useful": 1 })), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "useful": 0 })), ["rule doing"]);
    assert_eq!(problems(&survey, json!({ "useful": 0, "wrong": "x" })), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({})), ["required useful"]);
}

#[test]
fn a_hidden_answer_opens_nothing_behind_it() {
    let survey = survey(json!([{ "id": "p", "questions": [
        { "name": "a", "type": "scale", "from": 0, "to": 5, "text": "?" },
        { "name": "b", "type": "scale", "from": 0, "to": 5, "text": "?", "show_if": "a == 1" },
        { "name": "c", "type": "text", "text": "?", "show_if": "b == 1" },
    ]}]));
    assert_eq!(problems(&survey, json!({ "a": 2, "b": 1, "c": "x" })), ["hidden b", "hidden c"]);
    let given = answers(&survey, json!({ "a": 2, "b": 1, "c": "x" }));
    assert_eq!(
        survey::check::shown_answers(&survey, &given, Occasion::default()),
        answers(&survey, json!({ "a": 2 }))
    );
}

fn envelope() -> Value {
    json!({ "id": "0".repeat(32), "survey": "s", "version": "v", "lang": "kk", "channel": "embed", "answers": {} })
}

fn envelope_problems(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut body = envelope();
    change(&mut body);
    Response::read(body.to_string().as_bytes()).map_or_else(|problems| words(&problems), |_| Vec::new())
}

#[test]
fn the_envelope_takes_what_is_documented_and_nothing_else() {
    assert_eq!(envelope_problems(|_| {}), Vec::<String>::new());
    assert_eq!(
        envelope_problems(|body| body["paradata"] = json!({ "path": "wasm", "active_ms": 1200 })),
        Vec::<String>::new()
    );
    assert_eq!(
        envelope_problems(|body| body["paradata"] = json!({ "ip": "1" })),
        ["unknown_field paradata.ip"]
    );
    assert_eq!(
        envelope_problems(|body| body["paradata"] = json!({ "path": "Mozilla/5.0" })),
        ["wrong_type paradata.path"]
    );
    assert_eq!(envelope_problems(|body| body["agent"] = json!("x")), ["unknown_field agent"]);
    assert_eq!(
        envelope_problems(|body| body["channel"] = json!("carrier pigeon")),
        ["unknown_channel channel"]
    );
    assert_eq!(envelope_problems(|body| body["answers"] = json!([])), ["wrong_type answers"]);
    let nothing = words(&Response::read(b"{}").unwrap_err());
    assert_eq!(nothing.len(), 6, "{nothing:?}");
}

#[test]
fn what_is_not_an_object_of_json_is_malformed() {
    let nested = "[".repeat(1000);
    for body in [&b""[..], b"[]", b"{", b"\xff\xfe", nested.as_bytes()] {
        assert_eq!(words(&Response::read(body).unwrap_err()), ["malformed -"]);
    }
}

#[test]
fn an_id_is_128_bits_with_or_without_hyphens() {
    assert_eq!(
        parse_id("0123456789ABCDEF0123456789abcdef").as_deref(),
        Some("0123456789abcdef0123456789abcdef")
    );
    assert_eq!(
        parse_id("01234567-89ab-cdef-0123-456789abcdef").as_deref(),
        Some("0123456789abcdef0123456789abcdef")
    );
    for wrong in [
        "",
        "0123",
        "g123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0",
        &"-".repeat(100_000),
    ] {
        assert_eq!(parse_id(wrong), None, "{wrong:.40}");
    }
}
