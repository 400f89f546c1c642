//! `hidden`: a value that the page gives.

use super::{Asked, Control, Registration, note::inspect_unasked};
use crate::domain::Domain;
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "hidden",
    about: "A value that the page gives in its tag (`data-value-NAME`), such as the service it is about. Nobody is asked; the text labels its column.",
    fields: &[],
    example: r#"{"name": "service", "type": "hidden",
        "text": {"kk": "Сауалнама ашылған қызмет беті", "ru": "Страница услуги, на которой открыт опрос", "en": "The service page that the survey was opened on"}}"#,
    answer: r#""passport-renewal""#,
    inspect: inspect_unasked,
};

pub(super) fn build(_: &Object<'_>) -> Asked {
    Asked::new(Control::None, Domain::Given)
}
