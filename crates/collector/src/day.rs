//! The day of a response: the date in Kazakhstan, whose one time zone goes by the name of Almaty.

use crate::clock::Minute;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Error, Timestamp, Zoned};
use survey::calendar;

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
        Ok(self.zoned(minute)?.date())
    }

    /// The date at this minute, as conditions count with it; `None` for one outside the calendar of surveys.
    pub(crate) fn today(&self, minute: Minute) -> Option<calendar::Date> {
        in_calendar(self.of(minute).ok()?)
    }

    /// The minute at which it is this time (`2026-12-01T09:00`) in Kazakhstan.
    pub(crate) fn minute(&self, local: &str) -> Result<Minute, Error> {
        let local: DateTime = local.parse()?;
        Ok(Minute::of_second(local.to_zoned(self.0.clone())?.timestamp().as_second()))
    }

    /// The first minute after a day.
    pub(crate) fn end_of(&self, day: Date) -> Result<Minute, Error> {
        let next = day.tomorrow()?.to_zoned(self.0.clone())?;
        Ok(Minute::of_second(next.timestamp().as_second()))
    }

    /// The date and the time of day at this minute: `09:05`.
    pub(crate) fn local(&self, minute: Minute) -> Result<(Date, String), Error> {
        let local = self.zoned(minute)?;
        Ok((local.date(), local.strftime("%H:%M").to_string()))
    }

    /// The minute for programs, with the offset of Kazakhstan (RFC 3339).
    pub(crate) fn rfc3339(&self, minute: Minute) -> Result<String, Error> {
        Ok(self.zoned(minute)?.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }

    /// The time in Kazakhstan and in UTC, for people.
    pub(crate) fn told(&self, minute: Minute) -> Result<String, Error> {
        let local = self.zoned(minute)?;
        let utc = local.with_time_zone(TimeZone::UTC);
        let text = |time: &Zoned| time.strftime("%Y-%m-%d %H:%M").to_string();
        Ok(format!("{} in Kazakhstan ({} UTC)", text(&local), text(&utc)))
    }

    fn zoned(&self, minute: Minute) -> Result<Zoned, Error> {
        let timestamp = Timestamp::from_second(minute.0.saturating_mul(60))?;
        Ok(timestamp.to_zoned(self.0.clone()))
    }
}

/// A date as conditions count with it; `None` for one outside the calendar of surveys.
pub(crate) fn in_calendar(day: Date) -> Option<calendar::Date> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    calendar::Date::new(day.year().into(), month, of_month)
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
    fn a_local_time_is_the_same_minute_whichever_way_it_is_told() {
        let days = Days::new().unwrap();
        let minute = days.minute("2026-12-01T09:00").unwrap();
        assert_eq!(days.told(minute).unwrap(), "2026-12-01 09:00 in Kazakhstan (2026-12-01 04:00 UTC)");
        assert_eq!(days.rfc3339(minute).unwrap(), "2026-12-01T09:00:00+05:00");
        assert_eq!(days.today(minute).unwrap().to_text(), "2026-12-01");
        assert_eq!(days.local(minute).unwrap(), ("2026-12-01".parse().unwrap(), "09:00".to_owned()));
        let end = days.end_of("2026-12-01".parse().unwrap()).unwrap();
        assert_eq!(end, days.minute("2026-12-02T00:00").unwrap());
        assert!(days.minute("2026-13-01T09:00").is_err());
    }

    #[test]
    fn a_minute_that_no_calendar_has_is_an_error() {
        assert!(Days::new().unwrap().of(Minute(i64::MAX)).is_err());
    }
}
