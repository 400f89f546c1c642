//! What the server draws: every kind, every state, every problem in every language.

use super::*;
use crate::view::State;
use serde_json::{Value, json};
use std::sync::Arc;
use survey::kind::KINDS;
use survey::{Answers, At, Occasion, Survey, check};

fn view_of(survey: &Value, state: State) -> View {
    let survey = Survey::from_value(survey).unwrap_or_else(|faults| panic!("{faults:#?}"));
    View {
        survey: Arc::new(survey),
        version: "v".into(),
        lang: "kk".into(),
        action: "/s/all-kinds".into(),
        media: "/s/all-kinds/media/v/".into(),
        heading_level: 2,
        state,
        answers: Answers::default(),
        problems: Vec::new(),
        response_id: None,
        seed: None,
        today: None,
        seen: Vec::new(),
        changing: false,
        assisted: "none".into(),
    }
}

/// A survey with the examples of every kind, each with a name of its own.
fn all_kinds() -> Value {
    let mut questions: Vec<Value> =
        KINDS.iter().map(|kind| serde_json::from_str(kind.example).unwrap()).collect();
    for (question, kind) in questions.iter_mut().zip(KINDS) {
        question["name"] = json!(format!("the_{}", kind.name));
    }
    json!({
        "format": 1, "id": "all-kinds", "languages": ["kk", "ru", "en"], "title": "<Все>", "drafts": true,
        "pages": [{"id": "p1", "questions": questions}, {"id": "p2", "questions": [
            {"name": "last", "type": "text", "required": true, "text": "{the_single} · {the_date}"}]}]
    })
}

fn view(state: State) -> View {
    view_of(&all_kinds(), state)
}

fn page(index: usize) -> State {
    State::At(At::Page(index))
}

/// The answers of the examples.
fn answers(survey: &Survey) -> Answers {
    let mut given = serde_json::Map::new();
    for kind in KINDS {
        let answer: Value = serde_json::from_str(kind.answer).unwrap();
        if !answer.is_null() {
            given.insert(format!("the_{}", kind.name), answer);
        }
    }
    Answers::read(survey, &given).unwrap()
}

#[test]
fn the_same_view_gives_the_same_bytes_and_authors_text_is_escaped() {
    let html = render(view(page(0)));
    assert_eq!(html, render(view(page(0))));
    assert!(html.contains("&lt;Все&gt;") && !html.contains("<Все>"));
}

#[test]
fn every_kind_that_is_asked_is_drawn_with_a_field_of_its_name() {
    let view = view(page(0));
    let survey = Arc::clone(&view.survey);
    let html = render(view);
    for question in survey.pages[0].questions.iter().filter(|question| question.domain.is_asked()) {
        let plain = format!("name=\"{}\"", question.name);
        let part = format!("name=\"{}.", question.name);
        assert!(html.contains(&plain) || html.contains(&part), "{}", question.name);
    }
}

#[test]
fn no_key_is_shown_in_place_of_words_in_any_state_or_language() {
    for (lang, _) in words::LANGUAGES {
        let survey = view(page(0)).survey;
        let given = answers(&survey);
        let states = [page(0), page(1), State::At(At::Review), State::Sent { receipt: Some("629Z7".into()) }];
        for state in states.into_iter().chain([State::Closed, State::NotYet, State::Full(0)]) {
            let view = View { lang: (*lang).into(), answers: given.clone(), ..view(state.clone()) };
            let html = render(view);
            let text: String =
                html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
            let key = text
                .split_whitespace()
                .find(|word| word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
            assert_eq!(key, None, "{lang} {state:?}");
        }
    }
}

#[test]
fn every_problem_has_its_words_in_every_language() {
    for (lang, _) in words::LANGUAGES {
        let mut survey = all_kinds();
        for question in survey["pages"][0]["questions"].as_array_mut().unwrap() {
            if question["type"] != "note" && question["type"] != "calc" && question["type"] != "hidden" {
                question["required"] = json!(true);
            }
        }
        let view = view_of(&survey, page(0));
        let problems = check(&view.survey, &Answers::default(), Occasion::default());
        let html = render(View { lang: (*lang).into(), problems, ..view });
        assert!(html.contains("class=\"summary\"") && html.contains("class=\"error\""), "{lang}: {html}");
        assert!(!html.contains("required_"), "{lang}: a key without words");
    }
}

#[test]
fn answers_are_put_into_later_texts_in_the_citizens_language() {
    let view = view(page(1));
    let answers = answers(&view.survey);
    let html = render(View { answers, lang: "ru".into(), ..view });
    assert!(html.contains("Доволен(на)"), "{html}");
}

#[test]
fn what_was_answered_stands_where_it_is_checked_and_can_be_changed() {
    let view = view(State::At(At::Review));
    let answers = answers(&view.survey);
    let html = render(View { answers, lang: "en".into(), ..view });
    assert!(html.contains("Check your answers before sending") && html.contains("Satisfied"), "{html}");
    assert!(html.contains("value=\"page:0\"") && html.contains("name=\"_page\" value=\"review\""));
}

#[test]
fn questions_about_the_respondent_are_not_listed_before_they_were_asked() {
    let mut survey = all_kinds();
    survey["pages"][1]["after_review"] = json!(true);
    survey["pages"][1]["questions"][0]["text"] = json!("Who are you?");
    let listed = |state| render(view_of(&survey, state)).contains("<dt>Who are you?</dt>");
    assert!(!listed(State::At(At::Review)));
    let sent = view_of(&survey, State::Sent { receipt: None });
    let answers = answers(&sent.survey);
    assert!(
        render(View { answers, ..sent }).contains("<dt>Who are you?</dt>"),
        "a copy has all that was asked"
    );
}

/// What is shown after sending with a form that posts to `action`.
fn sent(action: &str) -> String {
    let survey = json!({
        "format": 1, "id": "visit", "languages": ["ru"], "title": "Визит",
        "pages": [{"id": "p1", "questions": [{"name": "words", "type": "text", "text": "Что?"}]}]
    });
    let view = view_of(&survey, State::Sent { receipt: Some("629Z7".into()) });
    let answers = Answers::read(&view.survey, json!({"words": "a & <b>"}).as_object().unwrap()).unwrap();
    render(View { lang: "ru".into(), action: action.into(), answers, ..view })
}

#[test]
fn beside_the_receipt_stands_where_the_collector_takes_it() {
    let link = |base: &str| format!("<a href=\"{base}/withdraw?lang=ru\" target=\"_top\">Отозвать ответ</a>");
    assert!(sent("/s/visit?lang=ru").contains(&link("")));
    let embedded = "https://qulaq.example";
    assert!(sent(&format!("{embedded}/s/visit?heading-level=3")).contains(&link(embedded)));
    let below_a_path = "https://example.kz/s/qulaq";
    assert!(sent(&format!("{below_a_path}/s/visit")).contains(&link(below_a_path)));
}

#[test]
fn a_form_without_a_collector_has_no_such_link_but_a_copy_to_save() {
    let html = sent("");
    assert!(html.contains("629Z7") && !html.contains("/withdraw"), "{html}");
    assert!(html.contains("download=\"visit.txt\""), "{html}");
    assert!(html.contains("a%20%26%20%3Cb%3E"), "the answer, as text in an address: {html}");
}

#[test]
fn whom_to_ask_is_the_last_thing_in_the_form_whatever_it_shows() {
    let mut survey = all_kinds();
    survey["contact"] = json!({"phone": "+7 7200 42 10 05", "hours": {"kk": "9–18", "ru": "9–18", "en": "9 to 18"}, "email": "a@b.kz"});
    let receipt = Some("R".to_owned());
    let states =
        [page(0), page(1), State::At(At::Review), State::Sent { receipt }, State::Closed, State::NotYet];
    for state in states {
        let html = render(view_of(&survey, state.clone()));
        let foot = "<a href=\"tel:+77200421005\">+7 7200 42 10 05</a><span>9–18</span>\
                    <a href=\"mailto:a@b.kz\">a@b.kz</a></div></form>";
        assert!(html.ends_with(foot), "{state:?}: {html}");
    }
    assert!(!render(view(page(0))).contains("help"), "nothing stands where nobody is named");
}
