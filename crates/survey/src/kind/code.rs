//! `code`: a number or a code that somebody gave out.

use super::{Asked, Registration, email::line};
use crate::domain::words::Form;
use crate::field::{Field, Shape};
use crate::read::Object;

/// The names of the forms.
static FORMS: [&str; Form::ALL.len()] = {
    let mut names = [""; Form::ALL.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = Form::ALL[index].0;
        index += 1;
    }
    names
};

pub(super) static KIND: Registration = Registration {
    name: "code",
    about: "A number or a code that somebody gave out, held against its form. There is no form for a person's identification number.",
    fields: &[Field::required(
        "form",
        Shape::OneOf(&FORMS),
        "Its form: a postal code, the number of an organisation (BIN), of a land plot, of a vehicle, or the reference of an application.",
    )],
    example: r#"{"name": "request", "type": "code", "form": "reference",
        "text": {"kk": "Өтінішіңіздің нөмірі қандай?", "ru": "Какой номер у вашего обращения?", "en": "What is the number of your request?"}}"#,
    answer: r#""KZ-2026/1234""#,
    inspect: |_, _| {},
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let form = fields.string("form").and_then(Form::named).unwrap_or(Form::Free);
    let mode = if matches!(form, Form::PostalCode | Form::Bin) { "numeric" } else { "" };
    line(mode, "", 40, form)
}
