//! Surveys that ask for work: the challenge, what becomes of a response with work and of one without, and that nobody is
//! refused.

use crate::support::{Collector, filled, hidden, receipt, response, small, solve};
use serde_json::{Value, json};

const PATH: &str = "/s/small?lang=ru";
const CHALLENGE: &str = "/api/v1/surveys/small/challenge";
const RESPONSES: &str = "/api/v1/surveys/small/responses";

/// A collector with a survey that asks for work.
fn collector() -> (Collector, String) {
    let collector = Collector::start();
    let version = collector.publish(&small(&json!({"tier": "work"}), &[]));
    (collector, version)
}

/// A challenge, solved as a browser does.
fn worked(collector: &Collector) -> String {
    solve(&collector.get(CHALLENGE).json())
}

fn with_work(digit: char, version: &str, work: &str) -> Value {
    let mut body = response(digit, "small", version, &json!({"useful": 1}));
    body["work"] = Value::from(work);
    body
}

/// What is noted of the work of each response.
fn noted(collector: &Collector) -> Vec<Value> {
    let rows = collector.wait(collector.store.responses("small", Default::default(), 100)).unwrap();
    let noted = rows.iter().map(|row| {
        let paradata: Value = serde_json::from_str(&row.paradata).unwrap();
        assert_eq!(paradata["work"].is_string(), paradata["guard"] == json!(["work"]), "{paradata}");
        paradata["work"].clone()
    });
    noted.collect()
}

#[test]
fn work_that_is_done_leaves_no_flag_and_work_that_is_not_refuses_nobody() {
    let (collector, version) = collector();
    let work = worked(&collector);
    let forged = work.replacen(".32.12.", ".1.1.", 1);
    let bodies = [
        with_work('a', &version, &work),
        with_work('b', &version, &work),
        with_work('c', &version, ""),
        with_work('d', &version, &forged),
        with_work('e', &version, "+7 балл"),
        response('f', "small", &version, &json!({"useful": 1})),
    ];
    for body in &bodies {
        assert_eq!(collector.post_json(RESPONSES, body).status, 201, "{body}");
    }
    let null = Value::Null;
    assert_eq!(
        noted(&collector),
        [null, json!("used"), json!("missing"), json!("failed"), json!("failed"), json!("missing")]
    );
    assert_eq!(collector.post_json(RESPONSES, &bodies[0]).status, 200, "a reply was lost: the same again");
    assert_eq!(noted(&collector).len(), 6);
}

#[test]
fn work_that_comes_after_its_time_or_for_another_survey_is_flagged() {
    let (collector, version) = collector();
    let other = small(&json!({"tier": "work", "id": "other"}), &[]);
    collector.publish(&other);
    let asked = collector.get("/api/v1/surveys/other/challenge").json();
    let elsewhere = format!("{}.0", asked["challenge"].as_str().unwrap());
    let work = worked(&collector);
    assert_eq!(collector.post_json(RESPONSES, &with_work('a', &version, &elsewhere)).status, 201);
    collector.set_clock("2030-01-01T00:00:00Z");
    assert_eq!(collector.post_json(RESPONSES, &with_work('b', &version, &work)).status, 201);
    assert_eq!(noted(&collector), ["failed", "late"]);
}

#[test]
fn the_page_names_the_script_and_carries_what_was_worked_from_page_to_page() {
    let (collector, _) = collector();
    let page = collector.get(PATH);
    assert!(page.body.contains("data-module=\"work\" data-then=\"app\""), "{}", page.body);
    let sent = collector.post_form(PATH, &filled(&page, &[("useful", "1"), ("_go", "next")]));
    assert!(!receipt(&sent).is_empty());
    let page = collector.get(PATH);
    let work = worked(&collector);
    // A required question is not answered, so that the form comes back.
    let again = collector.post_form(PATH, &filled(&page, &[("_work", &work), ("_go", "next")]));
    assert_eq!(hidden(&again, "_work"), work);
    let fields = [("useful", "1"), ("_work", work.as_str()), ("_go", "next")];
    assert!(!receipt(&collector.post_form(PATH, &filled(&again, &fields))).is_empty());
    // What scripts could not do is told apart from scripts that are off, also on the pages after that.
    let page = collector.post_form(PATH, &filled(&collector.get(PATH), &[("_work", ""), ("_go", "next")]));
    assert_eq!(hidden(&page, "_work"), "");
    let fields = [("useful", "1"), ("_work", ""), ("_go", "next")];
    assert!(!receipt(&collector.post_form(PATH, &filled(&page, &fields))).is_empty());
    assert_eq!(noted(&collector), [json!("no_script"), Value::Null, json!("missing")]);
}

#[test]
fn a_survey_of_another_tier_has_no_challenge_and_takes_no_work() {
    let collector = Collector::start();
    let version = collector.publish(&small(&json!({}), &[]));
    assert_eq!(collector.get(CHALLENGE).status, 404);
    let refused = collector.post_json(RESPONSES, &with_work('a', &version, "x"));
    assert_eq!(refused.problems(), ["unknown_field work"]);
    assert!(!collector.get(PATH).body.contains("data-then"));
}

#[test]
fn challenges_are_harder_while_many_responses_come() {
    let (collector, version) = collector();
    let puzzles = || collector.get(CHALLENGE).json()["puzzles"].as_u64().unwrap();
    assert_eq!(puzzles(), 32);
    for number in 0..120_u32 {
        let mut body = with_work('a', &version, "");
        body["id"] = Value::from(format!("{number:032x}"));
        assert_eq!(collector.post_json(RESPONSES, &body).status, 201);
    }
    assert_eq!(puzzles(), 64);
}
