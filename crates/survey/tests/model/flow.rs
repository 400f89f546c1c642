//! What a form carries from page to page: every answer, whatever the citizen does meanwhile.

use crate::support::{Citizen, choice, page, post, sent, stands, survey, text, with};
use serde_json::json;
use survey::form::Go;
use survey::{Answer, At, Survey};

fn two() -> Survey {
    let number = json!({ "name": "n", "type": "number", "text": "N", "min": 0, "max": 9 });
    let day = json!({ "name": "d", "type": "date", "text": "D" });
    let choice = choice("single", "way", &[1, 2]);
    let hidden = with(text("why"), json!({ "show_if": "way == 1" }));
    survey(json!([page("p1", json!([choice, hidden, number, day])), page("p2", json!([text("end")]))]))
}

#[test]
fn another_language_keeps_the_page_and_every_answer_that_was_typed() {
    let survey = two();
    let pairs = [
        ("_page", "0"),
        ("_go", "lang:ru"),
        ("way", "1"),
        ("why", "сөз"),
        ("n", "about 5"),
        ("d.d", "31"),
        ("d.m", "2"),
    ];
    let mut posted = post(&survey, &pairs);
    assert_eq!(stands(&survey, &mut posted), (At::Page(0), vec![]));
    assert_eq!(posted.lang.as_deref(), Some("ru"));
    assert_eq!(posted.answers.get("n"), Some(&Answer::Typed(vec!["about 5".into()])));
    assert_eq!(posted.answers.get("d"), Some(&Answer::Typed(vec!["31".into(), "2".into(), String::new()])));
    assert_eq!(posted.answers.get("why"), Some(&Answer::Text("сөз".into())));
}

#[test]
fn what_cannot_be_read_keeps_the_page_with_what_is_wrong_and_stays_as_it_was_typed() {
    let survey = two();
    let mut posted =
        post(&survey, &[("_page", "0"), ("n", "five"), ("d.d", "31"), ("d.m", ""), ("d.y", "2026")]);
    let expected = ["not_a_number n", "incomplete d"].map(str::to_owned).to_vec();
    assert_eq!(stands(&survey, &mut posted), (At::Page(0), expected));
    let carried = posted.answers.to_value().to_string();
    let mut later = post(&survey, &[("_page", "1"), ("_answers", &carried), ("_go", "back")]);
    assert_eq!(stands(&survey, &mut later), (At::Page(0), vec![]));
    assert_eq!(later.answers, posted.answers);
}

#[test]
fn what_cannot_be_read_is_carried_from_inside_rows_and_entries_too() {
    let number = json!({ "name": "n", "type": "number", "text": "N" });
    let survey = survey(json!([
        page(
            "p1",
            json!([
                json!({ "name": "home", "type": "group", "text": "Home", "questions": [number] }),
                with(choice("allocation", "budget", &[1, 2]), json!({ "total": 10 })),
            ])
        ),
        page("p2", json!([text("end")])),
    ]));
    let pairs = [("_page", "0"), ("home.n", "1"), ("home.0.n", "many"), ("budget.1", "all")];
    let mut posted = post(&survey, &pairs);
    let (at, problems) = stands(&survey, &mut posted);
    assert_eq!(
        (at, problems),
        (At::Page(0), vec!["not_a_number home.0.n".to_owned(), "not_a_number budget".to_owned()])
    );
    let carried = posted.answers.to_value().to_string();
    let back = post(&survey, &[("_page", "1"), ("_answers", &carried), ("_go", "back")]);
    assert_eq!(back.answers, posted.answers);
    // A response holds nothing of the kind.
    assert_eq!(crate::support::problems(&survey, posted.answers.to_value()).len(), 2);
}

#[test]
fn hidden_answers_stay_in_the_form_come_back_and_are_never_sent() {
    let survey = two();
    let mut citizen = Citizen::of(&survey);
    citizen.answer(json!({ "way": 1, "why": "because" })).next();
    citizen.press(Go::Back);
    citizen.answer(json!({ "way": 2 })).next();
    citizen.next();
    assert_eq!(citizen.sends(), json!({ "way": 2 }));
    citizen.press(Go::Change(0));
    citizen.answer(json!({ "way": 1 })).next();
    assert_eq!(citizen.sends(), json!({ "way": 1, "why": "because" }));
}

#[test]
fn a_form_without_scripts_sends_what_a_live_one_sends() {
    let survey = two();
    let first = [
        ("_page", "0"),
        ("_shown", "way n d"),
        ("way", "2"),
        ("why", ""),
        ("n", "5"),
        ("d.d", "1"),
        ("d.m", "наурыз"),
        ("d.y", "2026"),
    ];
    let mut posted = post(&survey, &first);
    assert_eq!(stands(&survey, &mut posted), (At::Page(1), vec![]));
    let carried = posted.answers.to_value().to_string();
    let mut second =
        post(&survey, &[("_page", "1"), ("_shown", "way n d end"), ("_answers", &carried), ("end", "x")]);
    assert_eq!(stands(&survey, &mut second), (At::Review, vec![]));
    let carried = second.answers.to_value().to_string();
    let mut review = post(&survey, &[("_page", "review"), ("_shown", "way n d end"), ("_answers", &carried)]);
    assert_eq!(sent(&survey, &mut review), json!({ "way": 2, "n": 5, "d": "2026-03-01", "end": "x" }));
}

#[test]
fn a_value_that_the_page_gives_is_carried_and_kept() {
    let survey = survey(json!([
        page("p1", json!([json!({ "name": "service", "type": "hidden", "text": "Service" }), text("a")])),
        page("p2", json!([text("b")])),
    ]));
    let mut posted = post(&survey, &[("_page", "0"), ("_answers", r#"{"service":"passport"}"#), ("a", "x")]);
    assert_eq!(stands(&survey, &mut posted), (At::Page(1), vec![]));
    assert_eq!(posted.answers.to_value(), json!({ "service": "passport", "a": "x" }));
    assert_eq!(
        crate::support::problems(&survey, json!({ "service": "x".repeat(201) })),
        ["too_long service"]
    );
}
