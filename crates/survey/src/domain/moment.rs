//! A day, a month or a time of day, asked in separate fields and kept in the spelling of ISO 8601.

use super::Fields;
use crate::answer::Answer;
use crate::calendar::{Date, Month, Time, month_named};
use crate::problem::{Code, Problem};

/// Which moments may be given.
#[derive(Clone, Debug)]
pub struct Moment {
    /// How fine.
    pub unit: Unit,
    /// The first, as text in the same spelling.
    pub min: Option<String>,
    /// The last.
    pub max: Option<String>,
}

/// How fine a moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `2026-03-05`
    Day,
    /// `2026-03`
    Month,
    /// `14:30`
    Time,
}

impl Unit {
    /// The fields that ask for it, by the last part of their names, in the order in which they are read out.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Day => &["d", "m", "y"],
            Self::Month => &["m", "y"],
            Self::Time => &["h", "min"],
        }
    }

    fn read(self, parts: &[String]) -> Option<String> {
        let number = |text: &String| text.trim().parse::<u16>().ok();
        match (self, parts) {
            (Self::Day, [day, month, year]) => {
                let day = u8::try_from(number(day)?).ok()?;
                Date::new(i32::from(number(year)?), month_named(month)?, day).map(Date::to_text)
            }
            (Self::Month, [month, year]) => {
                Month::new(i32::from(number(year)?), month_named(month)?).map(Month::to_text)
            }
            (Self::Time, [hour, minute]) => {
                let part = |text| number(text).and_then(|number| u8::try_from(number).ok());
                Time::new(part(hour)?, part(minute)?).map(Time::to_text)
            }
            _ => None,
        }
    }

    /// Whether a text is a moment in the spelling that is kept.
    #[must_use]
    pub fn is(self, text: &str) -> bool {
        match self {
            Self::Day => Date::parse(text).is_some(),
            Self::Month => Month::parse(text).is_some(),
            Self::Time => Time::parse(text).is_some(),
        }
    }

    /// What stands in the fields for a moment that was kept.
    #[must_use]
    pub fn parts(self, text: &str) -> Vec<String> {
        let mut parts: Vec<String> = text
            .split(['-', ':'])
            .map(|part| match self {
                Self::Time => part.to_owned(),
                _ => part.trim_start_matches('0').to_owned(),
            })
            .collect();
        if self != Self::Time {
            parts.reverse();
        }
        parts
    }
}

impl Moment {
    pub(super) fn read_form(&self, name: &str, fields: &mut Fields<'_>) -> Option<Answer> {
        let part = |part: &&str| fields(&format!("{name}.{part}")).into_iter().next().unwrap_or_default();
        let parts: Vec<String> = self.unit.fields().iter().map(part).collect();
        if parts.iter().all(|part| part.trim().is_empty()) {
            return None;
        }
        Some(self.unit.read(&parts).map_or(Answer::Typed(parts), Answer::Text))
    }

    pub(super) fn check(&self, text: &str) -> Option<Problem> {
        if !self.unit.is(text) {
            return Some(Problem::of(Code::NotAMoment));
        }
        // Equal lengths and leading zeros: the order of the texts is that of the moments.
        let early = self.min.as_ref().is_some_and(|min| text < min.as_str());
        let late = self.max.as_ref().is_some_and(|max| text > max.as_str());
        match (early, late) {
            (true, _) => Some(Problem::of(Code::TooEarly)),
            (_, true) => Some(Problem::of(Code::TooLate)),
            _ => None,
        }
    }

    /// Which field is wrong: the first one without a value, else the moment as a whole.
    pub(super) fn unreadable(&self, typed: &[String]) -> Problem {
        match typed.iter().position(|part| part.trim().is_empty()) {
            Some(part) => Problem::of(Code::Incomplete).with("part", super::as_param(part)),
            None => Problem::of(Code::NotAMoment),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(unit: Unit, parts: &[&str]) -> Option<String> {
        unit.read(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_date_is_read_as_people_write_it() {
        assert_eq!(read(Unit::Day, &["5", "3", "2026"]).unwrap(), "2026-03-05");
        assert_eq!(read(Unit::Day, &[" 05 ", "наурыз", "2026"]).unwrap(), "2026-03-05");
        assert_eq!(read(Unit::Day, &["29", "2", "2024"]).unwrap(), "2024-02-29");
        assert_eq!(read(Unit::Day, &["29", "2", "2026"]), None);
        assert_eq!(read(Unit::Day, &["5", "3", "26"]), None);
        assert_eq!(read(Unit::Time, &["9", "05"]).unwrap(), "09:05");
        assert_eq!(read(Unit::Time, &["24", "00"]), None);
    }

    #[test]
    fn what_was_kept_goes_back_into_its_fields() {
        assert_eq!(Unit::Day.parts("2026-03-05"), ["5", "3", "2026"]);
        assert_eq!(Unit::Month.parts("2026-11"), ["11", "2026"]);
        assert_eq!(Unit::Time.parts("09:05"), ["09", "05"]);
    }

    #[test]
    fn the_field_that_is_missing_is_named() {
        let moment = Moment { unit: Unit::Day, min: None, max: None };
        let typed = ["5", "", "2026"].map(str::to_owned);
        assert_eq!(moment.unreadable(&typed).param("part"), Some(1));
    }
}
