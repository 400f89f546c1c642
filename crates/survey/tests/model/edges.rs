//! What citizens and authors really write: long lists, long texts, and answers that other programs stumble over.

use crate::support::{answers, choice, page, post, problems, sent, survey, text, with};
use serde_json::{Value, json};
use survey::columns::{Cell, Table};
use survey::{Answer, Occasion};

#[test]
fn forty_options_of_three_hundred_kazakh_letters_are_possible() {
    let long = "Әғқңөұүһі ".repeat(30);
    let codes: Vec<i64> = (1..=40).collect();
    let mut question = choice("multi", "q", &codes);
    for option in question["options"].as_array_mut().unwrap() {
        option["text"] = json!(long);
    }
    let survey = survey(json!([page("p1", json!([question]))]));
    assert_eq!(problems(&survey, json!({ "q": codes })), Vec::<String>::new());
    let table = Table::of(&[&survey]);
    assert_eq!(table.columns().len(), 40);
    assert_eq!(table.columns()[39].option.as_ref().unwrap().text.get("en").chars().count(), 300);
}

#[test]
fn a_question_may_have_nothing_but_an_other() {
    let mut question = with(choice("single", "q", &[96]), json!({ "required": true }));
    question["options"][0]["other"] = json!(true);
    let survey = survey(json!([page("p1", json!([question]))]));
    let mut posted = post(&survey, &[("_page", "0"), ("q", "96"), ("q_other", "own, words")]);
    assert_eq!(sent(&survey, &mut posted), json!({ "q": 96, "q_other": "own, words" }));
    assert_eq!(problems(&survey, json!({ "q_other": "x" })), ["required q", "other_not_chosen q_other"]);
}

#[test]
fn nothing_at_all_may_be_sent_where_nothing_is_required() {
    let survey = survey(json!([page("p1", json!([text("a"), choice("multi", "b", &[1, 2])]))]));
    assert_eq!(sent(&survey, &mut post(&survey, &[("_page", "0")])), json!({}));
    assert_eq!(problems(&survey, json!({})), Vec::<String>::new());
}

/// Whatever is not a control character comes back letter by letter, from a form, from a response, and in a cell.
#[test]
fn words_come_back_as_they_were_typed() {
    let other = {
        let mut question = choice("single", "q", &[96]);
        question["options"][0]["other"] = json!(true);
        question
    };
    let survey = survey(json!([page("p1", json!([with(text("t"), json!({ "max": 20_000 })), other]))]));
    let table = Table::of(&[&survey]);
    for typed in [
        "=HYPERLINK(\"http://example.com\",\"x\")",
        "<img src=x onerror=alert(1)>",
        "850101\u{a0}300\u{a0}123",
        "\u{202e}olleh\u{202c}",
        "👨‍👩‍👧‍👦🏳️‍🌈",
        "+7 701 000 00 00",
        "-5",
        "a, \"b\"; 'c'\tд",
        "Ә Ғ Қ Ң Ө Ұ Ү Һ І",
        "'; DROP TABLE responses; --",
        " leading and trailing ",
    ] {
        let mut posted = post(&survey, &[("_page", "0"), ("t", typed), ("q", "96"), ("q_other", typed)]);
        let expected = json!({ "t": typed, "q": 96, "q_other": typed });
        assert_eq!(sent(&survey, &mut posted), expected);
        let row = table.row(0, &survey, &answers(&survey, expected), Occasion::default());
        assert_eq!(row, [Cell::Text(typed.to_owned()), Cell::Code(96), Cell::Text(typed.to_owned())]);
    }
    let long = "Ә".repeat(10_000);
    assert_eq!(problems(&survey, json!({ "t": long })), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "t": "Ә".repeat(20_001) })), ["too_long t"]);
    assert_eq!(problems(&survey, json!({ "q": 96, "q_other": "Ә".repeat(501) })), ["too_long q_other"]);
}

/// No citizen sees a NUL, so that none could mend it; PostgreSQL and XML cannot hold it. It is left out on either way.
#[test]
fn control_characters_are_left_out() {
    let inner = json!({ "name": "g", "type": "group", "text": "G", "questions": [text("t")] });
    let survey = survey(json!([page("p1", json!([with(text("a"), json!({ "required": true })), inner]))]));
    let typed = "x\u{0}y\u{1b}\r\nz\tw";
    let mut posted = post(&survey, &[("_page", "0"), ("a", typed), ("g.n", "1"), ("g.0.t", typed)]);
    let kept = json!({ "a": "xy\nz\tw", "g": [{ "t": "xy\nz\tw" }] });
    assert_eq!(sent(&survey, &mut posted), kept);
    assert_eq!(answers(&survey, json!({ "a": typed, "g": [{ "t": typed }] })).to_value(), kept);
    assert_eq!(
        problems(&survey, json!({ "a": "\u{0}\u{1}" })),
        ["required a"],
        "of nothing else there is no answer"
    );
    assert_eq!(post(&survey, &[("_page", "0"), ("a", "\u{0}")]).answers.get("a"), None);
}

#[test]
fn a_number_is_a_number_however_it_is_typed() {
    let survey = survey(json!([page(
        "p1",
        json!([json!({ "name": "n", "type": "number", "places": 2, "text": "N" })])
    )]));
    for (typed, number) in
        [("-5", json!(-5)), ("1 234,50", json!(1234.5)), ("\u{2212}0,25", json!(-0.25)), ("+7", json!(7))]
    {
        let mut posted = post(&survey, &[("_page", "0"), ("n", typed)]);
        assert_eq!(sent(&survey, &mut posted)["n"], number, "{typed}");
    }
    let mut posted = post(&survey, &[("_page", "0"), ("n", "=1+1")]);
    assert_eq!(posted.answers.get("n"), Some(&Answer::Typed(vec!["=1+1".into()])));
    assert_eq!(crate::support::stands(&survey, &mut posted).1, ["not_a_number n"]);
}

#[test]
fn sixty_questions_go_through_page_and_table() {
    let questions: Vec<Value> = (0..60).map(|n| choice("single", &format!("q{n}"), &[1, 2])).collect();
    let survey = survey(json!([page("p1", json!(questions))]));
    let pairs: Vec<(String, String)> = (0..60).map(|n| (format!("q{n}"), "2".to_owned())).collect();
    let mut posted = survey::form::Posted::read(&survey, pairs).unwrap();
    let response = sent(&survey, &mut posted);
    assert_eq!(response.as_object().unwrap().len(), 60);
    let row = Table::of(&[&survey]).row(0, &survey, &answers(&survey, response), Occasion::default());
    assert_eq!(row, vec![Cell::Code(2); 60]);
}

#[test]
fn the_server_refuses_whatever_the_logic_hides() {
    let mut option = choice("multi", "b", &[1, 2]);
    option["options"][0]["show_if"] = json!("a == 1");
    let survey = survey(json!([
        page("p1", json!([choice("single", "a", &[1, 2]), option])),
        with(page("p2", json!([text("c")])), json!({ "show_if": "b has 1" })),
    ]));
    assert_eq!(problems(&survey, json!({ "a": 2, "b": [1], "c": "x" })), ["hidden b", "hidden c"]);
    assert_eq!(problems(&survey, json!({ "a": 1, "b": [1], "c": "x" })), Vec::<String>::new());
}
