//! Reads native fields: the page is the only place where an answer stands until it is read from there, so what was
//! typed before this module arrived is read like what is typed after.

use survey::definition::{Question, Survey};
use survey::{Answers, Code};
use wasm_bindgen::JsValue;
use web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement};

/// Reads the fields of every question of a page into `answers`.
pub(super) fn read_page(survey: &Survey, page: usize, form: &HtmlFormElement, answers: &mut Answers) {
    let Some(page) = survey.pages.get(page) else { return };
    for question in &page.questions {
        read_question(question, form, answers);
    }
}

/// Reads the fields of one question into `answers`.
pub(super) fn read_question(question: &Question, form: &HtmlFormElement, answers: &mut Answers) {
    let Ok(data) = FormData::new_with_form(form) else { return };
    for (name, answer) in [
        (question.name.clone(), survey::form::read_answer as fn(&Question, &[&str]) -> Result<_, Code>),
        (question.other_name(), survey::form::read_other),
    ] {
        let values: Vec<String> =
            data.get_all(&name).iter().filter_map(|value: JsValue| value.as_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        // Our own controls send nothing that cannot be read; a page that tampers with them loses that answer alone.
        answers.set(&name, answer(question, &values).unwrap_or(None));
    }
}

/// Unticks what cannot stand beside `ticked`: the others when it is exclusive, the exclusive ones when it is not.
pub(super) fn keep_exclusive(question: &Question, ticked: &HtmlInputElement, around: &Element) {
    if ticked.type_() != "checkbox" || !ticked.checked() {
        return;
    }
    let exclusive = |code: &str| {
        question.kind.choices().iter().any(|choice| choice.exclusive && choice.code.to_string() == code)
    };
    let of_ticked = exclusive(&ticked.value());
    for choice in question.kind.choices() {
        let id = crate::message::choice_field(question, choice.code);
        let field = around.query_selector(&format!("[id='{id}']")).ok().flatten();
        let Some(field) =
            field.and_then(|field| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(field).ok())
        else {
            continue;
        };
        if field.value() != ticked.value() && (of_ticked || exclusive(&field.value())) {
            field.set_checked(false);
        }
    }
}
