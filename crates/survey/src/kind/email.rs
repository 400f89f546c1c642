//! `email`: an address of electronic mail.

use super::{Asked, Control, Line, Registration};
use crate::domain::{
    Domain,
    words::{Form, Words},
};
use crate::field::{Field, Shape};
use crate::read::Object;

/// Whether it is the respondent's own, for what a browser may fill in.
pub(super) const OWN: Field = Field::optional(
    "own",
    Shape::Flag,
    "It is the respondent's own, so that a browser may offer to fill it in (WCAG 1.3.5).",
);

pub(super) static KIND: Registration = Registration {
    name: "email",
    about: "An address of electronic mail, of at most 320 characters. Personal data: ask for it only where a reply is promised.",
    fields: &[OWN],
    example: r#"{"name": "reply_to", "type": "email", "own": true,
        "text": {"kk": "Жауапты қай электрондық поштаға жіберейік?", "ru": "На какой адрес электронной почты прислать ответ?", "en": "Which email address should we send the reply to?"}}"#,
    answer: r#""aigul@example.kz""#,
    inspect: |_, _| {},
};

/// Words of some form in one line.
pub(super) fn line(mode: &'static str, autocomplete: &'static str, max: usize, form: Form) -> Asked {
    let line = Line { mode, autocomplete, unit: None };
    Asked::new(Control::Line(line), Domain::Words(Words { max, form }))
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    line("email", if fields.flag("own") { "email" } else { "" }, 320, Form::Email)
}
