//! What mechanisms need of the rest of their definition.

use crate::support::{assert_fault, example_json, faults};
use serde_json::{Value, json};

/// An example with something else in it; `null` takes it away.
fn with(name: &str, pointer: &str, value: Value) -> Value {
    let mut document = example_json(name);
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(field)
    } else {
        parent.insert(field.to_owned(), value)
    };
    document
}

#[test]
fn the_examples_are_sound() {
    for name in ["page-feedback", "yard-budget", "meeting", "meeting-vote"] {
        assert_eq!(faults(&example_json(name)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_mechanism_and_its_object_stand_together() {
    assert_fault(&with("page-feedback", "/feedback", Value::Null), "mechanism", "needs the object");
    assert_fault(&with("page-feedback", "/mechanism", Value::Null), "feedback", "belongs to");
    assert_fault(&with("yard-budget", "/mechanism", json!("petition")), "mechanism", "must be");
}

#[test]
fn page_feedback_names_a_hidden_question_and_a_choice_with_its_codes() {
    let fault = |pointer: &str, value: Value, path: &str, part: &str| {
        assert_fault(&with("page-feedback", pointer, value), path, part);
    };
    fault("/feedback/path", json!("doing"), "feedback.path", "hidden");
    fault("/feedback/path", Value::Null, "feedback", "lacks \"path\"");
    fault("/feedback/useful", json!("doing"), "feedback.useful", "one answer");
    fault("/feedback/no", json!(7), "feedback.no", "7 is no code");
    fault("/feedback/problem", json!(8), "feedback.problem", "8 is no code");
}

#[test]
fn a_ballot_admits_one_vote_each_and_tells_nobody_before_it_is_closed() {
    let fault = |pointer: &str, value: Value, path: &str, part: &str| {
        assert_fault(&with("yard-budget", pointer, value), path, part);
    };
    fault("/tier", json!("work"), "tier", "invited");
    fault("/tier", Value::Null, "tier", "invited");
    fault("/results", json!("public"), "results", "after_closing");
    fault("/prioritising/question", json!("district_other"), "prioritising.question", "names no question");
    fault("/prioritising/winners", json!(2), "prioritising", "either");
    fault("/prioritising/budget", Value::Null, "prioritising", "either");
    fault("/prioritising/costs/0/code", json!(97), "prioritising.costs[0].code", "no project");
    fault("/prioritising/costs/0/code", json!(2), "prioritising.costs[1].code", "already");
    fault("/prioritising/costs/0/cost", json!(0), "prioritising.costs[0].cost", "more than nothing");
    fault(
        "/prioritising/costs",
        json!([{"code": 1, "cost": 1}]),
        "prioritising.costs",
        "lacks the cost of project 2",
    );
    assert_eq!(faults(&with("yard-budget", "/results", Value::Null)), Vec::<String>::new());
}

#[test]
fn a_meeting_registers_by_a_choice_and_leaves_the_question_free() {
    let fault = |pointer: &str, value: Value, path: &str, part: &str| {
        assert_fault(&with("meeting", pointer, value), path, part);
    };
    fault("/meeting", Value::Null, "meeting", "is missing");
    for field in ["starts", "place", "attends", "question", "rules", "appeal"] {
        fault(&format!("/meeting/{field}"), Value::Null, "meeting", &format!("lacks \"{field}\""));
    }
    fault("/meeting/starts", json!("2026-12-10"), "meeting.starts", "local time");
    fault("/meeting/attends", json!("needs"), "meeting.attends", "single choice");
    fault("/pages/0/questions/0/options/2/code", json!(4), "meeting.attends", "does not come");
    fault("/meeting/attends", json!("nobody"), "meeting.attends", "names no question");
    fault("/meeting/needs", json!("attends"), "meeting.needs", "multiple choice");
    fault("/meeting/name", json!("attends"), "meeting.name", "answered in words");
    fault("/meeting/question", json!("attends"), "meeting.question", "answered in words");
    fault("/pages/1/questions/0/required", json!(true), "meeting.question", "left out");
    for stream in ["http://a.kz", "javascript:alert(1)", "https://", "https:///x", "https://a.kz/ b"] {
        fault("/meeting/stream", json!(stream), "meeting.stream", "https://");
    }
}

#[test]
fn a_quorum_is_a_share_of_those_who_may_come_or_a_number_and_nothing_is_named_twice() {
    let fault = |pointer: &str, value: Value, path: &str, part: &str| {
        assert_fault(&with("meeting", pointer, value), path, part);
    };
    fault("/meeting/eligible", Value::Null, "meeting.quorum", "share");
    fault("/meeting/at_least", json!(50), "meeting.at_least", "second rule");
    fault("/meeting/quorum", json!(101), "meeting.quorum", "from 1 to 100");
    fault("/meeting/agenda/1/id", json!("report"), "meeting.agenda[1].id", "already");
    let twice = json!([{"survey": "meeting-vote"}, {"survey": "meeting-vote"}]);
    fault("/meeting/ballots", twice, "meeting.ballots[1].survey", "already");
    fault("/meeting/ballots", json!([{"survey": "meeting"}]), "meeting.ballots[0].survey", "itself");
}
