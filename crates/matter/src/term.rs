//! What the law counts in working days: when something that came in is registered, and by when it must be answered.
//!
//! Administrative Procedural and Process-Related Code of Kazakhstan (No. 350-VI), article 64: registered on the day on
//! which it came in, or on the next working day when that was after hours or on a day off; article 76: 15 working days.

use survey::calendar::{Date, Time};

use crate::workdays::{UnknownYear, WorkingDays};

/// When something came in, in the office's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// The day.
    pub day: Date,
    /// The time of that day.
    pub time: Time,
}

/// From which day on a term is counted. The code says "from the day of receipt", which offices read in three ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// The first day of the term is the first working day after the day on which it came in.
    #[default]
    AfterReceipt,
    /// The day of registration is the first day.
    OnRegistration,
    /// The first working day after that of registration is the first day.
    AfterRegistration,
}

/// A number of working days, and how they are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// How many, at least one.
    pub days: u32,
    /// From which on.
    pub counting: Counting,
}

impl Received {
    /// The day on which it is registered by an office that closes at that time.
    ///
    /// # Errors
    ///
    /// When the calendar says nothing of the year.
    pub fn registered(self, days: &WorkingDays, closes: Time) -> Result<Date, UnknownYear> {
        if self.time < closes && days.is_working(self.day)? {
            return Ok(self.day);
        }
        days.after(self.day, 1)
    }
}

impl Term {
    /// The last day of the term for what came in then and was registered on that day.
    ///
    /// # Errors
    ///
    /// When the calendar says nothing of the year.
    pub fn due(self, days: &WorkingDays, received: Received, registered: Date) -> Result<Date, UnknownYear> {
        match self.counting {
            Counting::AfterReceipt => days.after(received.day, self.days),
            Counting::OnRegistration => days.after(registered, self.days.saturating_sub(1)),
            Counting::AfterRegistration => days.after(registered, self.days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(day: &str, time: &str) -> Received {
        Received { day: Date::parse(day).unwrap(), time: Time::parse(time).unwrap() }
    }

    /// When it is registered and when 15 working days are over, of an office that closes at 18:30.
    fn registered_and_due(received: Received, counting: Counting) -> (String, String) {
        let days = WorkingDays::kazakhstan().unwrap();
        let registered = received.registered(&days, Time::new(18, 30).unwrap()).unwrap();
        let due = Term { days: 15, counting }.due(&days, received, registered).unwrap();
        (registered.to_text(), due.to_text())
    }

    #[test]
    fn what_came_in_after_hours_before_nauryz_is_registered_after_it() {
        let friday = received("2026-03-20", "19:05");
        for (counting, due) in [
            (Counting::AfterReceipt, "2026-04-15"),
            (Counting::OnRegistration, "2026-04-15"),
            (Counting::AfterRegistration, "2026-04-16"),
        ] {
            assert_eq!(registered_and_due(friday, counting), ("2026-03-26".to_owned(), due.to_owned()));
        }
    }

    #[test]
    fn what_came_in_within_hours_is_registered_at_once() {
        let friday = received("2026-03-20", "18:29");
        for (counting, due) in [
            (Counting::AfterReceipt, "2026-04-15"),
            (Counting::OnRegistration, "2026-04-14"),
            (Counting::AfterRegistration, "2026-04-15"),
        ] {
            assert_eq!(registered_and_due(friday, counting), ("2026-03-20".to_owned(), due.to_owned()));
        }
    }

    #[test]
    fn the_closing_minute_is_after_hours_and_the_early_morning_is_not() {
        let registered = |time| registered_and_due(received("2026-04-01", time), Counting::default()).0;
        assert_eq!(registered("00:00"), "2026-04-01");
        assert_eq!(registered("18:30"), "2026-04-02");
    }

    #[test]
    fn what_came_in_on_a_day_off_is_registered_on_the_next_working_day() {
        let sunday = received("2026-03-22", "11:00");
        let said = registered_and_due(sunday, Counting::default());
        assert_eq!(said, ("2026-03-26".to_owned(), "2026-04-15".to_owned()));
    }
}
