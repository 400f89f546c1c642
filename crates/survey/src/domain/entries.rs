//! Entries: the same questions for each member of a household, each visit, each complaint.

use super::{Fields, as_param};
use crate::answer::{Answer, Answers, Reading};
use crate::definition::Question;
use crate::problem::{Code, Problem};
use serde_json::Value;

/// What is asked of each entry.
#[derive(Clone, Debug)]
pub struct Entries {
    /// The questions, none of them a group.
    pub questions: Vec<Question>,
    /// At least so many entries.
    pub min: usize,
    /// At most so many.
    pub max: usize,
}

impl Entries {
    pub(super) fn read_json(&self, value: &Value, reading: Reading) -> Option<Answer> {
        let entries = value.as_array()?;
        let mut entries: Vec<Answers> =
            entries.iter().map(|entry| self.read_entry(entry, reading)).collect::<Option<_>>()?;
        // A form carries the ones that were added and are blank still.
        entries.retain(|entry| reading == Reading::Carried || !entry.is_empty());
        Some(Answer::Entries(entries))
    }

    fn read_entry(&self, entry: &Value, reading: Reading) -> Option<Answers> {
        let mut answers = Answers::default();
        for (name, value) in entry.as_object()? {
            let question = self.questions.iter().find(|question| question.name == *name)?;
            let answer = question.read(value, reading)?;
            if !answer.is_blank() {
                answers.set(name, Some(answer));
            }
        }
        Some(answers)
    }

    /// As many entries as the form says it shows. Blank ones stay: the citizen added them.
    pub(super) fn read_form(&self, name: &str, fields: &mut Fields<'_>) -> Result<Option<Answer>, Code> {
        let shown = fields(&count_field(name)).first().and_then(|count| count.parse().ok()).unwrap_or(0usize);
        let mut entries = Vec::new();
        for index in 0..shown.min(self.max) {
            let prefix = entry_prefix(name, index);
            let mut answers = Answers::default();
            for question in &self.questions {
                answers.set(&question.name, question.read_form(&prefix, fields)?);
            }
            entries.push(answers);
        }
        Ok((!entries.is_empty()).then_some(Answer::Entries(entries)))
    }

    pub(super) fn check_count(&self, given: usize) -> Option<Problem> {
        if given < self.min {
            return Some(Problem::of(Code::TooFew).with("min", as_param(self.min)));
        }
        (given > self.max).then(|| Problem::of(Code::TooMany).with("max", as_param(self.max)))
    }
}

/// The field that says how many entries a form shows.
#[must_use]
pub fn count_field(name: &str) -> String {
    format!("{name}.n")
}

/// What the names of the fields of one entry begin with.
#[must_use]
pub fn entry_prefix(name: &str, index: usize) -> String {
    format!("{name}.{index}.")
}
