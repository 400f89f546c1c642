//! What a citizen answered, typed by the question's kind.

use crate::definition::{Survey, Variable};
use crate::problem::{Code, Problem};
use serde_json::{Map, Value};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The code of one option, or a point on a scale.
    Code(i64),
    /// The codes of the chosen options, in the order of the definition.
    Codes(Vec<i64>),
    /// Text as it was typed.
    Text(String),
}

impl Answer {
    /// The answer as the JSON that a response holds.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Code(code) => Value::from(*code),
            Self::Codes(codes) => Value::Array(codes.iter().map(|code| Value::from(*code)).collect()),
            Self::Text(text) => Value::String(text.clone()),
        }
    }

    /// Whether nothing is in it: an empty list, or text of white space alone. That is no answer.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Code(_) => false,
            Self::Codes(codes) => codes.is_empty(),
            Self::Text(text) => text.trim().is_empty(),
        }
    }
}

/// Answers by variable name. A variable that is not there was not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(
    /// Sorted by name. A list and not a map: a citizen downloads the code of either, and this one is short.
    Vec<(String, Answer)>,
);

impl Answers {
    fn place(&self, variable: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(name, _)| name.as_str().cmp(variable))
    }

    /// The answer to a variable.
    #[must_use]
    pub fn get(&self, variable: &str) -> Option<&Answer> {
        self.place(variable).ok().map(|place| &self.0[place].1)
    }

    /// Sets or, with `None`, takes away the answer to a variable.
    pub fn set(&mut self, variable: &str, answer: Option<Answer>) {
        match (self.place(variable), answer) {
            (Ok(place), Some(answer)) => self.0[place].1 = answer,
            (Err(place), Some(answer)) => self.0.insert(place, (variable.to_owned(), answer)),
            (Ok(place), None) => {
                self.0.remove(place);
            }
            (Err(_), None) => {}
        }
    }

    /// Variables with an answer, sorted by name.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Only the answers for which `keep` holds.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, _)| keep(name)).cloned().collect())
    }

    /// The answers as the JSON object that a response holds.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut map = Map::new();
        for (name, answer) in &self.0 {
            map.insert(name.clone(), answer.to_value());
        }
        Value::Object(map)
    }

    /// Types the answers of a response by the survey's kinds.
    ///
    /// # Errors
    /// Every variable that the survey does not have and every value of a wrong JSON type, all at once. Whether the
    /// values are allowed is for [`crate::check()`] to say.
    pub fn read(survey: &Survey, answers: &Map<String, Value>) -> Result<Self, Vec<Problem>> {
        let mut typed = Self::default();
        let mut problems = Vec::new();
        for (name, value) in answers {
            match read_one(survey, name, value) {
                Ok(answer) if answer.is_blank() => {}
                Ok(answer) => typed.set(name, Some(answer)),
                Err(code) => problems.push(Problem::at(code, name)),
            }
        }
        if problems.is_empty() { Ok(typed) } else { Err(problems) }
    }
}

fn read_one(survey: &Survey, name: &str, value: &Value) -> Result<Answer, Code> {
    match survey.variable(name).ok_or(Code::UnknownField)? {
        Variable::Answer(question) => question.kind.read_answer(value),
        Variable::Other(_) => value.as_str().map(|text| Answer::Text(text.to_owned())),
    }
    .ok_or(Code::WrongType)
}
