//! Parts of responses over HTTP: kept where the author asks for it, checked as far as they go, never taken for responses.

use crate::support::{Collector, Reply, filled, on_both_engines, receipt, response};
use serde_json::{Value, json};
use std::collections::BTreeMap;

on_both_engines! { Collector:
    a_part_is_kept_and_replaced_and_gone_with_the_whole
    what_was_not_reached_is_told_from_what_was_left_blank
    what_no_form_sends_is_refused_and_leaves_no_trace
    what_is_missing_is_not_refused
    a_part_that_is_deleted_comes_no_more_and_the_whole_still_may
    a_form_without_scripts_keeps_what_each_page_brought
}

const TOKEN: &str = "qulaq_test";

/// Four pages: a choice that leads past the second, words, several of a list, a number with a value worked out of it.
fn definition(more: &Value) -> String {
    let mut definition = json!({
        "format": 1, "id": "long", "languages": ["kk", "ru"], "title": "Long", "review": false, "partials": true,
        "pages": [
            {"id": "p1", "questions": [
                {"name": "used", "type": "yes_no", "required": true, "text": "Used?"},
                {"name": "when", "type": "text", "text": "When?", "max": 20},
                {"name": "source", "type": "hidden", "text": "Source"},
            ]},
            {"id": "p2", "show_if": "used == 1", "questions": [
                {"name": "why", "type": "text", "required": true, "text": "Why?"}]},
            {"id": "p3", "questions": [
                {"name": "also", "type": "multi", "min": 2, "text": "Also?", "options": [
                    {"code": 1, "text": "A"}, {"code": 2, "text": "B"}, {"code": 3, "text": "C"}]}]},
            {"id": "p4", "questions": [
                {"name": "age", "type": "number", "min": 0, "max": 120, "text": "Age?"},
                {"name": "twice", "type": "calc", "value": "age * 2", "text": "Twice"}]},
        ],
    });
    definition.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    definition.to_string()
}

fn part(version: &str, turn: u32, seen: &[&str], answers: &Value) -> Value {
    let mut part = response('a', "long", version, answers);
    part.as_object_mut()
        .unwrap()
        .extend([("turn".to_owned(), json!(turn)), ("seen".to_owned(), json!(seen))]);
    part
}

const PARTIALS: &str = "/api/v1/surveys/long/partials";
const AS_JSON: (&str, &str) = ("content-type", "application/json");

fn put(collector: &Collector, part: &Value) -> Reply {
    collector.send("PUT", PARTIALS, &[AS_JSON], part.to_string())
}

fn delete(collector: &Collector, id: &str) -> Reply {
    collector.send("DELETE", PARTIALS, &[AS_JSON], json!({ "id": id }).to_string())
}

/// The rows of an export, each by the names of its columns.
fn export(collector: &Collector, query: &str) -> (String, Vec<BTreeMap<String, String>>) {
    let path = format!("/api/v1/surveys/long/export?format=csv{query}");
    let reply = collector.send("GET", &path, &[("authorization", &format!("Bearer {TOKEN}"))], "");
    assert_eq!(reply.status, 200, "{reply:?}");
    let rows = csv::Reader::from_reader(reply.body.as_bytes()).deserialize().map(Result::unwrap).collect();
    (reply.header("content-disposition").to_owned(), rows)
}

fn parts(collector: &Collector) -> Vec<BTreeMap<String, String>> {
    export(collector, "&partials=only").1
}

fn published(collector: &Collector) -> String {
    collector.let_in(TOKEN, None);
    collector.publish(&definition(&json!({})))
}

fn a_part_is_kept_and_replaced_and_gone_with_the_whole(collector: &Collector) {
    let version = published(collector);
    let first = put(collector, &part(&version, 3, &["used", "when", "source"], &json!({"used": 1})));
    assert_eq!((first.status, first.json()), (200, json!({"turn": 3})));
    assert_eq!(first.header("cache-control"), "no-store");
    let late = put(collector, &part(&version, 2, &[], &json!({})));
    assert_eq!((late.status, late.json()), (200, json!({"turn": 3})));
    let second =
        part(&version, 4, &["used", "when", "source", "why"], &json!({"used": 1, "why": "so, a@b.kz"}));
    assert_eq!(put(collector, &second).status, 200);
    assert_eq!(export(collector, "").1.len(), 0, "it is no response");
    let (name, rows) = export(collector, "&partials=only");
    assert_eq!(name, "attachment; filename=\"long-partial.csv\"");
    assert_eq!((rows.len(), rows[0]["why"].as_str()), (1, "so, [@]"));
    assert_eq!(
        (rows[0]["response_day"].as_str(), rows[0]["response_channel"].as_str()),
        ("2026-03-09", "embed")
    );

    let whole = response('a', "long", &version, &json!({"used": 1, "why": "so", "also": [1, 2]}));
    assert_eq!(collector.post_json("/api/v1/surveys/long/responses", &whole).status, 201);
    assert_eq!((parts(collector).len(), export(collector, "").1.len()), (0, 1));
    let late = put(collector, &second);
    assert_eq!((late.status, late.json()), (200, json!({"complete": true})));
    assert_eq!((parts(collector).len(), export(collector, "").1.len()), (0, 1));
}

fn what_was_not_reached_is_told_from_what_was_left_blank(collector: &Collector) {
    let version = published(collector);
    let row = |turn, seen: &[&str], answers: &Value| {
        assert_eq!(put(collector, &part(&version, turn, seen, answers)).status, 200);
        let row = parts(collector).remove(0);
        ["used", "when", "source", "why", "also_1", "also_2", "age", "twice"].map(|name| row[name].clone())
    };
    let began = row(1, &["used", "when", "source"], &json!({"used": 1, "source": "sms"}));
    assert_eq!(began, ["1", "-4", "sms", "-3", "-3", "-3", "-3", "-3"]);
    let skipped = row(2, &["used", "when", "source", "also"], &json!({"used": 0, "source": "sms"}));
    assert_eq!(skipped, ["0", "-4", "sms", "-2", "-4", "-4", "-3", "-3"]);
    // She went back and changed an answer: the page that it leads to was not shown yet.
    let back = row(3, &["used", "when", "source", "also"], &json!({"used": 1, "also": [2, 3]}));
    assert_eq!(back, ["1", "-4", "-4", "-3", "0", "1", "-3", "-3"]);
    let all = ["used", "when", "source", "why", "also", "age", "twice"];
    assert_eq!(row(4, &all, &json!({"used": 1, "age": 4})), ["1", "-4", "-4", "-4", "-4", "-4", "4", "8"]);
}

fn what_no_form_sends_is_refused_and_leaves_no_trace(collector: &Collector) {
    let version = published(collector);
    let whole_alone = collector.publish_example("page-useful");
    let refused = |changes: &Value| {
        let mut part = part(&version, 1, &["used"], &json!({"used": 1}));
        part.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let reply = put(collector, &part);
        (reply.status, reply.problem(), reply.problems().join(","))
    };
    let invalid = |problems: &str| (422, "invalid".to_owned(), problems.to_owned());
    assert_eq!(refused(&json!({"answers": {"nothing": 1}})), invalid("unknown_field nothing"));
    assert_eq!(refused(&json!({"answers": {"used": "yes"}})), invalid("wrong_type used"));
    assert_eq!(refused(&json!({"answers": {"used": 7}})), invalid("unknown_option used"));
    assert_eq!(refused(&json!({"answers": {"used": 0, "why": "so"}})), invalid("hidden why"));
    assert_eq!(refused(&json!({"answers": {"when": "x".repeat(21)}})), invalid("too_long when"));
    assert_eq!(refused(&json!({"seen": ["nothing"]})), invalid("unknown_field seen"));
    assert_eq!(refused(&json!({"seen": [7], "turn": 0})), invalid("wrong_type turn,wrong_type seen"));
    assert_eq!(refused(&json!({"more": 1})), invalid("unknown_field more"));
    assert_eq!(refused(&json!({"id": "a"})), invalid("bad_id id"));
    assert_eq!(refused(&json!({"lang": "de"})), invalid("unknown_language lang"));
    assert_eq!(refused(&json!({"version": "v9"})), invalid("unknown_version version"));
    assert_eq!(refused(&json!({"survey": "page-useful"})), invalid("wrong_survey survey"));
    let huge = put(collector, &part(&version, 1, &[], &json!({"when": "x".repeat(300_000)})));
    assert_eq!(huge.problem(), "too_large");
    assert_eq!(collector.send("PUT", PARTIALS, &[AS_JSON], "[").problem(), "malformed");
    assert_eq!(delete(collector, "a").problem(), "invalid");

    let path = "/api/v1/surveys/page-useful/partials";
    let mut other = response('a', "page-useful", &whole_alone, &json!({"useful": 1}));
    other.as_object_mut().unwrap().extend([("turn".to_owned(), json!(1)), ("seen".to_owned(), json!([]))]);
    let not_asked_for = collector.send("PUT", path, &[AS_JSON], other.to_string());
    assert_eq!((not_asked_for.status, not_asked_for.problem()), (403, "no_partials".to_owned()));
    assert_eq!(
        collector.send("PUT", "/api/v1/surveys/no/partials", &[AS_JSON], "{}").problem(),
        "unknown_survey"
    );
    assert_eq!(collector.rows(), 0);

    assert!(collector.wait(collector.store.close("long")).unwrap());
    let closed = put(collector, &part(&version, 1, &["used"], &json!({"used": 1})));
    assert_eq!((closed.status, closed.problem()), (403, "closed".to_owned()));
    assert_eq!(collector.rows(), 0);
}

fn what_is_missing_is_not_refused(collector: &Collector) {
    let version = published(collector);
    for (turn, answers) in [json!({}), json!({"used": 1}), json!({"also": [1]})].iter().enumerate() {
        let turn = u32::try_from(turn).unwrap() + 1;
        assert_eq!(
            put(collector, &part(&version, turn, &["used", "also"], answers)).json(),
            json!({"turn": turn})
        );
    }
}

fn a_part_that_is_deleted_comes_no_more_and_the_whole_still_may(collector: &Collector) {
    let version = published(collector);
    let part = |turn| part(&version, turn, &["used"], &json!({"used": 1}));
    assert_eq!(put(collector, &part(1)).status, 200);
    for id in ["a".repeat(32), "A".repeat(32), "b".repeat(32)] {
        assert_eq!(delete(collector, &id).status, 204);
    }
    assert_eq!(parts(collector).len(), 0);
    let late = put(collector, &part(2));
    assert_eq!((late.status, late.problem()), (410, "withdrawn".to_owned()));
    let whole = response('a', "long", &version, &json!({"used": 0}));
    assert_eq!(collector.post_json("/api/v1/surveys/long/responses", &whole).status, 201);
}

fn a_form_without_scripts_keeps_what_each_page_brought(collector: &Collector) {
    published(collector);
    let first = collector.get("/s/long?lang=ru");
    assert!(first.body.contains("Ответы отправляются после каждой страницы"), "{}", first.body);
    let post =
        |page: &Reply, fields: &[(&str, &str)]| collector.post_form("/s/long?lang=ru", &filled(page, fields));
    let wrong = post(&first, &[("_go", "next")]);
    assert_eq!((wrong.status, parts(collector).len()), (422, 0), "nobody came to another page");
    let second = post(&first, &[("used", "1"), ("when", "вчера"), ("_go", "next")]);
    assert!(!second.body.contains("Ответы отправляются после каждой страницы"));
    let row = |rows: Vec<BTreeMap<String, String>>| {
        assert_eq!(rows.len(), 1);
        ["used", "when", "why", "also_1", "response_channel"].map(|name| rows[0][name].clone())
    };
    assert_eq!(row(parts(collector)), ["1", "вчера", "-3", "-3", "web"]);
    let third = post(&second, &[("why", "так"), ("_go", "next")]);
    let back = post(&third, &[("also", "2"), ("_go", "back")]);
    assert_eq!(row(parts(collector)), ["1", "вчера", "так", "0", "web"]);
    let again = post(&back, &[("why", "иначе"), ("_go", "lang:kk")]);
    assert_eq!(row(parts(collector))[2], "так", "another language is no other page");

    let deleted = post(&again, &[("why", "иначе"), ("_go", "forget")]);
    assert!(deleted.status == 200 && deleted.body.contains("Жіберілген жауаптар өшірілді"));
    assert!(deleted.body.contains("иначе"), "what was typed stays on the page");
    assert_eq!(parts(collector).len(), 0);
    let third = post(&deleted, &[("why", "иначе"), ("_go", "next")]);
    let fourth = post(&third, &[("also", "2"), ("also", "3"), ("_go", "next")]);
    assert_eq!(parts(collector).len(), 0);
    receipt(&post(&fourth, &[("age", "30"), ("_go", "next")]));
    assert_eq!(export(collector, "").1.len(), 1);
}

/// A page of somebody's that was pasted in has no id until it is posted: the first part comes with its second page.
#[test]
fn a_form_without_an_id_leaves_no_part() {
    let collector = Collector::start();
    let version = published(&collector);
    let body = format!("_version={version}&_lang=kk&_page=0&_shown=used+when&used=1&_go=next");
    let second = collector.post_form("/s/long", &body);
    assert!(second.status == 200 && second.body.contains("name=\"why\""));
    assert_eq!(parts(&collector).len(), 0);
    collector.post_form("/s/long", &filled(&second, &[("why", "a"), ("_go", "next")]));
    assert_eq!(parts(&collector).len(), 1);
}

#[test]
fn a_survey_that_does_not_ask_for_parts_keeps_none_of_a_form() {
    let collector = Collector::start();
    collector.publish(&definition(&json!({"partials": false})));
    let first = collector.get("/s/long?lang=kk");
    assert!(!first.body.contains("forget"));
    let second = collector.post_form("/s/long", &filled(&first, &[("used", "1"), ("_go", "next")]));
    assert!(second.body.contains("name=\"why\""));
    collector.post_form("/s/long", &filled(&second, &[("why", "a"), ("_go", "forget")]));
    assert_eq!(collector.rows(), 0);
}

#[test]
fn pages_of_other_origins_may_send_and_delete_parts() {
    let collector = Collector::allowing(&["https://agency.example"]);
    let asked = [
        ("origin", "https://agency.example"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "content-type"),
    ];
    let reply = collector.send("OPTIONS", PARTIALS, &asked, "");
    assert!(reply.header("access-control-allow-methods").contains("PUT"), "{reply:?}");
}
