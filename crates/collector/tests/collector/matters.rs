//! What a response opens besides being kept: its matter, from the request to the number in the reply.

use crate::support::{Collector, definition, on_both_engines, response};
use matter::State;
use serde_json::{Value, json};

on_both_engines! { Collector:
    a_response_to_a_meeting_gets_a_number_and_a_repetition_the_same
    a_matter_ends_when_its_response_is_taken_back
    a_survey_that_only_asks_opens_nothing
}

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

/// The example with a mechanism whose topic is its first question.
fn with_mechanism(mechanism: &str, topic: &str) -> String {
    let mut survey: Value = serde_json::from_str(&definition("page-useful")).unwrap();
    survey["mechanism"] = json!(mechanism);
    survey[mechanism] = json!({ "topic": topic });
    survey.to_string()
}

fn answer(digit: char, version: &str) -> Value {
    response(digit, "page-useful", version, &json!({ "useful": 1 }))
}

fn a_response_to_a_meeting_gets_a_number_and_a_repetition_the_same(collector: &Collector) {
    let version = collector.publish(&with_mechanism("meeting", "useful"));
    let first = collector.post_json(RESPONSES, &answer('a', &version));
    assert_eq!(first.status, 201);
    let number = first.json()["number"].as_str().unwrap().to_owned();
    let again = collector.post_json(RESPONSES, &answer('a', &version));
    assert_eq!((again.status, again.json()), (200, first.json()));
    let other = collector.post_json(RESPONSES, &answer('b', &version));
    let numbers =
        [number, other.json()["number"].as_str().unwrap().to_owned()].map(|number| number.parse().unwrap());
    for number in numbers {
        let matter = collector.wait(collector.store.matter("page-useful", number)).unwrap().unwrap();
        assert_eq!((matter.state, matter.subject.as_deref()), (State::Received, Some("1")));
    }
    assert_eq!(numbers.map(matter::MatterNumber::serial), [1, 2]);
}

fn a_matter_ends_when_its_response_is_taken_back(collector: &Collector) {
    let version = collector.publish(&with_mechanism("meeting", "useful"));
    let kept = collector.post_json(RESPONSES, &answer('a', &version));
    let number = kept.json()["number"].as_str().unwrap().parse().unwrap();
    assert_eq!(collector.withdraw(&kept.receipt()).status, 204);
    let matter = collector.wait(collector.store.matter("page-useful", number)).unwrap().unwrap();
    assert_eq!(matter.state, State::Withdrawn);
}

fn a_survey_that_only_asks_opens_nothing(collector: &Collector) {
    let version = collector.publish(&definition("page-useful"));
    let kept = collector.post_json(RESPONSES, &answer('a', &version));
    assert_eq!((kept.status, kept.json()["number"].is_null()), (201, true));
    assert!(collector.wait(collector.store.matter_counts("page-useful")).unwrap().is_empty());
}
