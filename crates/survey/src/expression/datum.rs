//! The values of the language, and what counts as an amount, a code or a day among them.

use crate::calendar::Date;
use crate::missing::Missing;
use crate::number::Number;

/// What a variable holds or an expression gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Datum {
    /// Missing: unanswered, hidden, or not to be computed.
    #[default]
    Nothing,
    /// Whether something holds.
    Truth(bool),
    /// The code of an option or a point on a scale, or a code below zero that stands for a missing value.
    Code(i64),
    /// The codes of the chosen options.
    Codes(Vec<i64>),
    /// An amount, for which nothing below zero is special.
    Number(Number),
    /// Text.
    Text(String),
    /// A day.
    Day(Date),
}

impl Datum {
    pub(super) fn is_true(&self) -> bool {
        *self == Self::Truth(true)
    }

    /// The amount, when it is one: not the code of a missing value.
    pub(super) fn number(&self) -> Option<Number> {
        match self {
            Self::Code(code) if Missing::of_code(*code).is_none() => Number::from_whole(*code),
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The amount or the code, whatever it stands for.
    pub(super) fn code(&self) -> Option<Number> {
        match self {
            Self::Code(code) => Number::from_whole(*code),
            _ => self.number(),
        }
    }

    /// The day, also when it is written as text.
    pub(super) fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Text(text) => Date::parse(text.trim()),
            _ => None,
        }
    }

    /// Whether something was answered that does not stand for a missing value.
    pub(super) fn is_valid(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Code(_) => self.number().is_some(),
            Self::Codes(codes) => valid(codes) > 0,
            _ => true,
        }
    }
}

/// How many of the codes do not stand for a missing value.
pub(super) fn valid(codes: &[i64]) -> usize {
    codes.iter().filter(|code| Missing::of_code(**code).is_none()).count()
}
