//! Kazakhstan's calendar, and what files of others may be like.

use super::*;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn kazakhstan() -> WorkingDays {
    WorkingDays::kazakhstan().unwrap()
}

#[test]
fn kazakhstan_works_246_days_in_2026() {
    assert_eq!(kazakhstan().between(date("2026-01-01"), date("2026-12-31")), Ok(246));
}

#[test]
fn holidays_that_fall_on_a_weekend_move_to_the_days_after_it() {
    let days = kazakhstan();
    for free in ["2026-03-09", "2026-03-24", "2026-03-25", "2026-05-11", "2026-08-31", "2026-10-26"] {
        assert_eq!(days.is_working(date(free)), Ok(false), "{free}");
    }
    for busy in ["2026-03-20", "2026-03-26", "2026-05-12", "2026-09-01", "2026-10-27"] {
        assert_eq!(days.is_working(date(busy)), Ok(true), "{busy}");
    }
}

#[test]
fn a_year_that_was_reckoned_in_advance_says_so() {
    let days = kazakhstan();
    assert_eq!(days.provisional(2026), None);
    assert!(days.provisional(2027).is_some());
    assert_eq!(days.years().collect::<Vec<_>>(), [2026, 2027]);
}

#[test]
fn nothing_is_guessed_of_an_unknown_year() {
    let days = kazakhstan();
    assert_eq!(days.is_working(date("2025-12-31")), Err(UnknownYear(2025)));
    assert_eq!(days.after(date("2027-12-30"), 15), Err(UnknownYear(2028)));
    let said = UnknownYear(2028).to_string();
    assert!(said.contains("2028") && said.contains("add its holidays"), "{said}");
}

#[test]
fn a_weekend_day_that_was_made_a_working_day_counts() {
    let file = r#"{"country": "KZ", "source": "a test", "weekend": ["saturday", "sunday"],
        "years": {"2026": {"off": ["2026-01-05"], "working": ["2026-01-10"]}}}"#;
    let days = WorkingDays::read(file).unwrap();
    assert_eq!(days.after(date("2026-01-09"), 1), Ok(date("2026-01-10")));
    assert_eq!(days.first_from(date("2026-01-03")), Ok(date("2026-01-06")));
}

#[test]
fn a_wrong_calendar_says_what_is_wrong_and_where() {
    let year = |entry: &str| {
        format!(r#"{{"country": "KZ", "source": "", "weekend": ["saturday", "sunday"], "years": {entry}}}"#)
    };
    for (file, said) in [
        (String::new(), "cannot be read"),
        ("[]".to_owned(), "cannot be read"),
        (year(r#"{"2026": {"off": [], "of": []}}"#), "unknown field `of`"),
        (year("{}"), "no year"),
        (year(r#"{"20x6": {"off": []}}"#), "in the year 20x6"),
        (year(r#"{"2026": {"off": ["2026-02-30"]}}"#), "\"2026-02-30\" is no day"),
        (year(r#"{"2026": {"off": ["2027-01-01"]}}"#), "2027-01-01 is a day of another year"),
        (year(r#"{"2026": {"off": ["2026-01-01", "2026-01-01"]}}"#), "stands there twice"),
        (year(r#"{"2026": {"off": ["2026-01-03"], "working": ["2026-01-03"]}}"#), "both off and working"),
        (year(r#"{"2026": {"off": [], "working": ["2026-01-05"]}}"#), "not in a weekend"),
        (
            r#"{"country": "", "source": "", "years": {"2026": {"off": []}}, "weekend": ["monday", "tuesday",
                "wednesday", "thursday", "friday", "saturday", "sunday"]}"#
                .to_owned(),
            "no day on which people work",
        ),
    ] {
        let fault = WorkingDays::read(&file).map(drop).unwrap_err().to_string();
        assert!(fault.contains(said), "{fault:?} of {file}");
    }
}

#[test]
fn the_week_goes_on_through_the_centuries() {
    for (day, name) in [
        ("1900-01-01", Weekday::Monday),
        ("1970-01-01", Weekday::Thursday),
        ("2026-11-23", Weekday::Monday),
        ("2199-12-31", Weekday::Tuesday),
    ] {
        assert_eq!(weekday(date(day)), name, "{day}");
    }
}

proptest! {
    #[test]
    fn counting_there_and_back_agrees(from in 20_454_i32..21_000, count in 0_u32..40) {
        let days = kazakhstan();
        let from = Date::from_days(from).unwrap();
        let to = days.after(from, count).unwrap();
        prop_assert_eq!(days.between(from, to), Ok(count));
        prop_assert!(count == 0 || days.is_working(to).unwrap());
    }
}
