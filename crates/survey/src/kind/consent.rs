//! `consent`: a box to tick.

use super::{Asked, Control, Registration};
use crate::definition::Choice;
use crate::domain::Domain;
use crate::field::{Field, Shape};
use crate::read::Object;
use crate::text::Text;

pub(super) static KIND: Registration = Registration {
    name: "consent",
    about: "A box to tick, never ticked before. When it is required, nobody goes on without.",
    fields: &[Field::optional("label", Shape::Text, "What stands beside the box; \"I agree\" unless said.")],
    example: r#"{"name": "consent", "type": "consent", "required": true,
        "text": {"kk": "Жауаптарыңызды зерттеу үшін өңдеуге келісесіз бе?", "ru": "Согласны ли вы на обработку ваших ответов для исследования?", "en": "Do you agree to your answers being processed for this study?"}}"#,
    answer: "[1]",
    inspect: |_, _| {},
};

/// Several of one option, so that it is a box and can be unticked.
pub(super) fn build(fields: &Object<'_>) -> Asked {
    let label = fields.text("label").unwrap_or(Text::Word("consent_yes"));
    Asked {
        choices: vec![Choice::new(1, label)],
        ..Asked::new(Control::Choices, Domain::Several { min: 0, max: 1 })
    }
}
