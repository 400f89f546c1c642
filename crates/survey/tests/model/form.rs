//! The way through a survey as a posted form.

use crate::support::{answers, example, overall_and_why, survey, words};
use serde_json::{Value, json};
use survey::Survey;
use survey::form::{Go, Posted, Step, step};

fn post(survey: &Survey, pairs: &[(&str, &str)]) -> Posted {
    Posted::read(survey, pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).unwrap()
}

fn refused(survey: &Survey, pairs: &[(&str, &str)]) -> Vec<String> {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    words(&Posted::read(survey, pairs).unwrap_err())
}

fn page(step: Step) -> (usize, Vec<String>) {
    match step {
        Step::Page { page, problems } => (page, words(&problems)),
        Step::Send(answers) => panic!("sent {answers:?}"),
    }
}

fn sent(survey: &Survey, step: Step, expected: Value) {
    match step {
        Step::Send(given) => assert_eq!(given, answers(survey, expected)),
        Step::Page { page, problems } => panic!("page {page} with {problems:?}"),
    }
}

#[test]
fn a_posted_form_says_what_its_fields_say() {
    let survey = survey(overall_and_why());
    let posted = post(
        &survey,
        &[
            ("_page", "0"),
            ("_go", "next"),
            ("_lang", "kk"),
            ("_id", "abc"),
            ("overall", "96"),
            ("overall_other", "x\r\ny"),
            ("used", "3"),
            ("used", "1"),
            ("why", "  "),
        ],
    );
    let expected = json!({ "overall": 96, "overall_other": "x\ny", "used": [1, 3] });
    assert_eq!(posted.answers, answers(&survey, expected));
    assert_eq!(
        (posted.lang.as_deref(), posted.id.as_deref(), posted.go),
        (Some("kk"), Some("abc"), Go::Next)
    );
}

#[test]
fn fields_and_values_that_no_form_of_ours_sends_are_refused() {
    let survey = survey(overall_and_why());
    assert_eq!(refused(&survey, &[("nosuch", "1")]), ["unknown_field nosuch"]);
    assert_eq!(refused(&survey, &[("overall", "one")]), ["wrong_type overall"]);
    assert_eq!(refused(&survey, &[("overall", "1"), ("overall", "2")]), ["wrong_type overall"]);
    assert_eq!(refused(&survey, &[("used_other", "x")]), ["unknown_field used_other"]);
    assert_eq!(refused(&survey, &[("_answers", "{")]), ["malformed _answers"]);
    assert_eq!(refused(&survey, &[("_answers", "{\"nosuch\": 1}")]), ["unknown_field nosuch"]);
    assert_eq!(post(&survey, &[("_page", "99999999999999999999")]).page, 0);
    assert_eq!(post(&survey, &[("_page", "7")]).page, 0);
}

#[test]
fn onwards_goes_to_the_next_page_shown_and_back_to_the_last_one() {
    let survey = example("kz-public-services");
    let none = post(&survey, &[("_page", "0"), ("used", "97")]);
    let (after_none, problems) = page(step(&survey, &none));
    assert!(problems.is_empty());
    let police = post(&survey, &[("_page", "0"), ("used", "3")]);
    let (after_police, _) = page(step(&survey, &police));
    assert!(after_police < after_none, "the page about quality is passed by when nothing was used");
    let carried = r#"{"used":[97]}"#;
    let back = post(&survey, &[("_page", &after_none.to_string()), ("_answers", carried), ("_go", "back")]);
    assert_eq!(page(step(&survey, &back)), (0, vec![]));
}

#[test]
fn a_page_with_problems_is_shown_again_and_back_asks_for_nothing() {
    let survey = example("kz-public-services");
    assert_eq!(page(step(&survey, &post(&survey, &[("_page", "0")]))), (0, vec!["required used".to_owned()]));
    let back = post(&survey, &[("_page", "1"), ("_answers", r#"{"used":[3]}"#), ("_go", "back")]);
    assert_eq!(page(step(&survey, &back)), (0, vec![]));
}

#[test]
fn a_question_that_appears_only_by_posting_is_shown_before_going_on() {
    let survey = survey(overall_and_why());
    let first = post(&survey, &[("_page", "0"), ("_shown", "overall used trust"), ("overall", "1")]);
    assert_eq!(page(step(&survey, &first)), (0, vec![]));
    let second = post(&survey, &[("_page", "0"), ("_shown", "overall why used trust"), ("overall", "1")]);
    sent(&survey, step(&survey, &second), json!({ "overall": 1 }));
}

#[test]
fn what_is_hidden_is_not_sent() {
    let survey = survey(overall_and_why());
    let posted = post(&survey, &[("_page", "0"), ("overall", "3"), ("why", "typed before")]);
    sent(&survey, step(&survey, &posted), json!({ "overall": 3 }));
}

#[test]
fn carried_answers_are_checked_again_before_they_are_sent() {
    let survey = example("kz-public-services");
    let last = survey.pages.len() - 1;
    let forged = r#"{"used":[1,97]}"#;
    let posted = post(&survey, &[("_page", &last.to_string()), ("_answers", forged)]);
    assert_eq!(page(step(&survey, &posted)), (0, vec!["exclusive used".to_owned()]));
}
