//! `scale`: a point on a line of numbers whose ends are worded, such as 0–10.

use super::{Control, Kind, Registration, ValueType, code_cell, code_from_form};
use crate::answer::Answer;
use crate::columns::{Cell, Column, Measure};
use crate::definition::{Choice, Question, read_choices};
use crate::fault::Faults;
use crate::field::{CHOICE, Field, Shape};
use crate::missing::Missing;
use crate::problem::{Code, Problem};
use crate::read::Object;
use crate::text::Text;
use serde_json::Value;

/// More points than this do not fit a row on a telephone, nor a person's discernment.
const MOST_POINTS: i64 = 21;

pub(super) static KIND: Registration = Registration {
    name: "scale",
    about: "A point on a line of numbers with worded ends.",
    fields: &[
        Field::required("from", Shape::Integer(0, 100), "The lowest point."),
        Field::required("to", Shape::Integer(1, 100), "The highest point."),
        Field::optional("low", Shape::Text, "What the lowest point means."),
        Field::optional("high", Shape::Text, "What the highest point means."),
        Field::optional("options", Shape::Objects(CHOICE), "Options beside the line, such as \"I do not know\"."),
    ],
    example: r#"{"name": "trust", "type": "scale", "from": 0, "to": 10,
        "text": {"kk": "Жергілікті әкімдікке қаншалықты сенесіз?", "ru": "Насколько вы доверяете местному акимату?", "en": "How much do you trust the local administration?"},
        "low": {"kk": "Мүлде сенбеймін", "ru": "Совсем не доверяю", "en": "Not at all"},
        "high": {"kk": "Толық сенемін", "ru": "Полностью доверяю", "en": "Completely"},
        "options": [{"code": -5, "text": {"kk": "Жауап беруге қиналамын", "ru": "Затрудняюсь ответить", "en": "I do not know"}}]}"#,
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let (from, to) = (fields.integer("from").unwrap_or(0), fields.integer("to").unwrap_or(1));
    if from >= to {
        faults.add(fields.at("to"), format!("must be more than \"from\" ({from})."));
    } else if to - from >= MOST_POINTS {
        faults.add(fields.at("to"), format!("makes {} points; a scale has at most {MOST_POINTS}.", to - from + 1));
    }
    for (index, choice) in read_choices(fields).iter().enumerate().filter(|(_, choice)| (from..=to).contains(&choice.code)) {
        faults.add(
            format!("{}[{index}].code", fields.at("options")),
            format!("{} is a point of the scale. Give the option a code outside {from} to {to}.", choice.code),
        );
    }
}

/// However far apart the ends are said to be, the points stay few enough to draw.
pub(super) fn build(fields: &Object<'_>) -> Scale {
    let from = fields.integer("from").unwrap_or(0).clamp(0, 100);
    Scale {
        from,
        to: fields.integer("to").unwrap_or(1).clamp(from, from + MOST_POINTS - 1),
        low: fields.text("low"),
        high: fields.text("high"),
        choices: read_choices(fields),
    }
}

/// The settings of a scale, as its control shows them.
#[derive(Debug)]
pub struct Scale {
    /// The lowest point.
    pub from: i64,
    /// The highest point.
    pub to: i64,
    /// What the lowest point means.
    pub low: Option<Text>,
    /// What the highest point means.
    pub high: Option<Text>,
    /// Options beside the line.
    pub choices: Vec<Choice>,
}

impl Kind for Scale {
    fn control(&self) -> Control<'_> {
        Control::Points(self)
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
            Answer::Code(code) if (self.from..=self.to).contains(code) => Ok(()),
            Answer::Code(code) if self.choices.iter().any(|choice| choice.code == *code) => Ok(()),
            Answer::Code(_) => Err(Problem::of(Code::OutOfRange).with("min", self.from).with("max", self.to)),
            _ => Err(Problem::of(Code::WrongType)),
        }
    }

    fn columns(&self, question: &Question) -> Vec<Column> {
        let ends = [(self.from, &self.low), (self.to, &self.high)];
        let ends = ends.into_iter().filter_map(|(code, text)| Some((code, text.clone()?)));
        let beside = self.choices.iter().map(|choice| (choice.code, choice.text.clone()));
        vec![Column::coded(&question.name, question, Measure::Scale, ends.chain(beside).collect())]
    }

    fn cells(&self, answer: Result<&Answer, Missing>) -> Vec<Cell> {
        code_cell(answer)
    }
}
