//! What decides besides answers: random orders, the day, values that the page gives, the language.

use crate::support::{Collector, Reply, filled, hidden, receipt, response, small};
use serde_json::{Value, json};
use survey::order::shuffled;

const RESPONSES: &str = "/api/v1/surveys/small/responses";
const FRAGMENT: &str = "/api/v1/surveys/small/fragment?lang=ru";

fn in_random_order() -> String {
    let options: Vec<Value> =
        (1..=8).map(|code| json!({"code": code, "text": format!("Option {code}")})).collect();
    let mixed =
        json!({"name": "mixed", "type": "single", "shuffle": true, "text": "Which?", "options": options});
    small(&json!({}), &[mixed])
}

fn kept(collector: &Collector) -> Vec<(String, Value, Value)> {
    let kept = collector.wait(collector.store.responses("small", Default::default(), 100)).unwrap();
    let read = |json: &str| serde_json::from_str(json).unwrap();
    kept.iter().map(|kept| (kept.lang.clone(), read(&kept.answers), read(&kept.paradata))).collect()
}

fn exported(collector: &Collector) -> String {
    collector.let_in("token", None);
    let headers = [("authorization", "Bearer token")];
    collector.send("GET", "/api/v1/surveys/small/export?format=csv", &headers, "").body
}

fn cells(csv: &str, prefix: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let named = columns.iter().zip(&row).filter(|(name, _)| name.starts_with(prefix));
    named.map(|(_, cell)| cell.to_owned()).collect()
}

#[test]
fn a_form_in_random_order_is_made_for_each_one_and_kept_by_nobody() {
    let collector = Collector::start();
    collector.publish(&in_random_order());
    let (one, two) = (collector.get(FRAGMENT), collector.get(FRAGMENT));
    for reply in [&one, &two] {
        assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"));
        assert!(reply.header("server-timing").starts_with("render;dur="));
    }
    assert_ne!(hidden(&one, "_seed"), hidden(&two, "_seed"));
    let compressed = collector.send("HEAD", FRAGMENT, &[("accept-encoding", "br")], "");
    assert_eq!(compressed.header("content-encoding"), "br");
}

#[test]
fn the_seed_goes_with_the_form_and_the_analyst_reads_the_places() {
    let collector = Collector::start();
    collector.publish(&in_random_order());
    let page = collector.get("/s/small?lang=ru");
    let seed = hidden(&page, "_seed");
    let faulty = collector.post_form("/s/small", &filled(&page, &[("mixed", "3"), ("_go", "next")]));
    assert_eq!((faulty.status, hidden(&faulty, "_seed")), (422, seed.clone()));
    let sent =
        collector.post_form("/s/small", &filled(&page, &[("useful", "1"), ("mixed", "3"), ("_go", "next")]));
    assert!(!receipt(&sent).is_empty());
    let seed: u32 = seed.parse().unwrap();
    assert_eq!(kept(&collector)[0].2["seed"], seed);

    let order = shuffled(seed, "mixed", 8, |_| false);
    let place = |item: usize| order.iter().position(|other| *other == item).unwrap() + 1;
    let expected: Vec<String> = (0..8).map(|item| place(item).to_string()).collect();
    assert_eq!(cells(&exported(&collector), "mixed_pos_"), expected);
}

#[test]
fn the_day_of_the_device_counts_when_it_is_next_to_ours_and_no_further() {
    let collector = Collector::start();
    let date = json!({"name": "day", "type": "calc", "value": "days(today(), today())", "text": "Day"});
    let version = collector.publish(&small(&json!({}), &[date]));
    collector.set_clock("2026-12-01T20:00:00Z");
    let told = [
        ('a', Some("2026-12-01"), "2026-12-01"),
        ('b', Some("2026-12-02"), "2026-12-02"),
        ('c', Some("2026-12-03"), "2026-12-03"),
        ('d', Some("2026-12-04"), "2026-12-02"),
        ('e', Some("2026-11-30"), "2026-12-02"),
        ('f', None, "2026-12-02"),
    ];
    for (digit, today, _) in told {
        let mut body = response(digit, "small", &version, &json!({"useful": 1}));
        body["paradata"] = today.map_or(json!({}), |today| json!({"today": today}));
        assert_eq!(collector.post_json(RESPONSES, &body).status, 201);
    }
    let days: Vec<Value> =
        kept(&collector).into_iter().map(|(_, _, paradata)| paradata["today"].clone()).collect();
    assert_eq!(days, told.map(|(_, _, expected)| json!(expected)));
}

#[test]
fn values_in_the_address_fill_hidden_questions_and_go_along() {
    let collector = Collector::start();
    let hidden_question = |name: &str| json!({"name": name, "type": "hidden", "text": name});
    let definition = small(&json!({}), &[hidden_question("service"), hidden_question("source")]);
    collector.publish(&definition);
    let long = "x".repeat(201);
    let query =
        format!("lang=ru&value-service=passport%20%3Cb%3E&value-source={long}&value-useful=1&value-none=1");
    let page = collector.get(&format!("/s/small?{query}"));
    assert!(!page.body.contains("<b>") && !page.body.contains(&long), "{}", page.body);
    let faulty = collector.post_form("/s/small", &filled(&page, &[("_go", "next")]));
    assert_eq!(faulty.status, 422, "a question that is asked is not answered by an address");
    let sent = collector.post_form("/s/small", &filled(&faulty, &[("useful", "1"), ("_go", "next")]));
    assert!(!receipt(&sent).is_empty());
    assert_eq!(kept(&collector)[0].1, json!({"service": "passport <b>", "useful": 1}));
}

#[test]
fn another_language_keeps_what_was_answered_and_the_last_one_is_that_of_the_response() {
    let collector = Collector::start();
    let why = json!({"name": "why", "type": "text", "text": {"kk": "Неге?", "ru": "Почему?"}});
    collector.publish(&small(&json!({}), &[why]));
    let page = collector.get("/s/small?lang=kk");
    let post =
        |reply: &Reply, fields: &[(&str, &str)]| collector.post_form("/s/small", &filled(reply, fields));
    let russian = post(&page, &[("why", "Тез"), ("_go", "lang:ru")]);
    assert!(russian.status == 200 && russian.body.contains("Почему?"), "{}", russian.body);
    assert!(
        russian.body.contains("<html lang=\"ru\"") && russian.body.contains("value=\"Тез\""),
        "{}",
        russian.body
    );
    assert!(russian.body.contains("action=\"/s/small?lang=ru\""));
    let sent = post(&russian, &[("useful", "1"), ("why", "Тез"), ("_go", "next")]);
    assert!(sent.body.contains("<output"), "{}", sent.body);
    let (lang, answers, _) = kept(&collector).remove(0);
    assert_eq!((lang.as_str(), answers), ("ru", json!({"useful": 1, "why": "Тез"})));
}

#[test]
fn numbers_are_exported_in_plain_digits() {
    let collector = Collector::start();
    let waited = json!({"name": "waited", "type": "number", "places": 2, "text": "Minutes"});
    let version = collector.publish(&small(&json!({}), &[waited]));
    let body = response('a', "small", &version, &json!({"useful": 1, "waited": 12.5}));
    assert_eq!(collector.post_json(RESPONSES, &body).status, 201);
    assert_eq!(cells(&exported(&collector), "waited"), ["12.5"]);
}
