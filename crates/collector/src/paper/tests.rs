//! What is printed, in the three languages: every kind, and every condition that can be said.

use super::{Said, Sheet, form};
use serde_json::{Value, json};
use survey::{KINDS, Survey};

const EN: &str = "en";

fn printed(survey: &Survey, lang: &str) -> String {
    let said = Said::of(lang);
    form(&Sheet::new(survey, &said, "0123456789abcdef"))
}

/// A survey with these questions before one with this condition.
fn asked_if(questions: &[Value], condition: &str) -> Survey {
    let last = json!({"name": "why", "type": "text", "text": "Why?", "show_if": condition});
    let questions: Vec<Value> = questions.iter().cloned().chain([last]).collect();
    read(&json!([{"id": "p1", "questions": questions}]))
}

fn read(pages: &Value) -> Survey {
    let document =
        json!({"format": 1, "id": "s", "languages": ["kk", "ru", "en"], "title": "S", "pages": pages});
    Survey::read(&document.to_string()).unwrap()
}

fn overall() -> Value {
    let options: Vec<Value> = [(3, "Good"), (2, "Fair"), (1, "Poor"), (-5, "I do not know")]
        .map(|(code, text)| json!({"code": code, "text": text}))
        .into();
    json!({"name": "overall", "type": "single", "text": "Overall?", "options": options})
}

fn used() -> Value {
    json!({"name": "used", "type": "multi", "text": "Used?", "options": [
        {"code": 1, "text": "Police"}, {"code": 2, "text": "Clinic"},
        {"code": 97, "text": "None", "exclusive": true}]})
}

fn grid() -> Value {
    json!({"name": "quality", "type": "grid", "text": "Rate", "rows": [
        {"code": 7, "text": "Speed"}, {"code": 9, "text": "Courtesy"}],
        "options": [{"code": 1, "text": "Bad"}, {"code": 2, "text": "Good"}]})
}

fn waited() -> Value {
    json!({"name": "waited", "type": "number", "text": "Minutes?", "min": 0, "max": 600})
}

/// The line above the last question.
fn when(questions: &[Value], condition: &str, lang: &str) -> String {
    let html = printed(&asked_if(questions, condition), lang);
    let (_, after) = html.split_once("<p class=\"when\">").unwrap_or_else(|| panic!("{condition}: {html}"));
    after.split_once("</p>").unwrap().0.to_owned()
}

#[test]
fn a_condition_in_a_group_names_the_question_of_the_same_entry_and_one_outside_by_its_own_number() {
    let inner = |name: &str, kind: &str, more: Value| {
        let mut question = json!({"name": name, "type": kind, "text": name});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        question
    };
    let group = json!({"name": "visits", "type": "group", "text": "Visits", "max": 2, "questions": [
        inner("solved", "yes_no", json!({})),
        inner("reason", "text", json!({"show_if": "solved == 0"})),
        inner("again", "yes_no", json!({"show_if": "overall == 1"})),
    ]});
    let survey = read(&json!([{"id": "p1", "questions": [overall(), group]}]));
    let html = printed(&survey, EN);
    let said = |text: &str| html.matches(text).count();
    assert_eq!(said("Answer only if you answered “No” to question 2.1."), 2, "{html}");
    assert_eq!(said("Answer only if you answered “Poor” to question 1."), 2);
}

#[test]
fn a_condition_is_said_with_the_number_of_the_question_and_the_texts_of_its_options() {
    let cases = [
        ("overall == 1", "Answer only if you answered “Poor” to question 1."),
        ("overall != 1", "Answer only if you answered question 1 otherwise than “Poor”."),
        ("overall in [1, 2]", "Answer only if you answered “Poor” or “Fair” to question 1."),
        ("overall <= 2", "Answer only if you answered “Fair” or “Poor” to question 1."),
        ("2 < overall", "Answer only if you answered “Good” to question 1."),
        ("overall == -5", "Answer only if you answered “I do not know” to question 1."),
        ("used has 2", "Answer only if you ticked “Clinic” in question 2."),
        ("used == [97]", "Answer only if you ticked nothing but “None” in question 2."),
        ("used != [97]", "Answer only if you ticked something other than “None” in question 2."),
        ("quality[9] == 1", "Answer only if you answered “Bad” to question 3.2."),
        ("waited > 30", "Answer only if your answer to question 4 is more than 30."),
        ("waited >= 30", "Answer only if your answer to question 4 is 30 or more."),
        ("waited < 1000", "Answer only if your answer to question 4 is less than 1,000."),
        ("answered(used)", "Answer only if you answered question 2."),
        ("not answered(used)", "Answer only if you left question 2 without an answer."),
        (
            "overall == 1 and (used has 1 or used has 2)",
            "Answer only if you answered “Poor” to question 1 and (you ticked “Police” in question 2 or you ticked “Clinic” in question 2).",
        ),
    ];
    for (condition, expected) in cases {
        assert_eq!(when(&[overall(), used(), grid(), waited()], condition, EN), expected, "{condition}");
    }
}

#[test]
fn a_condition_is_said_in_kazakh_and_in_russian() {
    let said = |lang| when(&[overall(), used()], "overall <= 2 and used has 1", lang);
    assert_eq!(
        said("kk"),
        "1-сұраққа «Fair» не «Poor» деп жауап берсеңіз және 2-сұрақта «Police» жауабын белгілесеңіз ғана, осы сұраққа жауап беріңіз."
    );
    assert_eq!(
        said("ru"),
        "Отвечайте, только если на вопрос 1 вы ответили «Fair» или «Poor» и в вопросе 2 вы отметили «Police»."
    );
}

#[test]
fn a_condition_that_is_too_much_for_words_sends_to_whoever_gave_the_sheet() {
    for condition in [
        "waited * 2 > 30",
        "count(used) >= 2",
        "not (overall == 1)",
        "overall == 1 or waited + 1 > 3",
        "days('2026-01-01', today()) > 3",
    ] {
        let said = when(&[overall(), used(), waited()], condition, EN);
        assert!(said.starts_with("Whether you should answer"), "{condition}: {said}");
    }
}

#[test]
fn pages_say_whom_they_are_for_and_where_to_go_after_them() {
    let survey = read(&json!([
        {"id": "a", "questions": [overall()], "then": [
            {"if": "overall == 3", "to": "c"},
            {"if": "overall == 1", "end": "Thank you, that is all."}]},
        {"id": "b", "show_if": "overall == 2", "questions": [used(), waited()], "then": [{"to": "d"}]},
        {"id": "c", "questions": [grid()]},
        {"id": "d", "questions": [{"name": "last", "type": "text", "text": "Anything else?"}]},
    ]));
    let html = printed(&survey, EN);
    for line in [
        "If you answered “Good” to question 1, go to question 4.",
        "If you answered “Poor” to question 1, stop here. Thank you, that is all.",
        "Answer questions 2 to 3 only if you answered “Fair” to question 1.",
        "Go to question 5.",
    ] {
        assert!(html.contains(line), "{line}: {html}");
    }
}

#[test]
fn every_kind_that_is_asked_is_printed_with_its_codes_and_something_to_write_on() {
    for kind in KINDS {
        let question: Value = serde_json::from_str(kind.example).unwrap();
        let survey = read(&json!([{"id": "p1", "questions": [
            question, {"name": "last_one", "type": "text", "text": "?"}]}]));
        let asked = survey.questions().next().unwrap();
        let html = printed(&survey, "kk");
        if !asked.domain.is_asked() {
            assert!(!html.contains(&format!("data-question=\"{}\"", asked.name)), "{}", kind.name);
            continue;
        }
        let html = html.split("data-question=\"last_one\"").next().unwrap();
        let drawn = ["class=\"box", "class=\"digits", "class=\"line", "class=\"ruled"];
        let body = html.split_once("</header>").unwrap().1;
        assert!(drawn.iter().any(|class| body.contains(class)), "{}: {body}", kind.name);
        let listed = !matches!(asked.control, survey::Control::Cascade { .. });
        for choice in asked.choices.iter().filter(|_| listed) {
            let code = format!("<span class=\"code\">{}</span>", choice.code);
            assert_eq!(body.matches(&code).count(), 1, "{}: {}", kind.name, choice.code);
        }
    }
}

#[test]
fn a_long_list_is_a_line_to_write_on() {
    let options: Vec<Value> =
        (1..=16).map(|code| json!({"code": code, "text": format!("O{code}")})).collect();
    let of = |options: &[Value]| {
        let question = json!({"name": "body", "type": "lookup", "text": "Body?", "options": options});
        printed(&read(&json!([{"id": "p1", "questions": [question]}])), EN)
    };
    assert!(of(&options[..15]).contains("O15") && !of(&options[..15]).contains("ruled"));
    assert!(!of(&options).contains("O15") && of(&options).contains("ruled"));
}

#[test]
fn what_an_author_wrote_is_text_never_markup() {
    let survey = read(&json!([{"id": "p1", "title": "<b>1", "intro": "<b>2", "questions": [
        {"name": "q", "type": "multi", "text": "<b>3", "hint": "<b>4", "options": [{"code": 1, "text": "<b>5"}]},
        {"name": "w", "type": "text", "text": "{q} <b>6", "show_if": "q has 1"}]}]));
    let html = printed(&survey, EN);
    for number in 1..=6 {
        assert!(
            html.contains(&format!("&lt;b&gt;{number}")) && !html.contains(&format!("<b>{number}")),
            "{html}"
        );
    }
    assert!(html.contains("(your answer to question 1) &lt;b&gt;6"), "{html}");
}
