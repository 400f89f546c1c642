//! Quotas: never more of a group than its limit, and nobody fills in a form in vain.

use crate::support::{Collector, Reply, filled, hidden, on_both_engines, receipt, response, small};
use serde_json::{Value, json};
use std::thread;

on_both_engines! { Collector:
    twenty_at_once_for_five_places_are_five_and_fifteen
    a_full_group_is_refused_by_its_index_and_the_others_are_not
    a_group_is_counted_by_its_name_over_all_versions_and_the_current_one_says_the_limit
    the_hosted_form_says_it_after_the_page_that_decides
}

const RESPONSES: &str = "/api/v1/surveys/small/responses";
const QUOTAS: &str = "/api/v1/surveys/small/quotas";

/// Of those who found it useful, so many are heard; of young people any number.
fn limited(limit: u64) -> String {
    let quotas = json!({"quotas": [
        {"name": "young", "if": "age <= 2", "limit": 1000},
        {"name": "content", "if": "useful == 1", "limit": limit, "text": "Enough of you"},
    ]});
    let age = json!({"name": "age", "type": "scale", "from": 1, "to": 5, "low": "Young", "high": "Old", "text": "Age"});
    small(&quotas, &[age])
}

fn post(collector: &Collector, id: &str, version: &str, answers: &Value) -> Reply {
    let mut body = response('a', "small", version, answers);
    body["id"] = json!(id.repeat(32));
    collector.post_json(RESPONSES, &body)
}

fn twenty_at_once_for_five_places_are_five_and_fifteen(collector: &Collector) {
    let version = collector.publish(&limited(5));
    let statuses: Vec<u16> = thread::scope(|scope| {
        let send = |number: usize| {
            let mut body = response('a', "small", &version, &json!({"useful": 1}));
            body["id"] = json!(format!("{number:032x}"));
            collector.post_json(RESPONSES, &body).status
        };
        let senders: Vec<_> = (0..20).map(|number| scope.spawn(move || send(number))).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 5, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 403).count(), 15, "{statuses:?}");
    assert_eq!(collector.rows(), 5);
}

fn a_full_group_is_refused_by_its_index_and_the_others_are_not(collector: &Collector) {
    let version = collector.publish(&limited(1));
    let kept = post(collector, "a", &version, &json!({"useful": 1, "age": 1}));
    assert_eq!(kept.status, 201);
    let refused = post(collector, "b", &version, &json!({"useful": 1}));
    assert_eq!((refused.status, refused.problem().as_str()), (403, "quota_full"));
    assert_eq!(refused.json()["problems"], json!([{"code": "quota_full", "params": {"quota": 1}}]));
    assert_eq!(post(collector, "b", &version, &json!({"useful": 0, "age": 1})).status, 201);
    let again = post(collector, "a", &version, &json!({"useful": 1, "age": 1}));
    assert_eq!((again.status, again.receipt()), (200, kept.receipt()));

    assert_eq!(collector.withdraw(&kept.receipt()).status, 204);
    assert_eq!(post(collector, "c", &version, &json!({"useful": 1})).status, 201, "its place was given back");
}

fn a_group_is_counted_by_its_name_over_all_versions_and_the_current_one_says_the_limit(
    collector: &Collector,
) {
    let old = collector.publish(&limited(1));
    assert_eq!(post(collector, "a", &old, &json!({"useful": 1})).status, 201);
    let new = collector.publish(&limited(2));
    assert_eq!(post(collector, "b", &new, &json!({"useful": 1})).status, 201);
    for (id, version) in [("c", &new), ("d", &old)] {
        assert_eq!(post(collector, id, version, &json!({"useful": 1})).problem(), "quota_full");
    }
    collector.publish(&small(&json!({}), &[]));
    assert_eq!(
        post(collector, "e", &old, &json!({"useful": 1})).status,
        201,
        "there is no such group any more"
    );
}

#[test]
fn browsers_are_told_which_groups_are_full() {
    let collector = Collector::allowing(&["https://agency.example"]);
    let version = collector.publish(&limited(1));
    let ask = || collector.send("GET", QUOTAS, &[("origin", "https://agency.example")], "");
    assert_eq!(ask().json(), json!({"full": []}));
    post(&collector, "a", &version, &json!({"useful": 1, "age": 1}));
    let reply = ask();
    assert_eq!((reply.json(), reply.header("cache-control")), (json!({"full": ["content"]}), "no-store"));
    assert_eq!(reply.header("access-control-allow-origin"), "https://agency.example");
    assert_eq!(collector.get("/api/v1/surveys/nothing/quotas").problem(), "unknown_survey");
}

fn the_hosted_form_says_it_after_the_page_that_decides(collector: &Collector) {
    let mut definition: Value = serde_json::from_str(&limited(1)).unwrap();
    let age = definition["pages"][0]["questions"].as_array_mut().unwrap().pop().unwrap();
    definition["pages"].as_array_mut().unwrap().push(json!({"id": "p2", "questions": [age]}));
    collector.publish(&definition.to_string());
    let step = |reply: &Reply, fields: &[(&str, &str)]| {
        collector.post_form("/s/small", &filled(reply, &[fields, &[("_go", "next")]].concat()))
    };
    let (one, two) = (collector.get("/s/small"), collector.get("/s/small"));
    let (one, two) = (step(&one, &[("useful", "1")]), step(&two, &[("useful", "1")]));
    assert_eq!((hidden(&one, "_page").as_str(), hidden(&two, "_page").as_str()), ("1", "1"));
    let sent = step(&one, &[]);
    assert_eq!((sent.status, receipt(&step(&one, &[]))), (200, receipt(&sent)), "its own place is its own");

    let late = step(&two, &[]);
    assert!(late.status == 403 && late.body.contains("Enough of you"), "{}", late.body);
    let third = step(&collector.get("/s/small"), &[("useful", "1")]);
    assert!(third.status == 403 && third.body.contains("Enough of you"), "{}", third.body);
    let other = step(&collector.get("/s/small"), &[("useful", "0")]);
    assert_eq!((other.status, hidden(&other, "_page").as_str()), (200, "1"));
    assert_eq!(collector.rows(), 1);
}
