//! `single`: one of a list.

use super::{Control, Kind, Registration, ValueType, code_cell, code_from_form};
use crate::answer::Answer;
use crate::columns::{Cell, Column, Measure};
use crate::definition::{Choice, Question, read_choices};
use crate::field::{CHOICE, Field, Shape};
use crate::missing::Missing;
use crate::problem::{Code, Problem};
use crate::read::Object;
use serde_json::Value;

pub(super) static KIND: Registration = Registration {
    name: "single",
    about: "One of a list.",
    fields: &[
        Field::required("options", Shape::Objects(CHOICE), "What can be chosen."),
        Field::optional("ordinal", Shape::Flag, "The options have an order, such as agreement or age: statistics may use it."),
    ],
    example: r#"{"name": "overall", "type": "single", "required": true, "ordinal": true,
        "text": {"kk": "Қызметке қанағаттандыңыз ба?", "ru": "Вы довольны услугой?", "en": "Are you satisfied with the service?"},
        "options": [
            {"code": 3, "text": {"kk": "Қанағаттанамын", "ru": "Доволен(на)", "en": "Satisfied"}},
            {"code": 2, "text": {"kk": "Ішінара", "ru": "Частично", "en": "Partly"}},
            {"code": 1, "text": {"kk": "Қанағаттанбаймын", "ru": "Недоволен(на)", "en": "Dissatisfied"}},
            {"code": 96, "other": true, "text": {"kk": "Басқа (көрсетіңіз)", "ru": "Другое (укажите)", "en": "Other (please specify)"}},
            {"code": -5, "text": {"kk": "Жауап беруге қиналамын", "ru": "Затрудняюсь ответить", "en": "I do not know"}}]}"#,
    inspect: |fields, faults| {
        let choices = read_choices(fields);
        for (index, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.exclusive) {
            faults.add(
                format!("{}[{index}].exclusive", fields.at("options")),
                format!("says nothing about option {}: of a single choice every option is exclusive. Take it away.", choice.code),
            );
        }
    },
};

pub(super) fn build(fields: &Object<'_>) -> Single {
    Single { choices: read_choices(fields), ordinal: fields.flag("ordinal") }
}

/// The settings of the kind.
#[derive(Debug)]
pub(crate) struct Single {
    choices: Vec<Choice>,
    ordinal: bool,
}

impl Kind for Single {
    fn control(&self) -> Control<'_> {
        Control::One(&self.choices)
    }

    fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn value(&self) -> ValueType {
        ValueType::Code
    }

    fn read_answer(&self, value: &Value) -> Option<Answer> {
        value.as_i64().map(Answer::Code)
    }

    fn read_form(&self, values: &[&str]) -> Result<Option<Answer>, Code> {
        code_from_form(values)
    }

    fn check(&self, answer: &Answer) -> Result<(), Problem> {
        match answer {
            Answer::Code(code) if self.choices.iter().any(|choice| choice.code == *code) => Ok(()),
            _ => Err(Problem::of(Code::UnknownOption)),
        }
    }

    fn columns(&self, question: &Question) -> Vec<Column> {
        let measure = if self.ordinal { Measure::Ordinal } else { Measure::Nominal };
        let values = self.choices.iter().map(|choice| (choice.code, choice.text.clone())).collect();
        vec![Column::coded(&question.name, question, measure, values)]
    }

    fn cells(&self, answer: Result<&Answer, Missing>) -> Vec<Cell> {
        code_cell(answer)
    }
}
