//! What the cells of a column are, for programs that keep numbers, words and days apart.

use super::Measure;
use crate::domain::moment::Unit;
use crate::expression::Type;
use crate::number::PLACES;

/// What the cells of a column are: the term is that of DDI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Representation {
    /// Codes, counts and places: whole numbers.
    Whole,
    /// Numbers with so many decimal places at most.
    Decimal(usize),
    /// Words.
    Text,
    /// Days: `2026-03-05`.
    Day,
    /// Months: `2026-03`.
    Month,
    /// Times of day: `14:30`.
    Time,
}

/// How what an expression gives may be analysed, and what it is.
pub(super) fn computed_as(kind: Type) -> (Measure, Representation) {
    match kind {
        Type::Truth | Type::Code | Type::Codes | Type::Rows => (Measure::Nominal, Representation::Whole),
        Type::Number => (Measure::Scale, Representation::Decimal(PLACES)),
        Type::Text => (Measure::Text, Representation::Text),
        Type::Day => (Measure::Moment, Representation::Day),
    }
}

impl Representation {
    pub(super) fn of_places(places: usize) -> Self {
        if places == 0 { Self::Whole } else { Self::Decimal(places) }
    }

    pub(super) fn of_unit(unit: Unit) -> Self {
        match unit {
            Unit::Day => Self::Day,
            Unit::Month => Self::Month,
            Unit::Time => Self::Time,
        }
    }

    /// What holds the cells of both: words, where nothing narrower does.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Whole | Self::Decimal(_), Self::Whole | Self::Decimal(_)) => {
                Self::Decimal(self.places().max(other.places()))
            }
            _ => Self::Text,
        }
    }

    fn places(self) -> usize {
        if let Self::Decimal(places) = self { places } else { 0 }
    }
}
