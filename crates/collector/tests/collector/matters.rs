//! What a response opens besides being kept: its matter, from the request to the number in the reply.

use crate::support::{Collector, definition, on_both_engines, response};
use matter::State;
use serde_json::{Value, json};

on_both_engines! { Collector:
    a_response_to_a_meeting_gets_a_number_and_a_repetition_the_same
    a_matter_ends_when_its_response_is_taken_back
    a_survey_that_only_asks_opens_nothing
}

fn answer(digit: char, survey: &str, version: &str, answers: &Value) -> (String, Value) {
    (format!("/api/v1/surveys/{survey}/responses"), response(digit, survey, version, answers))
}

fn registration(digit: char, version: &str) -> (String, Value) {
    let answers = json!({"attends": 1, "question": "Жарық қашан қосылады?", "topic": 1});
    answer(digit, "meeting", version, &answers)
}

fn a_response_to_a_meeting_gets_a_number_and_a_repetition_the_same(collector: &Collector) {
    let version = collector.publish_example("meeting");
    let send = |digit: char| {
        let (path, body) = registration(digit, &version);
        collector.post_json(&path, &body)
    };
    let first = send('a');
    assert_eq!(first.status, 201);
    let number = first.json()["number"].as_str().unwrap().to_owned();
    let again = send('a');
    assert_eq!((again.status, again.json()), (200, first.json()));
    let other = send('b');
    let numbers =
        [number, other.json()["number"].as_str().unwrap().to_owned()].map(|number| number.parse().unwrap());
    for number in numbers {
        let matter = collector.wait(collector.store.matter("meeting", number)).unwrap().unwrap();
        assert_eq!((matter.state, matter.subject.as_deref()), (State::Received, Some("1")));
    }
    assert_eq!(numbers.map(matter::MatterNumber::serial), [1, 2]);
}

fn a_matter_ends_when_its_response_is_taken_back(collector: &Collector) {
    let (path, body) = registration('a', &collector.publish_example("meeting"));
    let kept = collector.post_json(&path, &body);
    let number = kept.json()["number"].as_str().unwrap().parse().unwrap();
    assert_eq!(collector.withdraw(&kept.receipt()).status, 204);
    let matter = collector.wait(collector.store.matter("meeting", number)).unwrap().unwrap();
    assert_eq!(matter.state, State::Withdrawn);
}

fn a_survey_that_only_asks_opens_nothing(collector: &Collector) {
    let version = collector.publish(&definition("page-useful"));
    let (path, body) = answer('a', "page-useful", &version, &json!({ "useful": 1 }));
    let kept = collector.post_json(&path, &body);
    assert_eq!((kept.status, kept.json()["number"].is_null()), (201, true));
    assert!(collector.wait(collector.store.matter_counts("page-useful")).unwrap().is_empty());
}
