//! Reads native fields: the page is the only place where an answer stands until it is read from there, so what was
//! typed before this module arrived is read like what is typed after.

use crate::view::{State, View};
use serde_json::Value;
use survey::domain::GIVEN_MAX;
use survey::form::{self, read_question};
use survey::response::ASSISTANCE;
use survey::{Answer, Answers, At, Domain, Question, Survey};
use wasm_bindgen::JsValue;
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// What is told of help when nobody said that there was any.
const NOBODY: &str = ASSISTANCE[0];

/// Takes what a server's form carries besides its own questions: the page, the answers of others.
pub(super) fn take_over(container: &HtmlElement, view: &mut View) {
    let form = container.query_selector("form").ok().flatten();
    let form = form.and_then(|form| wasm_bindgen::JsCast::dyn_into::<HtmlFormElement>(form).ok());
    let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return };
    let field = |name: &str| data.get(name).as_string();
    view.response_id = field(form::ID);
    view.changing = field(form::CHANGING).is_some();
    view.state = match field(form::PAGE) {
        Some(page) if page == form::REVIEW => State::At(At::Review),
        page => State::At(At::Page(page.and_then(|page| page.parse().ok()).unwrap_or(0))),
    };
    let carried = field(form::CARRIED).and_then(|json| js_sys::JSON::parse(&json).ok());
    if let Some(answers) = carried.and_then(|carried| {
        super::json::read(&carried).as_object().map(|kept| Answers::read_kept(&view.survey, kept))
    }) {
        view.answers = answers;
        view.seen = field(form::SHOWN).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    }
}

/// Who helps with answering, as the form says it.
pub(super) fn assisted(form: &HtmlFormElement) -> String {
    let said = FormData::new_with_form(form).ok().and_then(|data| data.get(form::ASSISTED).as_string());
    said.unwrap_or_else(|| NOBODY.to_owned())
}

/// Sets what the page gives to hidden questions.
pub(super) fn give(values: &Value, view: &mut View) {
    let survey = std::sync::Arc::clone(&view.survey);
    for question in survey.questions().filter(|question| matches!(question.domain, Domain::Given)) {
        // A page can only write attributes in lower case.
        let given = values.get(question.name.to_ascii_lowercase()).and_then(Value::as_str);
        if let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) {
            let given = given.chars().take(GIVEN_MAX).collect();
            view.answers.set(&question.name, Some(Answer::Text(given)));
        }
    }
}

/// Reads the fields of every question of a page into `answers`.
pub(super) fn read_page(survey: &Survey, page: usize, form: &HtmlFormElement, answers: &mut Answers) {
    for question in survey.pages.get(page).into_iter().flat_map(|page| &page.questions) {
        read(question, form, answers);
    }
}

/// Reads the fields of one question into `answers`. Our own controls send nothing that cannot be read; a page that
/// tampers with them loses that answer alone.
pub(super) fn read(question: &Question, form: &HtmlFormElement, answers: &mut Answers) {
    let Ok(data) = FormData::new_with_form(form) else { return };
    let mut fields =
        |name: &str| data.get_all(name).iter().filter_map(|value: JsValue| value.as_string()).collect();
    read_question(question, &mut fields, answers);
}

/// Unticks what cannot stand beside `ticked`: the others when it is exclusive, the exclusive ones when it is not.
pub(super) fn keep_exclusive(question: &Question, ticked: &HtmlInputElement, around: &Element) {
    if ticked.type_() != "checkbox" || !ticked.checked() {
        return;
    }
    let exclusive = |code: &str| {
        question.choices.iter().any(|choice| choice.exclusive && choice.code.to_string() == code)
    };
    let (of_ticked, name) = (exclusive(&ticked.value()), ticked.name());
    let Ok(fields) = around.query_selector_all("input[type=checkbox]") else { return };
    for index in 0..fields.length() {
        let field = fields
            .get(index)
            .and_then(|field| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(field).ok());
        let Some(field) = field.filter(|field| field.name() == name && field.value() != ticked.value())
        else {
            continue;
        };
        if of_ticked || exclusive(&field.value()) {
            field.set_checked(false);
        }
    }
}
