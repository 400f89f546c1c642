//! Who gets which matter, and by when it is to be answered.

use super::*;
use crate::clock::Minute;
use serde_json::json;

pub(super) fn definition() -> Value {
    let each = |text: &str| json!({"kk": text, "ru": text});
    let topics = [1, 2, 3, 96]
        .map(|code| json!({"code": code, "text": each(&format!("topic {code}")), "other": code == 96}));
    json!({
        "format": 1, "id": "visit", "languages": ["kk", "ru"], "title": each("Visit"),
        "mechanism": "reception",
        "reception": {
            "topic": "topic", "text": "matter", "needs": "needs", "visit": "visit",
            "bodies": [
                {"id": "transport", "name": each("Transport"), "head": "a.serikova", "post": each("Head"),
                 "topics": [1]},
                {"id": "housing", "name": each("Housing"), "topics": [2]},
                {"id": "care", "name": each("Care"), "head": "b.omarov", "topics": [3]}
            ],
            "appeal": {"text": each("eotinish.kz")}
        },
        "pages": [{"id": "p", "questions": [
            {"name": "topic", "type": "single", "required": true, "text": each("Topic?"), "options": topics},
            {"name": "matter", "type": "text", "required": true, "text": each("Matter?")},
            {"name": "needs", "type": "multi", "text": each("Needs?"), "options": [
                {"code": 1, "text": each("Ramp")}, {"code": 2, "text": each("Sign language")},
                {"code": 96, "text": each("Other"), "other": true}
            ]},
            {"name": "visit", "type": "single", "text": each("When?"), "options": [
                {"code": 1, "text": each("Morning")}, {"code": 2, "text": each("Call me")}
            ]},
            {"name": "age", "type": "number", "text": each("Age?")}
        ]}]
    })
}

pub(super) fn reception() -> Reception {
    Reception::of(&definition()).unwrap()
}

fn opened(answers: &Value, day: &str, time: &str) -> NewMatter {
    let survey = Survey::from_value(&definition()).unwrap();
    let answers = Answers::read(&survey, answers.as_object().unwrap()).unwrap();
    let received = Received { day: Date::parse(day).unwrap(), time: Time::parse(time).unwrap() };
    reception().open(&answers, received, &WorkingDays::kazakhstan().unwrap()).unwrap()
}

#[test]
fn a_topic_leads_to_its_body_and_the_one_head_who_is_responsible_there() {
    let new = opened(&json!({"topic": 1, "matter": "x"}), "2026-03-20", "19:05");
    assert_eq!((new.subject.as_deref(), new.body.as_deref()), (Some("1"), Some("transport")));
    assert_eq!(new.responsible.as_deref(), Some("a.serikova"));
    // KZ-W2: after hours before Nauryz.
    assert_eq!(new.registered.map(Date::to_text).as_deref(), Some("2026-03-26"));
    assert_eq!(new.due.map(Date::to_text).as_deref(), Some("2026-04-15"));
    assert_eq!((new.year, new.shown), (2026, Shown::Waiting));
}

#[test]
fn a_topic_of_no_body_and_a_body_without_a_head_fall_to_whoever_keeps_control() {
    let new = opened(&json!({"topic": 96, "topic_other": "Ә", "matter": "x"}), "2026-04-01", "10:00");
    assert_eq!((new.body, new.responsible), (None, None));
    let new = opened(&json!({"topic": 2, "matter": "x"}), "2026-04-01", "10:00");
    assert_eq!((new.body.as_deref(), new.responsible), (Some("housing"), None));
}

#[test]
fn of_a_year_that_the_calendar_does_not_know_no_day_is_guessed() {
    let new = opened(&json!({"topic": 1, "matter": "x"}), "2028-02-01", "10:00");
    assert_eq!((new.registered, new.due, new.year), (None, None, 2028));
    let new = opened(&json!({"topic": 1, "matter": "x"}), "2027-12-28", "10:00");
    assert_eq!((new.registered.map(Date::to_text).as_deref(), new.due), (Some("2027-12-28"), None));
}

#[test]
fn the_convention_and_the_hours_are_settings_of_the_author() {
    let mut definition = definition();
    definition["reception"]["term"] = json!({"days": 1, "counting": "on_registration"});
    definition["reception"]["closes"] = json!("13:00");
    let survey = Survey::from_value(&definition).unwrap();
    let answers = Answers::read(&survey, json!({"topic": 1, "matter": "x"}).as_object().unwrap()).unwrap();
    let received = Received { day: Date::parse("2026-04-01").unwrap(), time: Time::parse("13:00").unwrap() };
    let reception = Reception::of(&definition).unwrap();
    let new = reception.open(&answers, received, &WorkingDays::kazakhstan().unwrap()).unwrap();
    assert_eq!(new.registered.map(Date::to_text).as_deref(), Some("2026-04-02"));
    assert_eq!(new.due.map(Date::to_text).as_deref(), Some("2026-04-02"));
}

#[test]
fn whoever_deals_with_it_reads_the_words_and_what_the_visit_needs_and_no_other_answer() {
    let answers = json!({
        "topic": 1, "matter": "Пандус", "needs": [2, 96], "needs_other": "a chair", "visit": 2, "age": 71
    });
    let response = StoredResponse {
        position: crate::store::Position(1),
        id: "a".repeat(32),
        version: "v".to_owned(),
        minute: Minute(0),
        lang: "kk".to_owned(),
        channel: "web".to_owned(),
        answers: answers.to_string(),
        paradata: "{}".to_owned(),
    };
    let survey = Survey::from_value(&definition()).unwrap();
    let said = reception().said(&survey, &response, "ru");
    assert_eq!((said.text.as_deref(), said.lang.as_str()), (Some("Пандус"), "kk"));
    let visit = [("Needs?", "Sign language; Other: a chair"), ("When?", "Call me")];
    assert_eq!(said.visit, visit.map(|(asked, told)| (asked.to_owned(), told.to_owned())));
    assert_eq!(reception().topic(&survey, "1", "ru"), Some("topic 1"));
    assert_eq!(reception().topic(&survey, "7", "ru"), None);
}

#[test]
fn what_is_no_reception_is_none() {
    assert!(Reception::of(&json!({"mechanism": "forum", "reception": {}})).is_none());
    assert!(Reception::of(&json!({"mechanism": "reception"})).is_none());
}
