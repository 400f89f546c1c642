//! What a statement says, and what it must not.

use super::words::{LANGUAGES, language};
use super::*;
use crate::gate;
use serde_json::json;

fn survey() -> Value {
    json!({
        "format": 1, "id": "visit", "languages": ["kk", "ru", "en"],
        "title": {"kk": "Пікір", "ru": "Отзыв", "en": "Your <b>visit</b>"}, "agency": "Akimat & Co",
        "contact": {"phone": "+7 7172 00 00 00", "hours": {"kk": "күн сайын", "ru": "ежедневно", "en": "daily"}, "email": "a@b.kz"},
        "pages": [{"id": "p1", "questions": [
            {"name": "a", "type": "yes_no", "text": "A1", "easy": "A", "media": [{"kind": "sign", "src": "a.mp4", "alt": "A1"}]},
            {"name": "b", "type": "scale", "from": 0, "to": 5, "low": "L", "high": "H", "text": "B"},
            {"name": "g", "type": "group", "text": "G", "questions": [{"name": "t", "type": "text", "text": "T"}]},
            {"name": "c", "type": "calc", "text": "C", "value": "1"}
        ]}]
    })
}

fn statement(definition: &Value, lang: &str, results: &str) -> String {
    let today = Date::new(2026, 11, 23);
    Statement { definition, version: "abc123", lang, today }.html_with(&Results::read(results))
}

const RUN: &str = r#"{"commit": "c", "date": "2026-11-20", "engines": ["Chromium 156", "Firefox 153"], "kinds": {
    "yes_no": {"checks": 21, "violations": 0}, "scale": {"checks": 9, "violations": 2},
    "group": {"checks": 0, "violations": 0}}, "criteria": {}}"#;

#[test]
fn each_kind_has_the_trial_that_is_recorded_of_it_and_no_other() {
    let said = statement(&survey(), "en", RUN);
    assert!(said.contains("tried on 20 November 2026 in browsers: Chromium 156 and Firefox 153."), "{said}");
    assert!(said.contains("<li>Yes or no – 21 checks, no barrier found</li>"), "{said}");
    assert!(said.contains("<li>A scale of numbers – 2 barriers found</li>"), "{said}");
    assert!(said.contains("<li>A kind of question in which a barrier was found: A scale of numbers.</li>"));
    let untried = "no trial is recorded: An answer in one's own words and Questions that are repeated.";
    assert!(said.contains(untried), "{said}");
    assert!(!said.contains("kind_") && !said.contains("A calc"), "{said}");
}

#[test]
fn without_a_record_nothing_is_said_to_have_been_tried() {
    for record in
        ["", "{}", r#"{"date": null, "engines": [], "kinds": {"scale": {"checks": 9, "violations": 0}}}"#]
    {
        let said = statement(&survey(), "en", record);
        assert!(said.contains("carries no record of trials in browsers"), "{said}");
        assert!(!said.contains("no barrier found"), "{said}");
    }
}

#[test]
fn the_record_that_the_build_carries_can_be_read() {
    let record: Value =
        serde_json::from_str(include_str!("../../../../docs/accessibility/results.json")).unwrap();
    let is_tried = record["date"].is_string() && record["engines"][0].is_string();
    assert_eq!(RESULTS.date.is_some(), is_tried, "{record}");
    for (kind, trial) in record["kinds"].as_object().unwrap() {
        let tried =
            RESULTS.of(kind).map(|trial| json!({"checks": trial.checks, "violations": trial.violations}));
        assert_eq!(tried.as_ref(), Some(trial), "{kind}");
    }
}

#[test]
fn a_rule_that_came_after_the_survey_is_told_as_broken() {
    let mut old = survey();
    let said = statement(&old, "en", RUN);
    assert!(!said.contains("broken in") && !said.contains("A rule that is not kept"), "{said}");
    old["pages"][0]["questions"][1].as_object_mut().unwrap().remove("low");
    let said = statement(&old, "ru", RUN);
    assert!(said.contains("(WCAG 2.2, 3.3.2) – нарушено в 1 месте</li>"), "{said}");
    assert!(said.contains("<li>Правило не соблюдено: Оба конца числовой шкалы"), "{said}");
}

#[test]
fn who_is_responsible_and_how_to_reach_them_is_named_and_nothing_of_it_is_markup() {
    let said = statement(&survey(), "en", RUN);
    assert!(said.contains("“Your &lt;b&gt;visit&lt;/b&gt;”") && said.contains("Akimat &amp; Co"), "{said}");
    assert!(said.contains("<a href=\"tel:+77172000000\">+7 7172 00 00 00</a>, daily"), "{said}");
    assert!(said.contains("<a href=\"mailto:a@b.kz\">a@b.kz</a>"), "{said}");
    assert!(said.contains("1 question is also explained in simple words."), "{said}");
    assert!(said.contains("1 question is also there in sign language."), "{said}");
    assert!(said.contains("on 23 November 2026 out of version abc123"), "{said}");
    let mut nameless = survey();
    nameless.as_object_mut().unwrap().retain(|key, _| !["agency", "contact"].contains(&key.as_str()));
    let said = statement(&nameless, "en", RUN);
    assert!(
        said.contains("the survey does not say who") && said.contains("names neither a telephone"),
        "{said}"
    );
}

#[test]
fn every_language_has_words_for_every_kind_and_every_rule_and_the_same_keys() {
    let keys = |json: &str| -> Vec<String> {
        let words: serde_json::Map<String, Value> = serde_json::from_str(json).unwrap();
        words.keys().cloned().collect()
    };
    let first = keys(LANGUAGES[0].1);
    let named = |prefix: &str| first.iter().filter(|key| key.starts_with(prefix)).count();
    let seen: Vec<&str> =
        survey::KINDS.iter().map(|kind| kind.name).filter(|kind| !UNSEEN.contains(kind)).collect();
    assert!(seen.iter().all(|kind| first.contains(&format!("kind_{kind}"))) && named("kind_") == seen.len());
    let has_rule = |rule: &gate::Barrier| first.contains(&format!("rule_{}", rule.code));
    assert!(gate::RULES.iter().all(has_rule) && named("rule_") == gate::RULES.len());
    for (lang, json) in LANGUAGES {
        assert_eq!(keys(json), first, "{lang}");
        assert!(
            qulaq::words::LANGUAGES.iter().any(|(tag, _)| *tag == lang),
            "{lang} is none of the interface"
        );
    }
    let code = include_str!("../statement.rs");
    for key in first.iter().filter(|key| !key.starts_with("kind_") && !key.starts_with("rule_")) {
        assert!(code.contains(&format!("\"{key}\"")), "nobody says {key}");
    }
}

#[test]
fn a_language_without_a_statement_gets_the_first() {
    assert_eq!(["ru", "kk-latn", "de", ""].map(language), ["ru", "kk", "kk", "kk"]);
}
