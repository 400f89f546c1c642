//! Everything that must be refused: with its status and its code, and without a trace on the disk.

use crate::support::{Collector, Reply, answer_no, answer_yes, response};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";
const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// A collector with `page-useful`, and the version of it.
fn collector() -> (Collector, String) {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    (collector, version)
}

fn refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.problem().as_str()), (status, code), "{reply:?}");
}

#[test]
fn a_body_that_is_no_response_is_malformed() {
    let (collector, _) = collector();
    let nested = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    let in_answers = format!(r#"{{"answers": {{"useful": {nested}}}}}"#);
    for body in ["", "{", "[]", "null", "\"text\"", &nested, &in_answers, "\u{feff}{}"] {
        refused(&collector.send("POST", RESPONSES, JSON, body), 400, "malformed");
    }
    refused(&collector.send("POST", RESPONSES, JSON, [0xff, 0xfe].as_slice()), 400, "malformed");
    assert_eq!(collector.rows(), 0);
}

#[test]
fn a_faulty_response_is_refused_with_every_problem() {
    let (collector, version) = collector();
    let answers = |answers: Value| response('a', "page-useful", &version, &answers);
    let with = |field: &str, value: Value| {
        let mut response = answer_yes('a', &version);
        response[field] = value;
        response
    };
    let cases = [
        (answers(json!({})), vec!["required useful"]),
        (answers(json!({"useful": "1"})), vec!["wrong_type useful"]),
        (answers(json!({"useful": null})), vec!["wrong_type useful"]),
        (answers(json!({"useful": 7})), vec!["unknown_option useful"]),
        (answers(json!({"useful": 1, "doing": "x"})), vec!["hidden doing"]),
        (answers(json!({"useful": 1, "nothing": 1})), vec!["unknown_field nothing"]),
        (answers(json!({"useful": 0})), vec!["rule doing"]),
        (answers(json!({"useful": 0, "doing": "я".repeat(1201)})), vec!["too_long doing"]),
        (with("answers", json!([])), vec!["wrong_type answers"]),
        (with("id", json!("zz")), vec!["bad_id id"]),
        (with("version", json!("0".repeat(32))), vec!["unknown_version version"]),
        (with("survey", json!("another")), vec!["wrong_survey survey"]),
        (with("lang", json!("de")), vec!["unknown_language lang"]),
        (with("channel", json!("pigeon")), vec!["unknown_channel channel"]),
        (with("ip", json!("127.0.0.1")), vec!["unknown_field ip"]),
        (with("paradata", json!({"screen": 1})), vec!["unknown_field paradata.screen"]),
        (
            json!({"survey": 1}),
            vec![
                "missing_field id",
                "wrong_type survey",
                "missing_field version",
                "missing_field lang",
                "missing_field channel",
                "missing_field answers",
            ],
        ),
    ];
    for (body, problems) in cases {
        let reply = collector.post_json(RESPONSES, &body);
        refused(&reply, 422, "invalid");
        assert_eq!(reply.problems(), problems, "{body}");
    }
    assert_eq!(collector.rows(), 0);
}

#[test]
fn an_address_or_a_method_that_does_not_exist_is_told_so() {
    let (collector, version) = collector();
    let body = response('a', "nothing", &version, &json!({}));
    refused(&collector.post_json("/api/v1/surveys/nothing/responses", &body), 404, "unknown_survey");
    refused(&collector.get("/api/v1/surveys/nothing"), 404, "unknown_survey");
    refused(&collector.get("/api/v1/surveys/%ff"), 404, "unknown_survey");
    refused(&collector.get("/api/v1/surveys/nothing/fragment"), 404, "unknown_survey");
    refused(&collector.get("/s/nothing"), 404, "unknown_survey");
    refused(&collector.get("/api/v1/surveys/page-useful?version=0"), 404, "unknown_version");
    refused(&collector.get("/nothing/here"), 404, "unknown_route");
    refused(&collector.get("/widget/nothing.js"), 404, "unknown_route");
    let wrong_method = collector.get(RESPONSES);
    refused(&wrong_method, 405, "method_not_allowed");
    assert_eq!(wrong_method.header("allow"), "POST");
    assert_eq!(collector.rows(), 0);
}

#[test]
fn only_json_is_taken_as_json_and_only_a_form_as_a_form() {
    let (collector, version) = collector();
    let body = answer_yes('a', &version).to_string();
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""] {
        let headers = [("content-type", content_type)];
        refused(&collector.send("POST", RESPONSES, &headers, body.clone()), 415, "content_type");
        refused(&collector.send("DELETE", "/api/v1/responses", &headers, body.clone()), 415, "content_type");
    }
    refused(&collector.send("POST", RESPONSES, &[], body.clone()), 415, "content_type");
    refused(&collector.send("POST", "/s/page-useful", JSON, body.clone()), 415, "content_type");
    assert_eq!(collector.rows(), 0);

    let with_charset = [("content-type", "Application/JSON; charset=utf-8")];
    assert_eq!(collector.send("POST", RESPONSES, &with_charset, body).status, 201);
}

#[test]
fn a_body_over_the_limit_is_refused_by_json_and_by_form() {
    let (collector, version) = collector();
    let ten_megabytes = answer_no('a', &version, &"x".repeat(10 << 20));
    refused(&collector.post_json(RESPONSES, &ten_megabytes), 413, "too_large");
    refused(&collector.post_form("/s/page-useful", &"a".repeat(300 << 10)), 413, "too_large");
    assert_eq!(collector.rows(), 0);
}

#[test]
fn a_body_that_announces_too_much_or_never_ends_is_refused_before_it_has_arrived() {
    let (collector, _) = collector();
    let announced = format!("Content-Length: {}\r\n\r\n", 10 << 20);
    let endless =
        format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n", 300 << 10, "x".repeat(300 << 10));
    for rest in [announced, endless] {
        let mut connection = TcpStream::connect(collector.origin.trim_start_matches("http://")).unwrap();
        let head =
            format!("POST {RESPONSES} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
        connection.write_all(format!("{head}{rest}").as_bytes()).unwrap();
        let mut status = [0; 12];
        connection.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 413");
    }
    assert_eq!(collector.rows(), 0);
}

#[test]
fn another_response_under_a_used_id_is_a_conflict_that_tells_nothing() {
    let (collector, version) = collector();
    assert_eq!(collector.post_json(RESPONSES, &answer_no('a', &version, "the secret words")).status, 201);
    let reply = collector.post_json(RESPONSES, &answer_yes('a', &version));
    refused(&reply, 409, "conflict");
    assert!(!reply.body.contains("secret") && !reply.body.contains("receipt"));
    assert_eq!(collector.rows(), 1);
}

#[test]
fn no_refusal_repeats_what_was_sent() {
    let (collector, version) = collector();
    let words = "Абай Құнанбайұлы";
    let unknown_option = response('a', "page-useful", &version, &json!({"useful": words}));
    let malformed = format!("{{\"{words}");
    for reply in [
        collector.post_json(RESPONSES, &unknown_option),
        collector.send("POST", RESPONSES, JSON, malformed),
        collector.get("/s/%D0%90%D0%B1%D0%B0%D0%B9"),
    ] {
        assert!(reply.status >= 400 && !reply.body.contains("Абай"), "{reply:?}");
    }
}
