//! What of a stored response a report looks at: its flags, what was chosen, and texts that are long enough to tell of copying.
//! Everything else is passed over without being kept: a survey may have a million of them.

use super::LONG;
use crate::guard::{FLAGS, Flag};
use crate::store::StoredResponse;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fmt;
use survey::{Domain, Question, Survey};

/// The questions that a report looks at, by name.
pub(super) struct Asked<'a>(HashMap<&'a str, &'a Question>);

/// What is read of one response.
#[derive(Default)]
pub(super) struct Read<'a> {
    pub(super) flags: [bool; 5],
    answers: Vec<(&'a Question, Value)>,
}

impl<'a> Asked<'a> {
    /// Those with options, and those that are answered in words.
    pub(super) fn of(survey: &'a Survey) -> Self {
        let looked_at = |question: &&Question| {
            matches!(question.domain, Domain::One | Domain::Several { .. } | Domain::Words(_))
        };
        Self(
            survey.questions().filter(looked_at).map(|question| (question.name.as_str(), question)).collect(),
        )
    }

    /// Reads a response.
    pub(super) fn read(&self, response: &StoredResponse) -> Read<'a> {
        let mut json = serde_json::Deserializer::from_str(&response.answers);
        let answers = json.deserialize_map(Answers(self)).unwrap_or_default();
        // Most have none, and need not be read for it.
        let has_flags = response.paradata.contains(FLAGS);
        let paradata: Map<String, Value> =
            has_flags.then(|| serde_json::from_str(&response.paradata).ok()).flatten().unwrap_or_default();
        Read { flags: Flag::kept(&paradata), answers }
    }
}

impl<'a> Read<'a> {
    pub(super) fn is_flagged(&self) -> bool {
        self.flags.contains(&true)
    }

    /// The codes that were chosen of a question.
    pub(super) fn codes(&self, question: &str) -> Vec<i64> {
        match self.answers.iter().find(|(asked, _)| asked.name == question) {
            Some((_, Value::Array(codes))) => codes.iter().filter_map(Value::as_i64).collect(),
            Some((_, code)) => code.as_i64().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The texts that are long enough to tell of copying, each with the name of its question.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'a str, &str)> {
        let words = self.answers.iter().filter(|(question, _)| matches!(question.domain, Domain::Words(_)));
        let texts = words.filter_map(|(question, answer)| Some((question.name.as_str(), answer.as_str()?)));
        texts.filter(|(_, text)| text.chars().count() >= LONG)
    }
}

/// Reads the answers to the questions that are looked at.
struct Answers<'q, 'a>(&'q Asked<'a>);

/// Reads a name, and finds its question.
struct Name<'q, 'a>(&'q Asked<'a>);

impl<'de, 'a> Visitor<'de> for Answers<'_, 'a> {
    type Value = Vec<(&'a Question, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut answers = Vec::new();
        while let Some(question) = map.next_key_seed(Name(self.0))? {
            match question {
                Some(question) => answers.push((question, map.next_value()?)),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(answers)
    }
}

impl<'de, 'a> DeserializeSeed<'de> for Name<'_, 'a> {
    type Value = Option<&'a Question>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Name<'_, 'a> {
    type Value = Option<&'a Question>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a question")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.0.get(name).copied())
    }
}
