//! Results for everybody: shown as the author says, in steps, and never about a few.

use crate::support::{Collector, Reply, filled, hidden, on_both_engines, response, small};
use serde_json::{Value, json};

on_both_engines! { Collector:
    ten_visitors_three_topics_and_one_district_show_nothing
    results_are_seen_by_whom_the_author_says
    results_move_in_steps_and_never_with_one_response
    a_small_count_is_hidden_with_what_would_give_it_back_and_texts_are_never_told
    who_answered_on_the_page_sees_them_below_the_receipt
    two_collectors_and_a_restart_show_the_same
}

const FIRST: &str = "2026-12-01T04:00:00Z";
const LATER: &str = "2026-12-01T05:00:00Z";

fn shared(results: &str, more: &Value) -> String {
    let why = json!({"name": "why", "type": "text", "text": "Why?"});
    let mut fields = json!({"results": results, "agency": "Agency <A>"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    small(&fields, &[why])
}

fn json(collector: &Collector) -> Reply {
    collector.get("/api/v1/surveys/small/results?lang=kk")
}

/// Sends so many answers with ids from this number on, and gives their receipts.
fn send(collector: &Collector, version: &str, ids: std::ops::Range<u32>, answers: &Value) -> Vec<String> {
    let send = |number: u32| {
        let mut body = response('a', "small", version, answers);
        body["id"] = json!(format!("{number:032x}"));
        let reply = collector.post_json("/api/v1/surveys/small/responses", &body);
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.receipt()
    };
    ids.map(send).collect()
}

fn counts(reply: &Reply, question: usize) -> Vec<Value> {
    let cells = reply.json()["questions"][question]["rows"][0]["cells"].as_array().unwrap().clone();
    cells.into_iter().map(|cell| cell["count"].clone()).collect()
}

fn ten_visitors_three_topics_and_one_district_show_nothing(collector: &Collector) {
    let topic = json!({"name": "topic", "type": "single", "text": "Topic", "sensitive": true, "options": [
        {"code": 1, "text": "Ramp"}, {"code": 2, "text": "Benefit"}, {"code": 3, "text": "Treatment"}]});
    let district = json!({"name": "district", "type": "single", "text": "District", "sensitive": true, "options": [
        {"code": 1, "text": "Sauran"}, {"code": 2, "text": "Other"}]});
    let version = collector.publish(&small(&json!({"results": "public"}), &[topic, district]));
    for (ids, topic, useful) in [(0..4, 1, 0), (4..7, 2, 1), (7..10, 3, 1)] {
        send(collector, &version, ids, &json!({"useful": useful, "topic": topic, "district": 1}));
    }
    let reply = json(collector).json();
    assert_eq!(reply["responses_at_least"], 10);
    let why =
        |question: &Value| (question["withheld"].clone(), question["rows"].clone(), question["base"].clone());
    let told: Vec<_> = reply["questions"].as_array().unwrap().iter().map(why).collect();
    let nothing = |why: &str| (json!(why), json!([]), Value::Null);
    assert_eq!(told, [nothing("nothing_left"), nothing("nothing_left"), nothing("whole_group")]);
    let page = collector.get("/s/small/results?lang=kk").body;
    assert!(!page.contains("<svg") && !page.contains("<td>"), "{page}");
}

fn results_are_seen_by_whom_the_author_says(collector: &Collector) {
    let statuses = |results: &str| {
        collector.publish(&shared(results, &json!({"closes": "2026-12-01T12:00"})));
        let ask = |path: &str| collector.get(path).status;
        ["/s/small/results", "/api/v1/surveys/small/results", "/api/v1/surveys/small/results/fragment"]
            .map(ask)
    };
    for (time, expected) in [
        (
            FIRST,
            [("public", [200, 200, 200]), ("after_answering", [404, 404, 200]), ("after_closing", [404; 3])],
        ),
        (
            "2026-12-01T07:00:00Z",
            [("public", [200; 3]), ("after_answering", [200; 3]), ("after_closing", [200; 3])],
        ),
    ] {
        collector.set_clock(time);
        for (results, expected) in expected {
            assert_eq!(statuses(results), expected, "{results} at {time}");
        }
    }
    collector.publish(&small(&json!({}), &[]));
    let refused = json(collector);
    assert_eq!((refused.status, refused.problem().as_str()), (404, "no_results"));
    let page = collector.send("GET", "/s/small/results", &[("accept", "text/html")], "");
    assert!(page.status == 404 && page.body.starts_with("<!DOCTYPE html>"), "{page:?}");
}

fn results_move_in_steps_and_never_with_one_response(collector: &Collector) {
    let version = collector.publish(&shared("public", &json!({})));
    collector.set_clock(FIRST);
    send(collector, &version, 0..9, &json!({"useful": 1}));
    let few = json(collector);
    assert_eq!((few.status, &few.json()["responses_at_least"]), (200, &Value::Null));
    assert_eq!(few.json()["questions"], json!([]));

    send(collector, &version, 9..15, &json!({"useful": 1}));
    collector.set_clock("2026-12-01T04:01:00Z");
    let first = json(collector);
    assert_eq!(
        (&first.json()["responses_at_least"], counts(&first, 0)),
        (&json!(10), vec![json!(15), json!(0)])
    );
    let tag = first.header("etag").to_owned();

    let receipts = send(collector, &version, 15..24, &json!({"useful": 1}));
    collector.set_clock("2026-12-01T04:02:00Z");
    let known = [("if-none-match", tag.as_str())];
    assert_eq!(collector.send("GET", "/api/v1/surveys/small/results?lang=kk", &known, "").status, 304);

    // Taking back and answering anew concern as many people as both together.
    assert_eq!(collector.withdraw(&receipts[0]).status, 204);
    send(collector, &version, 24..26, &json!({"useful": 1}));
    collector.set_clock("2026-12-01T04:03:00Z");
    let second = json(collector);
    assert_eq!((&second.json()["responses_at_least"], &counts(&second, 0)[0]), (&json!(20), &json!(25)));
}

fn a_small_count_is_hidden_with_what_would_give_it_back_and_texts_are_never_told(collector: &Collector) {
    let version = collector.publish(&shared("public", &json!({})));
    send(collector, &version, 0..30, &json!({"useful": 1, "why": "words-that-stay"}));
    send(collector, &version, 30..33, &json!({"useful": 0}));
    let reply = json(collector);
    assert_eq!(reply.json()["questions"][0]["withheld"], "nothing_left");
    assert_eq!(reply.json()["questions"].as_array().unwrap().len(), 1, "{}", reply.body);
    assert!(!reply.body.contains("words-that-stay"));
    assert_eq!(reply.json()["threshold"], 10);
    assert!(reply.json()["notes"][0].as_str().unwrap().contains("іріктеу"), "{}", reply.body);

    send(collector, &version, 33..50, &json!({"useful": 0}));
    collector.set_clock(LATER);
    let reply = json(collector);
    assert_eq!(counts(&reply, 0), [json!(30), json!(20)]);
    assert_eq!(reply.json()["questions"][0]["rows"][0]["cells"][0]["percent"], 60.0);
    let page = collector.get("/s/small/results?lang=ru");
    for part in [
        "Agency &lt;A&gt;",
        "<svg class=\"qulaq-chart\"",
        "<th scope=\"row\">Yes</th><td>30</td><td>60\u{a0}%</td>",
        "style-src 'self'",
    ] {
        assert!(page.body.contains(part) || page.header("content-security-policy").contains(part), "{part}");
    }
    assert!(!page.body.contains("words-that-stay") && !page.body.contains("style=\""));

    // A higher threshold hides what was shown at once, and shows again with the next step.
    let version = collector.publish(&shared("public", &json!({"results_min": 25})));
    assert_eq!(json(collector).json()["responses_at_least"], Value::Null);
    send(collector, &version, 50..75, &json!({"useful": 1}));
    collector.set_clock("2026-12-01T06:00:00Z");
    assert_eq!(json(collector).json()["threshold"], 25);
    assert_eq!(json(collector).json()["questions"][0]["withheld"], "nothing_left");
}

fn who_answered_on_the_page_sees_them_below_the_receipt(collector: &Collector) {
    let version = collector.publish(&shared("after_answering", &json!({})));
    send(collector, &version, 0..12, &json!({"useful": 1}));
    let form = collector.get("/s/small?lang=kk");
    assert!(form.body.contains("<div data-results></div>") && !form.body.contains("class=\"q results\""));
    assert!(!form.body.contains("/s/small/results"), "nobody is led there before the answer");
    let fragment = collector.get("/api/v1/surveys/small/fragment?lang=kk").body;
    assert!(fragment.ends_with("</form><div data-results></div>"), "{fragment}");
    let fields = filled(&form, &[("useful", "0"), ("_go", "next")]);
    let sent = collector.post_form("/s/small?lang=kk", &fields);
    assert!(sent.status == 200 && sent.body.contains("<output"), "{}", sent.body);
    assert!(sent.body.contains("class=\"q results\" lang=\"kk\""), "{}", sent.body);
    assert!(hidden(&form, "_version") == version && !sent.body.contains("data-results"));

    collector.publish(&shared("public", &json!({})));
    assert!(collector.get("/s/small?lang=ru").body.contains("<a href=\"/s/small/results?lang=ru\">"));
    collector.publish(&shared("after_closing", &json!({})));
    assert!(!collector.get("/s/small?lang=ru").body.contains("results"));
}

fn two_collectors_and_a_restart_show_the_same(collector: &Collector) {
    let version = collector.publish(&shared("public", &json!({})));
    collector.set_clock(FIRST);
    send(collector, &version, 0..12, &json!({"useful": 1}));
    let first = json(collector).json();
    send(collector, &version, 12..20, &json!({"useful": 0}));
    let released = collector.wait(collector.store.released("small")).unwrap().unwrap();
    assert_eq!(released.least, 10);
    let stale = collector::store::Release { body: "{}".to_owned(), ..released.clone() };
    assert!(!collector.wait(collector.store.release(stale.clone(), None)).unwrap());
    let before = collector::store::Position(released.last.0 - 1);
    assert!(!collector.wait(collector.store.release(stale, Some(before))).unwrap(), "another was quicker");
    collector.set_clock(LATER);
    assert_eq!(json(collector).json(), first);
}
