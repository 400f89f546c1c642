//! `phone`: a telephone number.

use super::{
    Asked, Registration,
    email::{OWN, line},
};
use crate::domain::words::Form;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "phone",
    about: "A telephone number, as it was typed. Personal data: ask for it only where a call is promised.",
    fields: &[OWN],
    example: r#"{"name": "call_back", "type": "phone", "own": true,
        "text": {"kk": "Сізбен қай телефон арқылы хабарласайық?", "ru": "По какому телефону с вами связаться?", "en": "Which phone number can we reach you on?"}}"#,
    answer: r#""+7 701 234 56 78""#,
    inspect: |_, _| {},
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    line("tel", if fields.flag("own") { "tel" } else { "" }, 20, Form::Phone)
}
