//! The day of a response: the date in Kazakhstan, whose one time zone goes by the name of Almaty.

use crate::clock::Minute;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Error, Timestamp};

/// The calendar of Kazakhstan.
#[derive(Debug)]
pub(crate) struct Days(TimeZone);

impl Days {
    /// From the tables inside the program: those of an old system do not know that the country took one time in 2024.
    pub(crate) fn new() -> Result<Self, Error> {
        TimeZoneDatabase::bundled().get("Asia/Almaty").map(Self)
    }

    /// The date at this minute.
    pub(crate) fn of(&self, minute: Minute) -> Result<Date, Error> {
        let timestamp = Timestamp::from_second(minute.0.saturating_mul(60))?;
        Ok(timestamp.to_zoned(self.0.clone()).date())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_at_midnight_in_kazakhstan_before_and_after_the_clocks_were_united() {
        let days = Days::new().unwrap();
        let day = |utc: &str| {
            let minutes = utc.parse::<Timestamp>().unwrap().as_second() / 60;
            days.of(Minute(minutes)).unwrap().to_string()
        };
        assert_eq!(day("2026-03-01T18:59:00Z"), "2026-03-01");
        assert_eq!(day("2026-03-01T19:00:00Z"), "2026-03-02");
        assert_eq!(day("2024-01-01T18:00:00Z"), "2024-01-02");
    }

    #[test]
    fn a_minute_that_no_calendar_has_is_an_error() {
        assert!(Days::new().unwrap().of(Minute(i64::MAX)).is_err());
    }
}
