//! What a citizen answered, typed by the question's response domain.

use crate::definition::{Survey, Variable};
use crate::domain::words::clean;
use crate::number::Number;
use crate::problem::{Code, Problem};
use serde_json::{Map, Value};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The code of one option, or a point on a scale.
    Code(i64),
    /// Codes of options: in the order of the definition, or of preference in a ranking.
    Codes(Vec<i64>),
    /// Text as it was typed; a date, a month or a time in the spelling of ISO 8601.
    Text(String),
    /// A number.
    Number(Number),
    /// An answer for each answered row, in the order of the definition.
    Rows(Vec<(i64, Answer)>),
    /// The entries of a repeating group.
    Entries(Vec<Answers>),
    /// What stands in the fields and cannot be read: it stays on the screen until it is mended, and is never sent.
    Typed(Vec<String>),
}

/// Where the JSON of answers comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// From a response.
    Sent,
    /// From the form itself, which also carries what cannot be read.
    Carried,
}

/// The key under which [`Answer::Typed`] is carried from page to page.
const TYPED: &str = "?";

impl Answer {
    /// The answer as the JSON that a response holds.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Code(code) => Value::from(*code),
            Self::Codes(codes) => Value::Array(codes.iter().map(|code| Value::from(*code)).collect()),
            Self::Text(text) => Value::String(text.clone()),
            Self::Number(number) => number.to_value(),
            Self::Rows(rows) => {
                let mut map = Map::new();
                for (row, answer) in rows {
                    map.insert(row.to_string(), answer.to_value());
                }
                Value::Object(map)
            }
            Self::Entries(entries) => Value::Array(entries.iter().map(Answers::to_value).collect()),
            Self::Typed(typed) => {
                let typed = typed.iter().map(|text| Value::String(text.clone())).collect();
                let mut map = Map::new();
                map.insert(TYPED.to_owned(), Value::Array(typed));
                Value::Object(map)
            }
        }
    }

    /// Whether nothing is in it: an empty list, or text of white space alone. That is no answer.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Code(_) | Self::Number(_) => false,
            Self::Codes(codes) => codes.is_empty(),
            Self::Text(text) => text.trim().is_empty(),
            Self::Rows(rows) => rows.is_empty(),
            Self::Entries(entries) => entries.iter().all(Answers::is_empty),
            Self::Typed(typed) => typed.iter().all(|text| text.trim().is_empty()),
        }
    }

    /// What was typed and cannot be read, as it is carried from page to page.
    pub(crate) fn read_typed(value: &Value) -> Option<Self> {
        let typed = value.as_object()?.get(TYPED)?.as_array()?;
        typed.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<_>>().map(Self::Typed)
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
        // Those of a response come in order, and each belongs at the end.
        if self.0.last().is_none_or(|(last, _)| last.as_str() < variable) {
            return Err(self.0.len());
        }
        self.0.binary_search_by(|(name, _)| name.as_str().cmp(variable))
    }

    /// The answer to a variable.
    #[must_use]
    pub fn get(&self, variable: &str) -> Option<&Answer> {
        self.place(variable).ok().map(|place| &self.0[place].1)
    }

    /// Sets or, with `None`, takes away the answer to a variable. Whether that changed anything.
    pub fn set(&mut self, variable: &str, answer: Option<Answer>) -> bool {
        match (self.place(variable), answer) {
            (Ok(place), Some(answer)) if self.0[place].1 == answer => return false,
            (Ok(place), Some(answer)) => self.0[place].1 = answer,
            (Err(place), Some(answer)) => self.0.insert(place, (variable.to_owned(), answer)),
            (Ok(place), None) => {
                self.0.remove(place);
            }
            (Err(_), None) => return false,
        }
        true
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
        Self::read_with(survey, answers, Reading::Sent)
    }

    /// The same for answers that a form carries from page to page, or that a citizen kept: what was typed and cannot be
    /// read may be among them.
    ///
    /// # Errors
    /// As [`Answers::read`].
    pub fn read_carried(survey: &Survey, answers: &Map<String, Value>) -> Result<Self, Vec<Problem>> {
        Self::read_with(survey, answers, Reading::Carried)
    }

    /// The same for answers that were kept on a device: what this version of the survey does not take is left out.
    #[must_use]
    pub fn read_kept(survey: &Survey, answers: &Map<String, Value>) -> Self {
        let mut kept = Self::default();
        for (name, value) in answers {
            if let Ok(answer) = read_one(survey, name, value, Reading::Carried) {
                kept.set(name, Some(answer));
            }
        }
        kept
    }

    fn read_with(
        survey: &Survey,
        answers: &Map<String, Value>,
        reading: Reading,
    ) -> Result<Self, Vec<Problem>> {
        let mut typed = Self::default();
        let mut problems = Vec::new();
        for (name, value) in answers {
            match read_one(survey, name, value, reading) {
                Ok(answer) if answer.is_blank() => {}
                Ok(answer) => _ = typed.set(name, Some(answer)),
                Err(code) => problems.push(Problem::at(code, name)),
            }
        }
        if problems.is_empty() { Ok(typed) } else { Err(problems) }
    }
}

fn read_one(survey: &Survey, name: &str, value: &Value, reading: Reading) -> Result<Answer, Code> {
    match survey.variable(name).ok_or(Code::UnknownField)? {
        Variable::Answer(question) if !question.domain.is_answered() => Err(Code::UnknownField),
        Variable::Answer(question) => question.read(value, reading).ok_or(Code::WrongType),
        Variable::Other(_) => value.as_str().map(|text| Answer::Text(clean(text))).ok_or(Code::WrongType),
    }
}
