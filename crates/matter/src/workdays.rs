//! Which days an office works. Holidays are data: governments move them from year to year, and a law can change in March.

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;

use survey::calendar::Date;

pub use read::Fault;

/// The calendar that is built in: Kazakhstan's.
const KAZAKHSTAN: &str = include_str!("../holidays/kz.json");

/// The working days of the years that it knows.
#[derive(Clone, Debug)]
pub struct WorkingDays {
    /// The days of each week on which nobody works.
    weekend: BTreeSet<Weekday>,
    years: BTreeMap<i32, Year>,
}

/// What is out of the ordinary in one year.
#[derive(Clone, Debug, Default)]
struct Year {
    off: BTreeSet<Date>,
    /// Days of a weekend on which people work, because another day off was moved.
    working: BTreeSet<Date>,
    provisional: Option<String>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// The first day of the week (ISO 8601).
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

/// A calendar says nothing of a year, so that nobody knows when a term ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownYear(pub i32);

impl WorkingDays {
    /// Kazakhstan's, as it is built in.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, which a test rules out.
    pub fn kazakhstan() -> Result<Self, Fault> {
        Self::read(KAZAKHSTAN)
    }

    /// Whether people work on that day.
    ///
    /// # Errors
    ///
    /// When nothing is known of its year.
    pub fn is_working(&self, day: Date) -> Result<bool, UnknownYear> {
        let year = self.years.get(&day.year()).ok_or(UnknownYear(day.year()))?;
        let free = year.off.contains(&day) || self.weekend.contains(&weekday(day));
        Ok(year.working.contains(&day) || !free)
    }

    /// That day when people work on it, or the next on which they do.
    ///
    /// # Errors
    ///
    /// When nothing is known of a year on the way.
    pub fn first_from(&self, day: Date) -> Result<Date, UnknownYear> {
        let mut day = day;
        while !self.is_working(day)? {
            day = tomorrow(day)?;
        }
        Ok(day)
    }

    /// The `count`th working day after a day; the day itself for 0, whether people work on it or not.
    ///
    /// # Errors
    ///
    /// When nothing is known of a year on the way.
    pub fn after(&self, day: Date, count: u32) -> Result<Date, UnknownYear> {
        let mut day = day;
        for _ in 0..count {
            day = self.first_from(tomorrow(day)?)?;
        }
        Ok(day)
    }

    /// How many working days come after `from`, up to and with `to`: 0 when `to` is not later.
    ///
    /// # Errors
    ///
    /// When nothing is known of a year on the way.
    pub fn between(&self, from: Date, to: Date) -> Result<u32, UnknownYear> {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = tomorrow(day)?;
            count += u32::from(self.is_working(day)?);
        }
        Ok(count)
    }

    /// Why the days of a year may still change, when they may.
    #[must_use]
    pub fn provisional(&self, year: i32) -> Option<&str> {
        self.years.get(&year)?.provisional.as_deref()
    }

    /// The years that it knows, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.keys().copied()
    }
}

/// The day of the week.
#[must_use]
pub fn weekday(day: Date) -> Weekday {
    // 1 January 1970 was a Thursday.
    match (day.days() + 3).rem_euclid(7) {
        0 => Weekday::Monday,
        1 => Weekday::Tuesday,
        2 => Weekday::Wednesday,
        3 => Weekday::Thursday,
        4 => Weekday::Friday,
        5 => Weekday::Saturday,
        _ => Weekday::Sunday,
    }
}

fn tomorrow(day: Date) -> Result<Date, UnknownYear> {
    day.add_days(1).ok_or(UnknownYear(day.year() + 1))
}

impl fmt::Display for UnknownYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the calendar says nothing of {}: add its holidays to the file", self.0)
    }
}

impl Error for UnknownYear {}

#[cfg(test)]
mod tests;
