//! Kinds: what a question means. One file a kind, one word in the list `kinds!`.
//!
//! A kind is a meaning and a control is a look: some thirty kinds live on about ten controls. A kind says which JSON
//! fields it adds, which [`Control`] it asks for, what an answer to it may be, and which columns it fills. Everything
//! else (widget, check, export, schema, documentation, tests) walks the list or asks the kind.

use crate::answer::Answer;
use crate::columns::{Cell, Column};
use crate::definition::{Choice, Question};
use crate::fault::Faults;
use crate::field::Field;
use crate::missing::Missing;
use crate::problem::{Code, Problem};
use crate::read::Object;
use serde_json::Value;
use std::fmt::Debug;
use std::sync::Arc;

/// Makes of one list of modules the modules, [`KINDS`] for authors, and the builder for everybody. A kind is named for
/// its module.
macro_rules! kinds {
    ($($name:ident),+ $(,)?) => {
        $(pub(crate) mod $name;)+

        /// Every kind, in the order of the documentation.
        pub static KINDS: &[&Registration] = &[$(&$name::KIND),+];

        /// Builds the kind named `name` from the fields of a question; `None` when there is no such kind. Kept apart
        /// from [`KINDS`], whose words are for authors: a browser only builds.
        pub(crate) fn build(name: &str, fields: &Object<'_>) -> Option<Arc<dyn Kind>> {
            match name {
                $(stringify!($name) => Some(Arc::new($name::build(fields))),)+
                _ => None,
            }
        }
    };
}

kinds! { single, multi, scale, text }

/// The kind with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Registration> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// A kind as authors meet it.
#[derive(Debug)]
pub struct Registration {
    /// The `type` in a definition.
    pub name: &'static str,
    /// What it is for, in English.
    pub about: &'static str,
    /// The JSON fields it adds to those of every question.
    pub fields: &'static [Field],
    /// A question of this kind in three languages: a JSON object, used by the documentation and the tests.
    pub example: &'static str,
    /// Notes what is wrong between the kind's fields.
    pub(crate) inspect: fn(&Object<'_>, &mut Faults),
}

/// What a question of some kind means, with the settings of its definition.
pub trait Kind: Debug + Send + Sync {
    /// The control that asks it.
    fn control(&self) -> Control<'_>;

    /// The options, for kinds that have them.
    fn choices(&self) -> &[Choice] {
        &[]
    }

    /// What conditions may ask of its answer.
    fn value(&self) -> ValueType;

    /// An answer from the JSON of a response; `None` when the JSON is of another type.
    fn read_answer(&self, value: &Value) -> Option<Answer>;

    /// An answer from the values of the form fields that bear its name; `Ok(None)` when it was left blank.
    ///
    /// # Errors
    /// [`Code::WrongType`] for values that no control of ours sends.
    fn read_form(&self, values: &[&str]) -> Result<Option<Answer>, Code>;

    /// Whether the answer is allowed. The problem names no question: the caller does.
    ///
    /// # Errors
    /// The first problem found.
    fn check(&self, answer: &Answer) -> Result<(), Problem>;

    /// The columns it fills, without those of "other" texts.
    fn columns(&self, question: &Question) -> Vec<Column>;

    /// The cells of those columns, in the same order.
    fn cells(&self, answer: Result<&Answer, Missing>) -> Vec<Cell>;
}

/// How a question looks: the widget has one file for each.
#[derive(Clone, Copy, Debug)]
pub enum Control<'a> {
    /// One of a list: radio buttons.
    One(&'a [Choice]),
    /// Several of a list: checkboxes.
    Several(&'a [Choice]),
    /// A point on a line of numbers with worded ends, and options beside it: radio buttons in a row.
    Points(&'a scale::Scale),
    /// Words: an input line, or an area when `lines` is more than one.
    Words {
        /// Height in lines.
        lines: usize,
        /// Characters at most.
        max: usize,
    },
}

/// What a condition may ask of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// One code: `==`, `<=`, `in` …
    Code,
    /// Several codes: `has`, `== […]`.
    Codes,
    /// Text: only `answered(…)`.
    Text,
}

pub use scale::Scale;

/// One code from the single value of a form field.
fn code_from_form(values: &[&str]) -> Result<Option<Answer>, Code> {
    match values {
        [] => Ok(None),
        [value] => value.parse().map(|code| Some(Answer::Code(code))).map_err(|_| Code::WrongType),
        _ => Err(Code::WrongType),
    }
}

/// One cell of a kind with a single code.
fn code_cell(answer: Result<&Answer, Missing>) -> Vec<Cell> {
    vec![match answer {
        Ok(Answer::Code(code)) => Cell::Code(*code),
        Ok(_) => Cell::Missing(Missing::Invalid),
        Err(missing) => Cell::Missing(missing),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Survey;
    use serde_json::json;

    /// A survey with one question: the kind's example.
    fn survey_of(kind: &Registration) -> Survey {
        let question: Value = serde_json::from_str(kind.example).unwrap();
        let document = json!({
            "format": 1, "id": "example", "languages": ["kk", "ru", "en"], "title": "1",
            "pages": [{"id": "p1", "questions": [question]}]
        });
        Survey::read(&document.to_string()).unwrap_or_else(|faults| panic!("{}: {faults:?}", kind.name))
    }

    #[test]
    fn every_kind_has_an_example_of_its_own_type_that_reads() {
        for kind in KINDS {
            let survey = survey_of(kind);
            let example: Value = serde_json::from_str(kind.example).unwrap();
            assert_eq!(example["type"], kind.name);
            assert_eq!(survey.questions().count(), 1);
        }
    }

    #[test]
    fn every_kind_fills_as_many_cells_as_it_has_columns_whatever_is_missing() {
        for kind in KINDS {
            let survey = survey_of(kind);
            let question = survey.questions().next().unwrap();
            let columns = question.kind.columns(question);
            for missing in Missing::ALL {
                assert_eq!(question.kind.cells(Err(missing)).len(), columns.len(), "{}", kind.name);
            }
        }
    }

    #[test]
    fn names_are_unique() {
        for (index, kind) in KINDS.iter().enumerate() {
            assert!(KINDS[..index].iter().all(|other| other.name != kind.name), "{}", kind.name);
        }
    }
}
