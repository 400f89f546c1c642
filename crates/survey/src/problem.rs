//! What is wrong with a response, in codes that both ends share.
//!
//! The collector puts them into `application/problem+json`; the widget turns them into the citizen's words. A problem
//! never carries what was answered: it may be logged and shown anywhere.

use serde::Serialize;
use serde_json::Value;

/// Makes of one list the codes and their names, so that neither is spelt twice.
macro_rules! codes {
    ($($(#[$about:meta])* $code:ident = $name:literal),+ $(,)?) => {
        /// What kind of problem it is. The spelling in JSON is a promise.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[$about])* $code,)+
        }

        impl Code {
            /// Every code with its name in JSON.
            pub const ALL: &[(Self, &str)] = &[$((Self::$code, $name)),+];
        }
    };
}

codes! {
    /// The body is not JSON, or not a JSON object of the documented shape.
    Malformed = "malformed",
    /// A field that a response does not have, or an answer to a question that the survey does not have.
    UnknownField = "unknown_field",
    /// A field that a response must have is missing.
    MissingField = "missing_field",
    /// A value of another JSON type than the question's kind takes.
    WrongType = "wrong_type",
    /// The `id` is not 128 bits in hexadecimal.
    BadId = "bad_id",
    /// The survey named in the body is not the one in the address.
    WrongSurvey = "wrong_survey",
    /// The survey has no version of that name.
    UnknownVersion = "unknown_version",
    /// The survey is not published in that language.
    UnknownLanguage = "unknown_language",
    /// The channel is not one that a response can come by.
    UnknownChannel = "unknown_channel",
    /// A required question that was asked has no answer; `params.row` names a row.
    Required = "required",
    /// A code that is not among the question's options.
    UnknownOption = "unknown_option",
    /// The same option or the same place twice.
    Repeated = "repeated",
    /// An exclusive option together with others.
    Exclusive = "exclusive",
    /// Fewer choices or entries than `min`.
    TooFew = "too_few",
    /// More choices or entries than `max`.
    TooMany = "too_many",
    /// More than `max` characters.
    TooLong = "too_long",
    /// A point below `min` or above `max`.
    OutOfRange = "out_of_range",
    /// A number outside the question's bounds.
    OutOfBounds = "out_of_bounds",
    /// More than `max` decimal places.
    TooManyPlaces = "too_many_places",
    /// What was typed is not a number.
    NotANumber = "not_a_number",
    /// What was typed is not a date, a month or a time that there is.
    NotAMoment = "not_a_moment",
    /// A moment before the first that may be given.
    TooEarly = "too_early",
    /// A moment after the last that may be given.
    TooLate = "too_late",
    /// A part is missing: a field of a date (`params.part`), a place of a ranking, a deeper place.
    Incomplete = "incomplete",
    /// Words without the form that they must have.
    WrongForm = "wrong_form",
    /// Amounts that do not add up to `max`.
    WrongTotal = "wrong_total",
    /// An answer to a question that these answers do not lead to.
    Hidden = "hidden",
    /// Text for an "other" option that was not chosen.
    OtherNotChosen = "other_not_chosen",
    /// A rule across questions that does not hold; `params.rule` is its index on the page.
    Rule = "rule",
    /// The survey has heard enough from the group that the answers belong to; `params.quota` is its index.
    QuotaFull = "quota_full",
}

impl Code {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(code, _)| *code == self).map_or("", |(_, name)| name)
    }

    /// The code with this name in JSON.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(code, _)| *code)
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What a message may need to know. Never an answer.
const PARAMS: [&str; 6] = ["min", "max", "row", "rule", "part", "quota"];

/// One problem with a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of problem.
    pub code: Code,
    /// The variable it concerns, or the field of the envelope (`id`, `lang`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Numbers that the message needs, by name: `max`, `min`, `row` … Never an answer.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub params: Vec<(&'static str, i64)>,
}

impl Problem {
    /// A problem with a variable or a field of the envelope.
    #[must_use]
    pub fn at(code: Code, question: &str) -> Self {
        Self { code, question: Some(question.to_owned()), params: Vec::new() }
    }

    /// A problem with the response as a whole.
    #[must_use]
    pub fn of(code: Code) -> Self {
        Self { code, question: None, params: Vec::new() }
    }

    /// Reads a problem from JSON; `None` for what is not one, or has a code of another time than ours.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let params = value.get("params");
        let param = |name: &&'static str| Some((*name, params?.get(*name)?.as_i64()?));
        Some(Self {
            code: Code::named(value.get("code")?.as_str()?)?,
            question: value.get("question").and_then(Value::as_str).map(str::to_owned),
            params: PARAMS.iter().filter_map(param).collect(),
        })
    }

    /// A number that the message needs.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<i64> {
        self.params.iter().find(|(known, _)| *known == name).map(|(_, number)| *number)
    }

    /// The same problem with a number that its message needs.
    #[must_use]
    pub fn with(mut self, param: &'static str, value: i64) -> Self {
        self.params.push((param, value));
        self
    }
}

fn as_map<S: serde::Serializer>(params: &[(&'static str, i64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(params.iter().copied())
}
