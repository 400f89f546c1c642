//! Visits: counted where the author asks for it, as sums, by a script or by the pages that are posted.

use crate::support::{Collector, Reply, filled, on_both_engines, response, small};
use collector::store::Counted;
use serde_json::{Value, json};

on_both_engines! { Collector:
    a_visit_is_counted_by_day_language_and_channel_and_what_else_is_said_is_refused
    a_form_that_is_posted_is_counted_by_its_pages
    a_survey_that_does_not_ask_for_it_counts_nothing
}

const COUNTS: &str = "/api/v1/surveys/small/counts";

fn two_pages(counts: bool) -> String {
    let mut definition: Value =
        serde_json::from_str(&small(&json!({"counts": counts, "review": false}), &[])).unwrap();
    let page = json!({"id": "second", "questions": [{"name": "more", "type": "text", "text": "More?"}]});
    definition["pages"].as_array_mut().unwrap().push(page);
    definition.to_string()
}

fn beacon(collector: &Collector, what: &str) -> Reply {
    collector.post_json(COUNTS, &json!({"lang": "kk", "channel": "embed", "what": what}))
}

/// What is counted now, once it is written.
fn counted(collector: &Collector) -> Vec<(String, u64)> {
    collector.wait(collector.visits.flush(&*collector.store)).unwrap();
    let told = |(counted, number): (Counted, u64)| {
        let Counted { day, lang, channel, what, .. } = counted;
        (format!("{day} {lang} {channel} {what}"), number)
    };
    collector.wait(collector.store.visits("small")).unwrap().into_iter().map(told).collect()
}

fn a_visit_is_counted_by_day_language_and_channel_and_what_else_is_said_is_refused(collector: &Collector) {
    let version = collector.publish(&two_pages(true));
    collector.set_clock("2026-11-22T18:59:00Z");
    assert_eq!(beacon(collector, "opened").status, 204);
    collector.set_clock("2026-11-22T19:00:00Z");
    for what in ["opened", "opened", "started", "page:2"] {
        assert_eq!(beacon(collector, what).status, 204);
    }
    let body = response('a', "small", &version, &json!({"useful": 1}));
    for status in [201, 200] {
        assert_eq!(collector.post_json("/api/v1/surveys/small/responses", &body).status, status);
    }
    for what in ["completed", "page:1", "page:3", "page:x", ""] {
        assert_eq!(beacon(collector, what).problem(), "malformed", "{what}");
    }
    let bad = [
        json!({"lang": "de", "channel": "embed", "what": "opened"}),
        json!({"lang": "kk", "channel": "paper", "what": "opened"}),
        json!({"lang": "kk", "channel": "embed", "what": "opened", "id": "a"}),
    ];
    for bad in bad {
        assert_eq!(collector.post_json(COUNTS, &bad).status, 400, "{bad}");
    }
    let told = counted(collector);
    let expected = [
        ("2026-11-22 kk embed opened", 1),
        ("2026-11-23 kk embed opened", 2),
        ("2026-11-23 kk embed page:2", 1),
        ("2026-11-23 kk embed started", 1),
    ];
    let sent = told.iter().find(|(what, _)| what.ends_with("completed"));
    assert_eq!(sent.map(|(_, number)| *number), Some(1), "sent twice, kept once: {told:?}");
    let rest: Vec<(&str, u64)> = told
        .iter()
        .filter(|(what, _)| !what.ends_with("completed"))
        .map(|(what, n)| (what.as_str(), *n))
        .collect();
    assert_eq!(rest, expected);
    collector.wait(collector.store.close("small")).unwrap();
    assert_eq!(beacon(collector, "opened").problem(), "closed");
}

fn a_form_that_is_posted_is_counted_by_its_pages(collector: &Collector) {
    collector.publish(&two_pages(true));
    let first = collector.get("/s/small?lang=kk");
    assert!(first.body.contains("data-counted"), "it is said: {first:?}");
    assert!(counted(collector).is_empty(), "whether somebody looked at it, nobody knows");
    let post = |page: &Reply, fields: &[(&str, &str)]| {
        collector.post_form("/s/small?lang=kk", &filled(page, fields))
    };
    let wrong = post(&first, &[("_go", "next")]);
    let second = if wrong.status == 422 { post(&first, &[("useful", "1"), ("_go", "next")]) } else { wrong };
    assert_eq!(second.status, 200, "{second:?}");
    let back = post(&second, &[("more", "x"), ("_go", "back")]);
    let again = post(&back, &[("useful", "1"), ("_go", "next")]);
    let sent = post(&again, &[("more", "x"), ("_go", "next")]);
    assert!(sent.body.contains("<output"), "{sent:?}");
    let told: Vec<(String, u64)> = counted(collector)
        .into_iter()
        .map(|(what, number)| (what.rsplit(' ').next().unwrap().to_owned(), number))
        .collect();
    let expected = ["completed", "opened", "page:2", "started"].map(|what| (what.to_owned(), 1));
    assert_eq!(told, expected);
}

fn a_survey_that_does_not_ask_for_it_counts_nothing(collector: &Collector) {
    let version = collector.publish(&two_pages(false));
    assert_eq!(beacon(collector, "opened").problem(), "no_counts");
    let body = response('a', "small", &version, &json!({"useful": 1}));
    assert_eq!(collector.post_json("/api/v1/surveys/small/responses", &body).status, 201);
    assert!(!collector.get("/s/small?lang=kk").body.contains("data-counted"));
    assert!(counted(collector).is_empty());
}
