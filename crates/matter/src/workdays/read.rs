//! A calendar's file, read and checked: whoever edits it for a new year hears what is wrong with it, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;

use serde::Deserialize;
use survey::calendar::Date;

use super::{WorkingDays, Year, weekday};

/// What is wrong with a calendar's file.
#[derive(Debug)]
pub enum Fault {
    /// It is not of that shape.
    Shape(serde_json::Error),
    /// Something in a year cannot be.
    Year(String, String),
    /// It has no years, or all days of the week are free.
    Empty,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "country")]
    _country: String,
    #[serde(rename = "source")]
    _source: String,
    weekend: BTreeSet<super::Weekday>,
    years: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    off: Vec<String>,
    #[serde(default)]
    working: Vec<String>,
    provisional: Option<String>,
}

impl WorkingDays {
    /// Reads a calendar:
    ///
    /// ```json
    /// {"country": "KZ", "source": "who announced it", "weekend": ["saturday", "sunday"],
    ///  "years": {"2026": {"off": ["2026-01-01"], "working": ["2026-01-03"]}}}
    /// ```
    ///
    /// `working` names days of a weekend on which people work; `provisional`, beside them, says why they may still change.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and in which year.
    pub fn read(json: &str) -> Result<Self, Fault> {
        let file: File = serde_json::from_str(json).map_err(Fault::Shape)?;
        if file.years.is_empty() || file.weekend.len() == 7 {
            return Err(Fault::Empty);
        }
        let mut days = Self { weekend: file.weekend, years: BTreeMap::new() };
        for (name, entry) in file.years {
            let (number, year) = days.year(&name, entry).map_err(|why| Fault::Year(name, why))?;
            days.years.insert(number, year);
        }
        Ok(days)
    }

    fn year(&self, name: &str, entry: Entry) -> Result<(i32, Year), String> {
        let first = Date::parse(&format!("{name}-01-01")).ok_or("it is no year from 1900 to 2199")?;
        let number = first.year();
        let off = dates(number, &entry.off)?;
        let working = dates(number, &entry.working)?;
        for day in &working {
            if off.contains(day) {
                return Err(format!("{} is both off and working", day.to_text()));
            }
            if !self.weekend.contains(&weekday(*day)) {
                return Err(format!("{} is not in a weekend: people work then anyway", day.to_text()));
            }
        }
        Ok((number, Year { off, working, provisional: entry.provisional }))
    }
}

fn dates(year: i32, texts: &[String]) -> Result<BTreeSet<Date>, String> {
    let mut days = BTreeSet::new();
    for text in texts {
        let day = Date::parse(text).ok_or_else(|| format!("{text:?} is no day such as {year}-03-21"))?;
        if day.year() != year {
            return Err(format!("{text} is a day of another year"));
        }
        if !days.insert(day) {
            return Err(format!("{text} stands there twice"));
        }
    }
    Ok(days)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => write!(f, "the calendar cannot be read: {error}"),
            Self::Year(year, why) => write!(f, "in the year {year} of the calendar: {why}"),
            Self::Empty => write!(f, "the calendar has no year, or no day on which people work"),
        }
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Shape(error) => Some(error),
            Self::Year(..) | Self::Empty => None,
        }
    }
}
