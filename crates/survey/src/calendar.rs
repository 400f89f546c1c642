//! Days, months and times of the day, without a clock or a time zone: the caller says what day it is.

use crate::fold::fold;

/// A day of the Gregorian calendar from 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // In this order, so that the derived comparison is that of time.
    year: i16,
    month: u8,
    day: u8,
}

/// A month of a year from 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: u8,
}

/// A time of the day, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    hour: u8,
    minute: u8,
}

impl Date {
    /// The day, when there is such a day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::new(year, month)?;
        (1..=month.days()).contains(&day).then_some(Self { year: month.year, month: month.month, day })
    }

    /// The year, from 1900 to 2199.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// Reads `2026-03-05`, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = fields(text, "9999-99-99")?;
        Self::new(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day as `2026-03-05`.
    #[must_use]
    pub fn to_text(self) -> String {
        let mut text = Month { year: self.year, month: self.month }.to_text();
        text.push('-');
        push_two(&mut text, self.day);
        text
    }

    /// Days since 1970-01-01, below zero before it.
    #[must_use]
    pub fn days(self) -> i32 {
        // Years are counted from March, so that the day of a leap year comes last.
        let january_or_february = i32::from(self.month <= 2);
        let year = self.year() - january_or_february;
        let month = i32::from(self.month) + 12 * january_or_february - 3;
        let in_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        365 * year + year / 4 - year / 100 + year / 400 + in_year - 719_468
    }

    /// The day so many days after 1970-01-01, when its year is from 1900 to 2199.
    #[must_use]
    pub fn from_days(days: i32) -> Option<Self> {
        // From 1900-01-01 to 2199-12-31. Four hundred years have 146,097 days, so that the year is this one or the next
        // but one at most.
        if !(-25_567..=84_005).contains(&days) {
            return None;
        }
        let year = 1969 + (days * 400).div_euclid(146_097);
        let mut first = Self::new(year.max(1900), 1, 1)?;
        while let Some(next) = Self::new(first.year() + 1, 1, 1).filter(|next| next.days() <= days) {
            first = next;
        }
        let mut left = days - first.days();
        let mut month = Month { year: first.year, month: 1 };
        while left >= i32::from(month.days()) {
            left -= i32::from(month.days());
            month.month += 1;
        }
        Self::new(first.year(), month.month, u8::try_from(left + 1).ok()?)
    }

    /// The day so many days later, or earlier when below zero.
    #[must_use]
    pub fn add_days(self, days: i32) -> Option<Self> {
        self.days().checked_add(days).and_then(Self::from_days)
    }

    /// Whole years from this day to a later one, as an age is counted: who was born on 29 February is a year older on
    /// 1 March of a common year. Below zero when `later` is earlier.
    #[must_use]
    pub fn years_until(self, later: Self) -> i32 {
        later.year() - self.year() - i32::from((later.month, later.day) < (self.month, self.day))
    }
}

impl Month {
    /// The month, when there is such a month.
    #[must_use]
    pub fn new(year: i32, month: u8) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|year| (1900..=2199).contains(year))?;
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// The year, from 1900 to 2199.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month of the year, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> u8 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Reads `2026-03`, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month] = fields(text, "9999-99")?;
        Self::new(i32::from(year), u8::try_from(month).ok()?)
    }

    /// The month as `2026-03`.
    #[must_use]
    pub fn to_text(self) -> String {
        let mut text = String::with_capacity(10);
        let year = self.year.unsigned_abs();
        push_two(&mut text, (year / 100) as u8);
        push_two(&mut text, (year % 100) as u8);
        text.push('-');
        push_two(&mut text, self.month);
        text
    }
}

impl Time {
    /// The time, when there is such a time.
    #[must_use]
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }

    /// The hour, from 0 to 23.
    #[must_use]
    pub fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, from 0 to 59.
    #[must_use]
    pub fn minute(self) -> u8 {
        self.minute
    }

    /// Reads `14:30`, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [hour, minute] = fields(text, "99:99")?;
        Self::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?)
    }

    /// The time as `14:30`.
    #[must_use]
    pub fn to_text(self) -> String {
        let mut text = String::with_capacity(5);
        push_two(&mut text, self.hour);
        text.push(':');
        push_two(&mut text, self.minute);
        text
    }
}

/// The numbers of a text that has a digit wherever `shape` has a nine, and otherwise what `shape` has.
fn fields<const N: usize>(text: &str, shape: &str) -> Option<[u16; N]> {
    let mut fields = [0; N];
    let mut field = 0;
    if text.len() != shape.len() {
        return None;
    }
    for (c, expected) in text.bytes().zip(shape.bytes()) {
        match expected {
            b'9' if c.is_ascii_digit() => {
                let number = fields.get_mut(field)?;
                *number = *number * 10 + u16::from(c - b'0');
            }
            b'9' => return None,
            _ if c == expected => field += 1,
            _ => return None,
        }
    }
    Some(fields)
}

fn push_two(text: &mut String, number: u8) {
    text.push(char::from(b'0' + number / 10));
    text.push(char::from(b'0' + number % 10));
}

/// Each month in Kazakh, Russian (as a title and in a date) and English.
const MONTHS: [&str; 12] = [
    "қаңтар январь января january",
    "ақпан февраль февраля february",
    "наурыз март марта march",
    "сәуір апрель апреля april",
    "мамыр май мая may",
    "маусым июнь июня june",
    "шілде июль июля july",
    "тамыз август августа august",
    "қыркүйек сентябрь сентября september",
    "қазан октябрь октября october",
    "қараша ноябрь ноября november",
    "желтоқсан декабрь декабря december",
];

/// The month, from 1, that a citizen typed: its number, or at least the first three letters of its name in Kazakh,
/// Russian or English, when no other month begins so.
#[must_use]
pub fn month_named(typed: &str) -> Option<u8> {
    let typed = fold(typed);
    if let Ok(number) = typed.parse::<u8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    if typed.chars().count() < 3 {
        return None;
    }
    let mut found = None;
    for (month, names) in (1..).zip(MONTHS) {
        if fold(names).split(' ').any(|name| name.starts_with(&typed)) && found.replace(month).is_some() {
            return None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn only_days_that_there_are_can_be_made() {
        for text in ["2024-02-29", "2000-02-29", "1900-01-01", "2199-12-31", "2026-03-05"] {
            assert_eq!(date(text).to_text(), text);
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2100-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "1899-12-31",
            "2200-01-01",
            "2026-3-5",
            "05.03.2026",
            "2026-03-05T",
            "",
            "2026-03-0x",
            "٢٠٢٦-03-05",
            "2026‐03‐05",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_of_three_centuries_follows_the_one_before() {
        let mut day = date("1900-01-01");
        assert_eq!(day.days(), -25_567);
        assert_eq!(date("1970-01-01").days(), 0);
        while let Some(next) = day.add_days(1) {
            assert!(next > day && next.days() == day.days() + 1, "{}", day.to_text());
            assert_eq!(Date::from_days(next.days()), Some(next));
            day = next;
        }
        assert_eq!(day.to_text(), "2199-12-31");
        assert_eq!((day.days(), date("1900-01-01").add_days(-1)), (84_005, None));
    }

    #[test]
    fn an_age_is_counted_in_whole_years() {
        for (born, on, years) in [
            ("2008-03-05", "2026-03-04", 17),
            ("2008-03-05", "2026-03-05", 18),
            ("2008-02-29", "2026-02-28", 17),
            ("2008-02-29", "2026-03-01", 18),
            ("2026-03-05", "2026-03-05", 0),
            ("2026-03-06", "2026-03-05", -1),
        ] {
            assert_eq!(date(born).years_until(date(on)), years, "{born} {on}");
        }
    }

    #[test]
    fn months_and_times_are_read_and_written() {
        assert_eq!(Month::parse("2026-03").map(Month::to_text).as_deref(), Some("2026-03"));
        assert_eq!(Time::parse("14:05").map(Time::to_text).as_deref(), Some("14:05"));
        assert!(Month::parse("2026-13").is_none() && Month::parse("2026-3").is_none());
        for text in ["24:00", "12:60", "9:30", "12.30", "12:3", "", "12:30:00"] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_known_by_every_name_and_every_start_of_three_letters() {
        for (month, names) in (1..).zip(MONTHS) {
            for name in names.split(' ') {
                for length in 3..=name.chars().count() {
                    let start: String = name.chars().take(length).collect();
                    assert_eq!(month_named(&start), Some(month), "{start}");
                    assert_eq!(month_named(&start.to_uppercase()), Some(month), "{start}");
                }
            }
            assert_eq!(month_named(&month.to_string()), Some(month));
        }
    }

    #[test]
    fn a_month_is_known_as_it_is_typed() {
        for (typed, month) in [
            ("Кантар", Some(1)),
            ("янв.", Some(1)),
            ("мау", Some(6)),
            ("мам", Some(5)),
            ("мар", Some(3)),
            ("май", Some(5)),
            ("мая", Some(5)),
            ("қар", Some(11)),
            ("каз", Some(10)),
            ("кыркуйек", Some(9)),
            ("сауiр", Some(4)),
            ("шiлде", Some(7)),
            (" 03 ", Some(3)),
            ("ма", None),
            ("13", None),
            ("0", None),
            ("", None),
            ("мартобря", None),
        ] {
            assert_eq!(month_named(typed), month, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_a_reader(text in ".*") {
            let _ = (Date::parse(&text), Month::parse(&text), Time::parse(&text), month_named(&text));
        }
    }
}
