//! `multi`: several of a list.

use super::{Control, Kind, Registration, ValueType};
use crate::answer::Answer;
use crate::columns::{Cell, Column};
use crate::definition::{Choice, Question, read_choices};
use crate::fault::Faults;
use crate::field::{CHOICE, Field, Shape};
use crate::missing::Missing;
use crate::problem::{Code, Problem};
use crate::read::Object;
use serde_json::Value;

pub(super) static KIND: Registration = Registration {
    name: "multi",
    about: "Several of a list.",
    fields: &[
        Field::required("options", Shape::Objects(CHOICE), "What can be chosen."),
        Field::optional("min", Shape::Integer(1, 1000), "At least so many, when it is answered at all."),
        Field::optional("max", Shape::Integer(1, 1000), "At most so many."),
    ],
    example: r#"{"name": "used", "type": "multi", "max": 3,
        "text": {"kk": "Қай қызметтерге жүгіндіңіз?", "ru": "К каким службам вы обращались?", "en": "Which services did you use?"},
        "hint": {"kk": "Үшеуден асырмай таңдаңыз", "ru": "Выберите не больше трёх", "en": "Choose up to three"},
        "options": [
            {"code": 1, "text": {"kk": "Жедел жәрдем", "ru": "Скорая помощь", "en": "Ambulance"}},
            {"code": 2, "text": {"kk": "Өрт сөндіру қызметі", "ru": "Пожарная служба", "en": "Fire service"}},
            {"code": 3, "text": {"kk": "Полиция", "ru": "Полиция", "en": "Police"}},
            {"code": 96, "other": true, "text": {"kk": "Басқа (көрсетіңіз)", "ru": "Другое (укажите)", "en": "Other (please specify)"}},
            {"code": 97, "exclusive": true, "text": {"kk": "Ешқайсысына", "ru": "Ни к каким", "en": "None of these"}}]}"#,
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let Multi { choices, min, max } = build(fields);
    if min > max {
        faults.add(fields.at("min"), format!("is more than \"max\" ({max})."));
    }
    let together = choices.iter().filter(|choice| !choice.exclusive).count();
    if min > together {
        faults.add(fields.at("min"), format!("is more than the {together} options that can stand together."));
    }
}

pub(super) fn build(fields: &Object<'_>) -> Multi {
    Multi {
        choices: read_choices(fields),
        min: fields.count("min").unwrap_or(0),
        max: fields.count("max").unwrap_or(usize::MAX),
    }
}

/// The settings of the kind.
#[derive(Debug)]
pub(crate) struct Multi {
    choices: Vec<Choice>,
    min: usize,
    max: usize,
}

impl Multi {
    /// Codes in the order of the definition, so that equal answers are equal bytes; unknown ones last, to be refused.
    fn in_order(&self, codes: &[i64]) -> Answer {
        let known = self.choices.iter().map(|choice| choice.code);
        let known = known.flat_map(|known| codes.iter().filter(move |code| **code == known));
        let unknown = codes.iter().filter(|code| self.choices.iter().all(|choice| choice.code != **code));
        Answer::Codes(known.chain(unknown).copied().collect())
    }

    fn check_codes(&self, codes: &[i64]) -> Result<(), Problem> {
        let mut exclusive = false;
        for (index, code) in codes.iter().enumerate() {
            let choice = self.choices.iter().find(|choice| choice.code == *code);
            exclusive |= choice.ok_or_else(|| Problem::of(Code::UnknownOption))?.exclusive;
            if codes[..index].contains(code) {
                return Err(Problem::of(Code::Repeated));
            }
        }
        if exclusive {
            return if codes.len() == 1 { Ok(()) } else { Err(Problem::of(Code::Exclusive)) };
        }
        if codes.len() < self.min {
            return Err(Problem::of(Code::TooFew).with("min", as_param(self.min)));
        }
        if codes.len() > self.max {
            return Err(Problem::of(Code::TooMany).with("max", as_param(self.max)));
        }
        Ok(())
    }
}

/// The definition's own bound, at most 1,000.
fn as_param(bound: usize) -> i64 {
    i64::try_from(bound).unwrap_or(i64::MAX)
}

impl Kind for Multi {
    fn control(&self) -> Control<'_> {
        Control::Several(&self.choices)
    }

    fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn value(&self) -> ValueType {
        ValueType::Codes
    }

    fn read_answer(&self, value: &Value) -> Option<Answer> {
        let codes = value.as_array()?.iter().map(Value::as_i64).collect::<Option<Vec<_>>>()?;
        Some(self.in_order(&codes))
    }

    fn read_form(&self, values: &[&str]) -> Result<Option<Answer>, Code> {
        let codes: Vec<i64> =
            values.iter().map(|value| value.parse()).collect::<Result<_, _>>().map_err(|_| Code::WrongType)?;
        Ok((!codes.is_empty()).then(|| self.in_order(&codes)))
    }

    fn check(&self, answer: &Answer) -> Result<(), Problem> {
        match answer {
            Answer::Codes(codes) => self.check_codes(codes),
            _ => Err(Problem::of(Code::WrongType)),
        }
    }

    fn columns(&self, question: &Question) -> Vec<Column> {
        self.choices.iter().map(|choice| Column::chosen(question, choice)).collect()
    }

    fn cells(&self, answer: Result<&Answer, Missing>) -> Vec<Cell> {
        let cell = |choice: &Choice| match answer {
            Ok(Answer::Codes(codes)) => Cell::Code(i64::from(codes.contains(&choice.code))),
            Ok(_) => Cell::Missing(Missing::Invalid),
            Err(missing) => Cell::Missing(missing),
        };
        self.choices.iter().map(cell).collect()
    }
}
