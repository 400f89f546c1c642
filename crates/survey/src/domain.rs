//! Response domains: what may be answered, whatever the question means and however it looks.
//!
//! The term is that of DDI, the standard of codebooks. A kind ([`crate::kind`]) puts a meaning on a domain and a control
//! on both; thirty kinds live on nine domains. A domain says how an answer is read from JSON and from form fields, when
//! it is allowed, and which columns it fills; each has a file of its own below.

pub mod entries;
pub mod moment;
pub mod number;
pub mod options;
pub mod rows;
pub mod words;

use crate::answer::{Answer, Reading};
use crate::definition::Question;
use crate::expression::Expression;
use crate::kind::WHOLE;
use crate::problem::{Code, Problem};
use serde_json::Value;

/// What may be answered.
#[derive(Clone, Debug)]
pub enum Domain {
    /// Nothing: a note.
    Nothing,
    /// One of the question's options.
    One,
    /// Several of them.
    Several {
        /// At least so many, when it is answered at all.
        min: usize,
        /// At most so many.
        max: usize,
    },
    /// Options in an order of preference.
    Ranking {
        /// So many places are given: all, or the first few.
        places: usize,
    },
    /// Words.
    Words(words::Words),
    /// A number.
    Number(number::Bounds),
    /// A day, a month or a time of day.
    Moment(moment::Moment),
    /// An answer in each row.
    Rows(rows::Rows),
    /// The same questions again and again.
    Entries(entries::Entries),
    /// A value that is worked out and never asked.
    Computed(Option<Expression>),
    /// A value that the page gives and nobody is asked.
    Given,
}

/// Characters at most of a value that the page gives.
pub const GIVEN_MAX: usize = 200;

/// Values of form fields by name; asking takes them away.
pub type Fields<'a> = dyn FnMut(&str) -> Vec<String> + 'a;

impl Domain {
    /// Whether an answer to it travels: notes have none, and computed values are worked out where they are needed.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Computed(_))
    }

    /// Whether it is one of the rarer ones, see [`WHOLE`].
    #[must_use]
    pub fn is_rare(&self) -> bool {
        matches!(
            self,
            Self::Ranking { .. } | Self::Number(_) | Self::Moment(_) | Self::Rows(_) | Self::Entries(_)
        )
    }

    /// Whether a citizen is asked: sees a control.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Computed(_) | Self::Given)
    }
}

impl Question {
    /// An answer from the JSON of a response; `None` when the JSON is of another type.
    #[must_use]
    pub fn read_json(&self, value: &Value) -> Option<Answer> {
        self.read(value, Reading::Sent)
    }

    pub(crate) fn read(&self, value: &Value, reading: Reading) -> Option<Answer> {
        self.read_as(&self.domain, value, reading)
    }

    pub(crate) fn read_as(&self, domain: &Domain, value: &Value, reading: Reading) -> Option<Answer> {
        if reading == Reading::Carried
            && let Some(typed) = Answer::read_typed(value)
        {
            return Some(typed);
        }
        match domain {
            Domain::One => value.as_i64().map(Answer::Code),
            Domain::Several { .. } => Some(Answer::Codes(options::in_order(self, &options::codes(value)?))),
            Domain::Ranking { .. } if WHOLE => options::codes(value).map(Answer::Codes),
            Domain::Words(_) | Domain::Moment(_) | Domain::Given => {
                value.as_str().map(|text| Answer::Text(words::clean(text)))
            }
            Domain::Number(_) if WHOLE => crate::number::Number::from_json(value).map(Answer::Number),
            Domain::Rows(rows) if WHOLE => rows.read_json(self, value, reading),
            Domain::Entries(entries) if WHOLE => entries.read_json(value, reading),
            _ => None,
        }
    }

    /// An answer from the form fields that bear its name, below `prefix`; `None` when it was left blank.
    ///
    /// # Errors
    /// [`Code::WrongType`] for values that no control of ours sends.
    pub fn read_form(&self, prefix: &str, fields: &mut Fields<'_>) -> Result<Option<Answer>, Code> {
        let name = format!("{prefix}{}", self.name);
        self.read_form_as(&self.domain, &name, fields)
    }

    pub(crate) fn read_form_as(
        &self,
        domain: &Domain,
        name: &str,
        fields: &mut Fields<'_>,
    ) -> Result<Option<Answer>, Code> {
        match domain {
            Domain::One => options::read_one(self, name, fields),
            Domain::Several { .. } => options::read_several(self, &fields(name)),
            Domain::Ranking { .. } if WHOLE => options::read_ranking(self, name, fields),
            Domain::Words(words) => words.read_form(&fields(name)),
            Domain::Given => words::read_text(&fields(name)),
            Domain::Number(bounds) if WHOLE => bounds.read_form(&fields(name)),
            Domain::Moment(moment) if WHOLE => Ok(moment.read_form(name, fields)),
            Domain::Rows(rows) if WHOLE => rows.read_form(self, name, fields),
            Domain::Entries(entries) if WHOLE => entries.read_form(name, fields),
            _ => Ok(None),
        }
    }

    /// The problems of an answer. They name no question: the caller does.
    #[must_use]
    pub fn problems(&self, answer: &Answer) -> Vec<Problem> {
        self.problems_among(answer, &|_| true)
    }

    /// The same where only the options are offered for whose codes `offers` says so.
    pub(crate) fn problems_among(&self, answer: &Answer, offers: &dyn Fn(i64) -> bool) -> Vec<Problem> {
        self.problems_as(&self.domain, answer, offers)
    }

    pub(crate) fn problems_as(
        &self,
        domain: &Domain,
        answer: &Answer,
        offers: &dyn Fn(i64) -> bool,
    ) -> Vec<Problem> {
        let problem = match (domain, answer) {
            (Domain::One, Answer::Code(code)) => options::check_one(self, *code, offers),
            (Domain::Several { min, max }, Answer::Codes(codes)) => {
                options::check_several(self, codes, (*min, *max), offers)
            }
            (Domain::Ranking { places }, Answer::Codes(codes)) if WHOLE => {
                options::check_ranking(self, codes, *places, offers)
            }
            (Domain::Words(words), Answer::Text(text)) => words.check(text),
            (Domain::Given, Answer::Text(text)) => words::check_length(text, GIVEN_MAX),
            (Domain::Number(bounds), Answer::Number(number)) if WHOLE => bounds.check(*number),
            (Domain::Moment(moment), Answer::Text(text)) if WHOLE => moment.check(text),
            (Domain::Rows(rows), Answer::Rows(answers)) if WHOLE => return rows.check(self, answers, offers),
            (Domain::Entries(entries), Answer::Entries(answers)) if WHOLE => {
                entries.check_count(answers.iter().filter(|entry| !entry.is_empty()).count())
            }
            (_, Answer::Typed(typed)) => Some(unreadable(domain, typed)),
            _ => Some(Problem::of(Code::WrongType)),
        };
        problem.into_iter().collect()
    }
}

/// Why what was typed cannot be read.
fn unreadable(domain: &Domain, typed: &[String]) -> Problem {
    match domain {
        Domain::Number(_) => Problem::of(Code::NotANumber),
        Domain::Moment(moment) if WHOLE => moment.unreadable(typed),
        Domain::Ranking { .. } => Problem::of(Code::Repeated),
        Domain::One => Problem::of(Code::UnknownOption),
        _ => Problem::of(Code::WrongType),
    }
}

/// A count as the parameter of a problem; the definition's own bounds are small.
pub(crate) fn as_param(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
