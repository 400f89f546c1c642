//! `note`: something to read.

use super::{Asked, Control, Registration};
use crate::domain::Domain;
use crate::fault::Faults;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "note",
    about: "Something to read between questions: only its text. An empty line starts a paragraph.",
    fields: &[],
    example: r#"{"name": "last_visit", "type": "note",
        "text": {"kk": "Келесі сұрақтар ХҚКО-ға соңғы рет баруыңыз туралы.", "ru": "Следующие вопросы – о вашем последнем посещении ЦОНа.", "en": "The next questions are about your last visit to the service centre."}}"#,
    answer: "null",
    inspect: inspect_unasked,
};

/// Of kinds that ask nothing: nobody could give an answer that is required.
pub(super) fn inspect_unasked(fields: &Object<'_>, faults: &mut Faults) {
    for field in ["required", "required_if"] {
        if fields.value(field).is_some() {
            faults.add(fields.at(field), "asks for an answer, but nobody is asked here. Take it away.");
        }
    }
}

pub(super) fn build(_: &Object<'_>) -> Asked {
    Asked::new(Control::Note, Domain::Nothing)
}
