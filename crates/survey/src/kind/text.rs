//! `text`: words of one's own, short or long.

use super::{Control, Kind, Registration, ValueType};
use crate::answer::Answer;
use crate::columns::{Cell, Column};
use crate::definition::Question;
use crate::field::{Field, Shape};
use crate::missing::Missing;
use crate::problem::{Code, Problem};
use crate::read::Object;
use serde_json::Value;

/// Characters at most where the author sets no bound.
const DEFAULT_MAX: usize = 1000;

pub(super) static KIND: Registration = Registration {
    name: "text",
    about: "Words of one's own.",
    fields: &[
        Field::optional("lines", Shape::Integer(1, 40), "The height of the box in lines; 1, unless said, is a single line."),
        Field::optional("max", Shape::Integer(1, 20_000), "Characters at most; 1,000 unless said. Characters, never bytes."),
    ],
    example: r#"{"name": "improve", "type": "text", "lines": 4, "max": 1250,
        "text": {"kk": "Қызметті қалай жақсартуға болады?", "ru": "Как можно улучшить услугу?", "en": "How could we improve the service?"},
        "hint": {"kk": "ЖСН, телефон сияқты жеке деректерді жазбаңыз", "ru": "Не указывайте ИИН, телефон и другие личные данные", "en": "Do not include personal data such as IIN or phone"}}"#,
    inspect: |_, _| {},
};

pub(super) fn build(fields: &Object<'_>) -> Words {
    Words { lines: fields.count("lines").unwrap_or(1), max: fields.count("max").unwrap_or(DEFAULT_MAX) }
}

/// The settings of the kind.
#[derive(Debug)]
pub(crate) struct Words {
    lines: usize,
    max: usize,
}

impl Kind for Words {
    fn control(&self) -> Control<'_> {
        Control::Words { lines: self.lines, max: self.max }
    }

    fn value(&self) -> ValueType {
        ValueType::Text
    }

    fn read_answer(&self, value: &Value) -> Option<Answer> {
        value.as_str().map(|text| Answer::Text(text.to_owned()))
    }

    fn read_form(&self, values: &[&str]) -> Result<Option<Answer>, Code> {
        text_from_form(values)
    }

    fn check(&self, answer: &Answer) -> Result<(), Problem> {
        match answer {
            Answer::Text(text) => check_length(text, self.max),
            _ => Err(Problem::of(Code::WrongType)),
        }
    }

    fn columns(&self, question: &Question) -> Vec<Column> {
        vec![Column::words(&question.name, question, self.max)]
    }

    fn cells(&self, answer: Result<&Answer, Missing>) -> Vec<Cell> {
        vec![text_cell(answer)]
    }
}

/// Text from a form field. A browser sends line ends as CR LF; they are kept as LF, which a person typed.
pub(crate) fn text_from_form(values: &[&str]) -> Result<Option<Answer>, Code> {
    match values {
        [] => Ok(None),
        [text] if text.trim().is_empty() => Ok(None),
        [text] => Ok(Some(Answer::Text(text.replace("\r\n", "\n")))),
        _ => Err(Code::WrongType),
    }
}

/// Refuses more than `max` characters. Kazakh letters are two bytes each; what is counted is characters.
pub(crate) fn check_length(text: &str, max: usize) -> Result<(), Problem> {
    if text.chars().count() <= max {
        return Ok(());
    }
    Err(Problem::of(Code::TooLong).with("max", i64::try_from(max).unwrap_or(i64::MAX)))
}

/// The cell of a text.
pub(crate) fn text_cell(answer: Result<&Answer, Missing>) -> Cell {
    match answer {
        Ok(Answer::Text(text)) => Cell::Text(text.clone()),
        Ok(_) => Cell::Missing(Missing::Invalid),
        Err(missing) => Cell::Missing(missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_not_in_bytes() {
        assert!(check_length(&"ә".repeat(10), 10).is_ok());
        let problem = check_length(&"ә".repeat(11), 10).unwrap_err();
        assert_eq!((problem.code, problem.param("max")), (Code::TooLong, Some(10)));
    }

    #[test]
    fn line_ends_of_a_form_become_the_ones_that_were_typed() {
        assert_eq!(text_from_form(&["a\r\nb"]).unwrap(), Some(Answer::Text("a\nb".into())));
        assert_eq!(text_from_form(&["  "]).unwrap(), None);
    }
}
