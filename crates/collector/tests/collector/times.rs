//! Opening and closing: to the second, by the collector's clock, whatever the clock of a device says.

use crate::support::{Collector, Program, filled, on_both_engines, receipt, response, small};
use serde_json::{Value, json};

on_both_engines! { Collector:
    a_response_is_kept_between_the_two_moments_and_not_a_second_beside_them
    a_device_with_a_wrong_clock_changes_nothing
    page_and_form_say_what_the_hour_is
    a_fragment_in_memory_changes_at_the_moment
    a_survey_closed_by_hand_stays_closed_and_publishing_sets_the_times_anew
}

const RESPONSES: &str = "/api/v1/surveys/small/responses";
/// Nine o'clock in Kazakhstan on the first of December, and noon.
const TIMES: [(&str, &str); 2] = [("opens", "2026-12-01T09:00"), ("closes", "2026-12-01T12:00")];

const BEFORE: &str = "2026-12-01T03:59:59Z";
const FIRST: &str = "2026-12-01T04:00:00Z";
const LAST: &str = "2026-12-01T06:59:59.999Z";
const AFTER: &str = "2026-12-01T07:00:00Z";

fn timed() -> String {
    let times: serde_json::Map<String, Value> =
        TIMES.iter().map(|(name, time)| ((*name).to_owned(), json!(time))).collect();
    small(&Value::Object(times), &[])
}

fn answer(digit: char, version: &str) -> Value {
    response(digit, "small", version, &json!({"useful": 1}))
}

fn a_response_is_kept_between_the_two_moments_and_not_a_second_beside_them(collector: &Collector) {
    let version = collector.publish(&timed());
    let post = |digit| collector.post_json(RESPONSES, &answer(digit, &version));
    collector.set_clock(BEFORE);
    let early = post('a');
    assert_eq!((early.status, early.problem().as_str()), (403, "not_open"));
    let faulty = response('a', "small", &version, &json!({"useful": 7}));
    assert_eq!(collector.post_json(RESPONSES, &faulty).problem(), "not_open");
    collector.set_clock(FIRST);
    let kept = post('a');
    assert_eq!(kept.status, 201);
    collector.set_clock(LAST);
    assert_eq!(post('b').status, 201);
    collector.set_clock(AFTER);
    let late = post('c');
    assert_eq!((late.status, late.problem().as_str()), (403, "closed"));
    let again = post('a');
    assert_eq!((again.status, again.receipt()), (200, kept.receipt()), "a reply that was lost is no refusal");
    assert_eq!(collector.rows(), 2);
}

fn a_device_with_a_wrong_clock_changes_nothing(collector: &Collector) {
    let version = collector.publish(&timed());
    let post = |digit, today: &str| {
        let mut body = answer(digit, &version);
        body["paradata"] = json!({"path": "wasm", "today": today});
        collector.post_json(RESPONSES, &body)
    };
    collector.set_clock(BEFORE);
    assert_eq!(post('a', "2026-12-02").problem(), "not_open");
    collector.set_clock(LAST);
    assert_eq!(post('a', "2031-01-01").status, 201);
    collector.set_clock(AFTER);
    assert_eq!(post('b', "2026-11-30").problem(), "closed");
}

fn page_and_form_say_what_the_hour_is(collector: &Collector) {
    collector.publish(&timed());
    let page = || collector.get("/s/small?lang=ru");
    collector.set_clock(BEFORE);
    let early = page();
    assert!(early.status == 200 && !early.body.contains("name=\"useful\""), "{}", early.body);
    collector.set_clock(LAST);
    let open = page();
    let form = filled(&open, &[("useful", "1"), ("_go", "next")]);
    collector.set_clock(BEFORE);
    assert_eq!(collector.post_form("/s/small", &form).status, 403);
    collector.set_clock(LAST);
    let sent = collector.post_form("/s/small", &form);
    assert_eq!(sent.status, 200);
    collector.set_clock(AFTER);
    let again = collector.post_form("/s/small", &form);
    assert_eq!((again.status, receipt(&again)), (200, receipt(&sent)));
    let late = collector.post_form("/s/small", &filled(&open, &[("_id", &"b".repeat(32)), ("useful", "1")]));
    assert!(late.status != 200 && !late.body.contains("<output"), "{}", late.body);
    assert!(!page().body.contains("name=\"useful\"") && page().body != early.body);
    assert_eq!(collector.rows(), 1);
}

fn a_fragment_in_memory_changes_at_the_moment(collector: &Collector) {
    collector.publish(&timed());
    let path = "/api/v1/surveys/small/fragment?lang=kk";
    let mut seen = Vec::new();
    for (time, asks) in [(BEFORE, false), (FIRST, true), (LAST, true), (AFTER, false)] {
        collector.set_clock(time);
        let reply = collector.get(path);
        assert_eq!(reply.body.contains("name=\"useful\""), asks, "{time}");
        seen.push(reply.header("etag").to_owned());
    }
    assert_eq!(seen[1], seen[2]);
    assert!(seen[0] != seen[1] && seen[2] != seen[3] && seen[0] != seen[3]);
}

fn a_survey_closed_by_hand_stays_closed_and_publishing_sets_the_times_anew(collector: &Collector) {
    let version = collector.publish(&timed());
    collector.set_clock(FIRST);
    collector.wait(collector.store.close("small")).unwrap();
    assert_eq!(collector.post_json(RESPONSES, &answer('a', &version)).problem(), "closed");
    collector.set_clock(AFTER);
    collector.publish(&timed().replace("2026-12-01T12:00", "2026-12-01T12:01"));
    assert_eq!(collector.post_json(RESPONSES, &answer('a', &version)).status, 201, "of the older version");
}

#[test]
fn publishing_says_the_times_as_they_will_hold() {
    let program = Program::new();
    program.file("d.json", &timed());
    let said = program.succeed(&["publish", "d.json"]);
    assert!(said.contains("opens:  2026-12-01 09:00 in Kazakhstan (2026-12-01 04:00 UTC)\n"), "{said}");
    assert!(said.contains("closes: 2026-12-01 12:00 in Kazakhstan (2026-12-01 07:00 UTC)"), "{said}");
    program.file("d.json", &small(&json!({"closes": "2020-01-01T00:00"}), &[]));
    assert!(program.succeed(&["publish", "d.json"]).contains("which is over: it takes no responses"));
    program.file("d.json", &small(&json!({"opens": "2026-02-30T09:00"}), &[]));
    assert!(program.fail(&["publish", "d.json"]).contains("opens: "));
}
