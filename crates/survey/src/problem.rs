//! What is wrong with a response, in codes that both ends share.
//!
//! The collector puts them into `application/problem+json`; the widget turns them into the citizen's words. A problem
//! never carries what was answered: it may be logged and shown anywhere.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What kind of problem it is. The spelling in JSON is a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The body is not JSON, or not a JSON object of the documented shape.
    Malformed,
    /// A field that a response does not have, or an answer to a question that the survey does not have.
    UnknownField,
    /// A field that a response must have is missing.
    MissingField,
    /// A value of another JSON type than the question's kind takes.
    WrongType,
    /// The `id` is not 128 bits in hexadecimal.
    BadId,
    /// The survey named in the body is not the one in the address.
    WrongSurvey,
    /// The survey has no version of that name.
    UnknownVersion,
    /// The survey is not published in that language.
    UnknownLanguage,
    /// The channel is not one that a response can come by.
    UnknownChannel,
    /// A required question that was asked has no answer.
    Required,
    /// A code that is not among the question's options.
    UnknownOption,
    /// The same option twice.
    Repeated,
    /// An exclusive option together with others.
    Exclusive,
    /// Fewer choices than `min`.
    TooFew,
    /// More choices than `max`.
    TooMany,
    /// More than `max` characters.
    TooLong,
    /// Below `min` or above `max`.
    OutOfRange,
    /// An answer to a question that these answers do not lead to.
    Hidden,
    /// Text for an "other" option that was not chosen.
    OtherNotChosen,
    /// A rule across questions that does not hold; `params.rule` is its index on the page.
    Rule,
}

/// One problem with a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of problem.
    pub code: Code,
    /// The variable it concerns, or the field of the envelope (`id`, `lang`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Numbers that the message needs: `max`, `min`, `rule`. Never an answer.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub params: Map<String, Value>,
}

impl Problem {
    /// A problem with a variable or a field of the envelope.
    #[must_use]
    pub fn at(code: Code, question: &str) -> Self {
        Self { code, question: Some(question.to_owned()), params: Map::new() }
    }

    /// A problem with the response as a whole.
    #[must_use]
    pub fn of(code: Code) -> Self {
        Self { code, question: None, params: Map::new() }
    }

    /// Reads a problem from JSON; `None` for what is not one, or has a code of another time than ours.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        Some(Self {
            code: Code::deserialize(value.get("code")?).ok()?,
            question: value.get("question").and_then(Value::as_str).map(str::to_owned),
            params: value.get("params").and_then(Value::as_object).cloned().unwrap_or_default(),
        })
    }

    /// A number that the message needs.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<i64> {
        self.params.get(name)?.as_i64()
    }

    /// The same problem with a number that its message needs.
    #[must_use]
    pub fn with(mut self, param: &str, value: i64) -> Self {
        self.params.insert(param.to_owned(), value.into());
        self
    }
}
