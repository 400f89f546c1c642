//! A number within bounds.

use crate::answer::Answer;
use crate::number::Number;
use crate::problem::{Code, Problem};

/// Which numbers may be given.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// The least.
    pub min: Option<Number>,
    /// The most.
    pub max: Option<Number>,
    /// Decimal places at most.
    pub places: usize,
}

impl Bounds {
    pub(super) fn read_form(&self, values: &[String]) -> Result<Option<Answer>, Code> {
        match values {
            [] => Ok(None),
            [text] if text.trim().is_empty() => Ok(None),
            [text] => Ok(Some(
                Number::parse(text).map_or_else(|| Answer::Typed(vec![text.clone()]), Answer::Number),
            )),
            _ => Err(Code::WrongType),
        }
    }

    pub(super) fn check(&self, number: Number) -> Option<Problem> {
        if number.places() > self.places {
            return Some(Problem::of(Code::TooManyPlaces).with("max", super::as_param(self.places)));
        }
        let below = self.min.is_some_and(|min| number < min);
        let above = self.max.is_some_and(|max| number > max);
        (below || above).then(|| Problem::of(Code::OutOfBounds))
    }
}
