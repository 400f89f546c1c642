//! One question a page: which pages come of it, and that nothing else does.

use crate::support::{Citizen, document, example_json, page, problems, survey, text, with, words};
use serde_json::{Value, json};
use survey::form::{Go, Posted, Step, step};
use survey::route::Route;
use survey::{Answers, At, Occasion, Pace, Survey, check};

fn one(survey: &Survey) -> Survey {
    survey.clone().at_pace(Pace::One, 0)
}

/// The names of the questions, page by page, with the id of the page.
fn pages(survey: &Survey) -> Vec<(&str, Vec<&str>)> {
    survey
        .pages
        .iter()
        .map(|page| (page.id.as_str(), page.questions.iter().map(|q| q.name.as_str()).collect()))
        .collect()
}

fn note(name: &str) -> Value {
    json!({ "name": name, "type": "note", "text": name })
}

fn calc(name: &str, value: &str) -> Value {
    json!({ "name": name, "type": "calc", "text": name, "value": value })
}

#[test]
fn a_note_stands_with_the_question_after_it_and_what_trails_with_the_last() {
    let survey = survey(json!([
        page("a", json!([note("n1"), text("q1"), calc("c1", "1 + 1"), text("q2"), note("n2")])),
        page("b", json!([note("n3")])),
    ]));
    assert_eq!(
        pages(&one(&survey)),
        [("a", vec!["n1", "q1"]), ("a", vec!["c1", "q2", "n2"]), ("b", vec!["n3"])],
        "a part has the id of its page"
    );
}

#[test]
fn title_and_condition_are_on_each_part_the_introduction_on_the_first_turns_and_rules_on_the_last() {
    let second = with(
        page("b", json!([text("q1"), text("q2")])),
        json!({ "title": "B", "intro": "Read.", "show_if": "answered(q0)", "after_review": true,
            "checks": [{ "require": "answered(q2)", "at": "q1", "text": "Both." }],
            "then": [{ "to": "c" }] }),
    );
    let third = with(page("c", json!([text("q3"), text("q4")])), json!({ "after_review": true }));
    let paced = one(&survey(json!([page("a", json!([text("q0")])), second, third])));
    let of_b = &paced.pages[1..3];
    assert!(of_b.iter().all(|part| part.title.is_some() && part.show_if.is_some() && part.after_review));
    let has = |part: &survey::Page| (part.intro.is_some(), part.rules.len(), part.turns.len());
    assert_eq!((has(&of_b[0]), has(&of_b[1])), ((true, 0, 0), (false, 1, 1)));
    assert_eq!(of_b[1].turns[0].to, Some(3), "a turn leads to the first part of its page");
    assert_eq!(paced.place("q4"), Some((4, 0)));
}

#[test]
fn questions_and_pages_in_a_random_order_come_in_the_order_that_they_would_have_had() {
    let shuffled = json!({ "shuffle": true });
    let questions = json!([text("q1"), text("q2"), with(text("q3"), json!({ "pinned": true })), text("q4")]);
    let survey = Survey::from_value(&with(
        document(json!([
            with(page("a", questions), shuffled.clone()),
            page("b", json!([text("q5"), text("q6")])),
            page("c", json!([text("q7")])),
        ])),
        shuffled,
    ))
    .unwrap();
    for seed in 0..40 {
        let paced = survey.clone().at_pace(Pace::One, seed);
        assert_eq!(walked(&paced, seed), walked(&survey, seed), "{seed}");
        assert!(!paced.is_shuffled(), "it is in its order already");
    }
}

/// The questions in the order in which somebody comes to them.
fn walked(survey: &Survey, seed: u32) -> Vec<String> {
    let route = Route::of(survey, &Answers::default(), Occasion { seed, today: None });
    let mut at = Some(At::Page(route.first(survey)));
    let mut names = Vec::new();
    while let Some(now) = at {
        if let At::Page(page) = now {
            let page = &survey.pages[page];
            names.extend(page.order(seed).into_iter().map(|index| page.questions[index].name.clone()));
        }
        at = route.after(survey, now);
    }
    names
}

fn with_rule() -> Survey {
    let checks = json!([{ "require": "to >= from", "at": "from", "text": "From must not be after to." }]);
    let number = |name: &str| json!({ "name": name, "type": "number", "text": name });
    survey(json!([
        with(page("a", json!([number("from"), number("to")])), json!({ "checks": checks })),
        page("b", json!([text("end")])),
    ]))
}

#[test]
fn a_rule_that_does_not_hold_leads_back_to_the_question_that_its_message_stands_at() {
    let (survey, paced) = (with_rule(), one(&with_rule()));
    let mut citizen = Citizen::of(&paced);
    citizen.answer(json!({ "from": 5 })).next();
    citizen.answer(json!({ "to": 3 }));
    assert_eq!(citizen.press(Go::Next), (At::Page(0), vec!["rule from".to_owned()]));
    let numbered: Vec<_> = check(&paced, &citizen.posted.answers, Occasion::default())
        .into_iter()
        .map(|p| p.param("rule"))
        .collect();
    assert_eq!(numbered, [Some(0)], "with the number that it has on the author's page");
    assert_eq!(problems(&survey, json!({ "from": 5, "to": 3 })), ["rule from"]);
    citizen.answer(json!({ "from": 2 }));
    assert_eq!((citizen.next(), citizen.next(), citizen.next()), (At::Page(1), At::Page(2), At::Review));
    assert_eq!(citizen.sends(), json!({ "from": 2, "to": 3 }));
}

#[test]
fn whoever_changes_the_pace_goes_on_at_the_first_question_without_an_answer() {
    let survey = survey(json!([
        page("a", json!([text("q1"), note("n"), text("q2"), text("q3")])),
        page("b", json!([text("q4")])),
    ]));
    let paced = one(&survey);
    let given = |value: Value| crate::support::answers(&survey, value);
    let to = |from: &Survey, other: &Survey, at: At, answers: &Answers| {
        from.at_other_pace(other, at, 0, (&Route::of(from, answers, Occasion::default()), answers))
    };
    let some = given(json!({ "q1": "x" }));
    assert_eq!(to(&survey, &paced, At::Page(0), &some), At::Page(1));
    assert_eq!(to(&paced, &survey, At::Page(1), &some), At::Page(0));
    assert_eq!(to(&survey, &paced, At::Page(1), &some), At::Page(3));
    let all = given(json!({ "q1": "x", "q2": "x", "q3": "x" }));
    assert_eq!(to(&survey, &paced, At::Page(0), &all), At::Page(0));
    assert_eq!(to(&paced, &survey, At::Review, &all), At::Review);
}

#[test]
fn the_pace_is_the_authors_to_set_and_the_button_says_it() {
    let read =
        |pace: Value| Survey::from_value(&with(document(json!([page("a", json!([text("q1")]))])), pace));
    assert_eq!(read(json!({})).unwrap().pace, Pace::All);
    assert_eq!(read(json!({ "pace": "one" })).unwrap().pace, Pace::One);
    assert!(read(json!({ "pace": "slow" })).is_err());
    for pace in [Pace::All, Pace::One] {
        assert_eq!(Go::read(&Go::Pace(pace).to_value()), Go::Pace(pace));
    }
    assert_eq!(Go::read("pace:slow"), Go::Next);
    assert!(!read(json!({})).unwrap().asks_several());
}

#[test]
fn help_is_posted_with_the_form_and_only_by_the_names_that_there_are() {
    let survey = survey(json!([page("a", json!([text("q1"), text("q2")]))]));
    let post = |who: &str| {
        Posted::read(
            &survey,
            [("_assisted".to_owned(), who.to_owned()), ("_pace".to_owned(), "all".to_owned())],
        )
    };
    assert_eq!(post("helper").unwrap().assisted, Some("helper"));
    assert_eq!(words(&post("Aigul").unwrap_err()), ["unknown_option _assisted"]);
}

#[test]
fn every_example_can_be_gone_through_one_question_a_page() {
    for id in ["kz-public-services", "service-done", "every-kind"] {
        let survey = Survey::from_value(&example_json(id)).unwrap();
        let paced = one(&survey);
        let asked = |page: &survey::Page| page.questions.iter().filter(|q| q.domain.is_asked()).count();
        assert!(paced.pages.iter().all(|page| asked(page) <= 1), "{id}");
        assert_eq!(paced.questions().count(), survey.questions().count(), "{id}");
        // Whoever presses "Continue" alone gets no further than the first that must be answered.
        let mut posted = Posted { answers: paced.defaults(), ..Posted::default() };
        assert!(matches!(step(&paced, &mut posted, Occasion::default()), Step::At { .. }), "{id}");
    }
}
