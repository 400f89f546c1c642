//! What a citizen answered, typed by the question's kind.

use crate::definition::{Survey, Variable};
use crate::problem::{Code, Problem};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One answer. Written as JSON it is what the documented response holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// The code of one option, or a point on a scale.
    Code(i64),
    /// The codes of the chosen options, in the order of the definition.
    Codes(Vec<i64>),
    /// Text as it was typed.
    Text(String),
}

impl Answer {
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// The answer to a variable.
    #[must_use]
    pub fn get(&self, variable: &str) -> Option<&Answer> {
        self.0.get(variable)
    }

    /// Sets or, with `None`, takes away the answer to a variable.
    pub fn set(&mut self, variable: &str, answer: Option<Answer>) {
        match answer {
            Some(answer) => {
                self.0.insert(variable.to_owned(), answer);
            }
            None => {
                self.0.remove(variable);
            }
        }
    }

    /// Variables with an answer, sorted by name.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Only the answers for which `keep` holds.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, _)| keep(name)).map(|(name, answer)| (name.clone(), answer.clone())).collect())
    }

    /// The answers as the JSON object that a response holds.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Keys are strings and values are numbers and text: nothing that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
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
