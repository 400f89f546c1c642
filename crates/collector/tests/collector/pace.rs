//! One question a page, and who helps with answering: on the collector's own page, in a fragment, in a table.

use crate::support::{Collector, Reply, filled, hidden, receipt, response, small};
use serde_json::{Value, json};

const TOKEN: &str = "a token that is long enough for a test";

fn text(name: &str) -> Value {
    json!({ "name": name, "type": "text", "text": format!("{name}?") })
}

/// Two questions on the first page and one on the second.
fn published(more: &Value) -> (Collector, String) {
    let collector = Collector::start();
    collector.let_in(TOKEN, None);
    let mut fields = json!({ "id": "pace", "pages": [
        { "id": "p1", "questions": [text("a"), text("b")] }, { "id": "p2", "questions": [text("c")] }] });
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let version = collector.publish(&small(&fields, &[]));
    (collector, version)
}

/// The questions that a page shows.
fn asked(reply: &Reply) -> Vec<String> {
    let parts = reply.body.split("data-question=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

fn rows(collector: &Collector) -> Vec<(String, String, String)> {
    let address = "/api/v1/surveys/pace/export?format=csv";
    let bearer = format!("Bearer {TOKEN}");
    let csv = collector.send("GET", address, &[("authorization", &bearer)], "").body;
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let names = lines.next().unwrap();
    let cell =
        |row: &[String], name: &str| row[names.iter().position(|other| other == name).unwrap()].clone();
    lines.map(|row| (cell(&row, "a"), cell(&row, "c"), cell(&row, "response_assisted"))).collect()
}

#[test]
fn the_pace_is_changed_in_the_middle_and_nothing_that_was_answered_is_lost() {
    let (collector, _) = published(&json!({ "review": true }));
    let page = collector.get("/s/pace");
    assert_eq!(asked(&page), ["a", "b"]);
    let post = |page: &Reply, fields: &[(&str, &str)]| collector.post_form("/s/pace", &filled(page, fields));
    let one = post(&page, &[("a", "x"), ("b", ""), ("_go", "pace:one")]);
    assert_eq!(
        (asked(&one), hidden(&one, "_pace"), hidden(&one, "_page")),
        (vec!["b".to_owned()], "one".into(), "1".into())
    );
    let next = post(&one, &[("b", "y"), ("_assisted", "helper"), ("_go", "next")]);
    assert_eq!(asked(&next), ["c"]);
    assert!(next.body.contains("value=\"helper\" checked"), "{}", next.body);
    let all = post(&next, &[("c", "z"), ("_assisted", "helper"), ("_go", "pace:all")]);
    assert!(!all.body.contains("_pace") && asked(&all) == ["c"], "{}", all.body);
    let review = post(&all, &[("c", "z"), ("_assisted", "helper"), ("_go", "next")]);
    let sent = post(&review, &[("_assisted", "helper"), ("_go", "next")]);
    assert!(!receipt(&sent).is_empty());
    assert_eq!(rows(&collector), [("x".to_owned(), "z".to_owned(), "helper".to_owned())]);
}

#[test]
fn an_address_asks_for_a_pace_and_says_that_staff_has_the_device() {
    let (collector, _) = published(&json!({}));
    let page = collector.get("/s/pace?pace=one&assisted=staff");
    assert_eq!((asked(&page), hidden(&page, "_assisted")), (vec!["a".to_owned()], "staff".into()));
    assert!(!page.body.contains("type=\"checkbox\""), "nobody is asked what the page has said");
    let fragment = |query: &str| collector.get(&format!("/api/v1/surveys/pace/fragment?lang=kk{query}"));
    assert_eq!(asked(&fragment("&pace=one")), ["a"]);
    assert_eq!(asked(&fragment("&pace=null&assisted=null")), ["a", "b"], "what nobody knows is passed over");
    assert!(fragment("&assisted=Aigul").body.contains("type=\"checkbox\""));
}

#[test]
fn an_author_begins_with_one_question_a_page_and_an_address_can_say_otherwise() {
    let (collector, _) = published(&json!({ "pace": "one" }));
    assert_eq!(asked(&collector.get("/s/pace")), ["a"]);
    assert_eq!(asked(&collector.get("/s/pace?pace=all")), ["a", "b"]);
}

#[test]
fn a_random_order_is_the_same_at_both_paces() {
    let (collector, _) = published(&json!({ "pages": [{ "id": "p", "shuffle": true, "questions":
        [text("a"), text("b"), text("c"), text("d"), text("e")] }] }));
    let page = collector.get("/s/pace");
    let order = asked(&page);
    let mut walked = Vec::new();
    let mut at = collector.post_form("/s/pace", &filled(&page, &[("_go", "pace:one")]));
    for _ in 0..order.len() {
        walked.extend(asked(&at));
        at = collector.post_form("/s/pace", &filled(&at, &[("_go", "next")]));
    }
    assert_eq!(walked, order);
    assert!(!receipt(&at).is_empty());
}

#[test]
fn who_helped_is_one_of_the_names_that_there_are_or_nothing_is_kept() {
    let (collector, version) = published(&json!({}));
    let post = |digit: char, paradata: Value| {
        let mut body = response(digit, "pace", &version, &json!({ "a": "x" }));
        body["paradata"] = paradata;
        collector.post_json("/api/v1/surveys/pace/responses", &body).status
    };
    assert_eq!(post('a', json!({ "assisted": "Aigul" })), 422);
    assert_eq!(post('a', json!({ "assisted": 1 })), 422);
    assert_eq!(collector.rows(), 0);
    assert_eq!((post('b', json!({ "assisted": "staff" })), post('c', json!({}))), (201, 201));
    let told: Vec<String> = rows(&collector).into_iter().map(|(_, _, assisted)| assisted).collect();
    assert_eq!(told, ["staff", "-1"], "what nobody was asked is missing");
    let page = collector.get("/s/pace");
    let form = filled(&page, &[("a", ""), ("b", ""), ("_assisted", "Aigul"), ("_go", "next")]);
    assert_eq!(collector.post_form("/s/pace", &form).status, 422);
}
