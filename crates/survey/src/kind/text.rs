//! `text`: words of one's own, short or long.

use super::{Asked, Control, Line, Registration};
use crate::domain::{
    Domain,
    words::{Form, Words},
};
use crate::field::{Field, Shape};
use crate::read::Object;

/// Characters at most where the author sets no bound.
const DEFAULT_MAX: usize = 1000;

pub(super) static KIND: Registration = Registration {
    name: "text",
    about: "Words of one's own. With several lines, the characters that are left are counted below.",
    fields: &[
        Field::optional(
            "lines",
            Shape::Integer(1, 40),
            "The height of the box in lines; 1, unless said, is a single line.",
        ),
        Field::optional(
            "max",
            Shape::Integer(1, 20_000),
            "Characters at most; 1,000 unless said. Characters, never bytes.",
        ),
    ],
    example: r#"{"name": "improve", "type": "text", "lines": 4, "max": 1250,
        "text": {"kk": "Қызметті қалай жақсартуға болады?", "ru": "Как можно улучшить услугу?", "en": "How could we improve the service?"},
        "hint": {"kk": "ЖСН, телефон сияқты жеке деректерді жазбаңыз", "ru": "Не указывайте ИИН, телефон и другие личные данные", "en": "Do not include personal data such as IIN or phone"}}"#,
    answer: r#""Кезек ұзақ, орындық аз.""#,
    inspect: |_, _| {},
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let control = match fields.count("lines").unwrap_or(1) {
        0 | 1 => Control::Line(Line::default()),
        lines => Control::Area { lines },
    };
    let max = fields.count("max").unwrap_or(DEFAULT_MAX);
    Asked::new(control, Domain::Words(Words { max, form: Form::Free }))
}
