//! The way through a survey as a posted form: what is read, and what is refused.

use crate::support::{answers, at, example, overall_and_why, post, refused, sent, stands, survey};
use serde_json::json;
use survey::At;
use survey::form::Go;

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
            ("_seed", "7"),
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
        (posted.lang.as_deref(), posted.id.as_deref(), posted.seed, posted.go),
        (Some("kk"), Some("abc"), Some(7), Go::Next)
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
    assert_eq!(post(&survey, &[("_page", "99999999999999999999")]).at, At::Page(0));
    assert_eq!(post(&survey, &[("_page", "7")]).at, At::Page(0));
}

#[test]
fn every_button_comes_back_from_its_value_and_an_unknown_one_leads_on() {
    let buttons = [
        Go::Back,
        Go::Next,
        Go::Change(3),
        Go::Language("ru".into()),
        Go::Add("home".into()),
        Go::Remove("home".into(), 2),
    ];
    for go in buttons {
        assert_eq!(Go::read(&go.to_value()), go);
    }
    for value in ["", "nosuch", "page:", "page:-1", "remove:home", "remove:home:x"] {
        assert_eq!(Go::read(value), Go::Next, "{value}");
    }
}

#[test]
fn onwards_goes_to_the_next_page_shown_and_back_to_the_last_one() {
    let survey = example("kz-public-services");
    let mut none = post(&survey, &[("_page", "0"), ("used", "97")]);
    assert_eq!(stands(&survey, &mut none), (At::Review, vec![]), "the pages about a service are passed by");
    let mut police = post(&survey, &[("_page", "0"), ("used", "3")]);
    assert_eq!(at(stands(&survey, &mut police)), 1);
    let carried = r#"{"used":[97]}"#;
    let mut back = post(&survey, &[("_page", "review"), ("_answers", carried), ("_go", "back")]);
    assert_eq!(stands(&survey, &mut back), (At::Page(0), vec![]));
}

#[test]
fn a_page_with_problems_is_shown_again_and_back_asks_for_nothing() {
    let survey = example("kz-public-services");
    let mut empty = post(&survey, &[("_page", "0")]);
    assert_eq!(stands(&survey, &mut empty), (At::Page(0), vec!["required used".to_owned()]));
    let mut back = post(&survey, &[("_page", "1"), ("_answers", r#"{"used":[3]}"#), ("_go", "back")]);
    assert_eq!(stands(&survey, &mut back), (At::Page(0), vec![]));
}

#[test]
fn a_question_that_appears_only_by_posting_is_shown_before_going_on() {
    let survey = survey(overall_and_why());
    let mut first = post(&survey, &[("_page", "0"), ("_shown", "overall used trust"), ("overall", "1")]);
    assert_eq!(stands(&survey, &mut first), (At::Page(0), vec![]));
    let mut second = post(&survey, &[("_page", "0"), ("_shown", "overall why used trust"), ("overall", "1")]);
    assert_eq!(sent(&survey, &mut second), json!({ "overall": 1 }));
}

#[test]
fn what_is_hidden_stays_in_the_form_and_is_not_sent() {
    let survey = survey(overall_and_why());
    let mut posted = post(&survey, &[("_page", "0"), ("overall", "3"), ("why", "typed before")]);
    assert_eq!(sent(&survey, &mut posted), json!({ "overall": 3 }));
    assert_eq!(posted.answers.to_value(), json!({ "overall": 3, "why": "typed before" }));
}

#[test]
fn carried_answers_are_checked_again_before_they_are_sent() {
    let survey = example("kz-public-services");
    let forged = r#"{"used":[1,97]}"#;
    let mut posted = post(&survey, &[("_page", "3"), ("_answers", forged)]);
    assert_eq!(stands(&survey, &mut posted), (At::Page(0), vec!["exclusive used".to_owned()]));
}

#[test]
fn words_for_an_other_that_was_not_chosen_are_not_lost_in_silence() {
    let survey = survey(overall_and_why());
    let mut posted = post(&survey, &[("_page", "0"), ("overall", "3"), ("overall_other", "x")]);
    assert_eq!(
        stands(&survey, &mut posted),
        (At::Page(0), vec!["other_not_chosen overall_other".to_owned()])
    );
}
