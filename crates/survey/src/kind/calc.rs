//! `calc`: a value that is worked out from answers.

use super::{Asked, Control, Registration, note::inspect_unasked};
use crate::domain::Domain;
use crate::field::{Field, Shape};
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "calc",
    about: "A value that is worked out from the answers before it, for conditions, texts and exports. Nobody is asked; the text labels its column.",
    fields: &[Field::required("value", Shape::Expression, "How it is worked out.")],
    example: r#"{"name": "aid_a_year", "type": "calc", "value": "12 * 4325",
        "text": {"kk": "Бір жылғы көмек, теңге", "ru": "Помощь за год, тенге", "en": "Support in a year, tenge"}}"#,
    answer: "null",
    inspect: inspect_unasked,
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    Asked::new(Control::None, Domain::Computed(fields.expression("value")))
}
