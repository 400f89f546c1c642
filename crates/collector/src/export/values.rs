//! The values of cells as programs count them: days, seconds, floats.

use survey::columns::{Column, Representation};
use survey::number::Number;

/// Days from 1582-10-14, where SPSS begins to count, to 1970-01-01.
pub(super) const SPSS_EPOCH: i32 = 141_428;

/// Days from 1899-12-30, where Excel does, to 1970-01-01.
pub(super) const EXCEL_EPOCH: i32 = 25_569;

/// Characters at most of words that have no bound of their own, such as those that are worked out.
const UNBOUNDED: usize = 1000;

/// A whole number that every float holds, with the millionths of it.
const EXACT: i64 = 1 << 53;

/// Days since 1970-01-01 of a day (`2026-03-05`) or of the first of a month (`2026-03`).
pub(super) fn days(text: &str) -> Option<i32> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(1))?);
    // Years begin in March here, so that the day of a leap year is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// Seconds since midnight of a time (`14:30`).
pub(super) fn seconds(text: &str) -> Option<i32> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60)
}

/// The float nearest to a number.
pub(super) fn float(number: Number) -> f64 {
    let millionths = number.millionths();
    if millionths.abs() < EXACT {
        // Both are exact, so that their quotient is the nearest.
        return millionths as f64 / 1e6;
    }
    number.to_plain().parse().unwrap_or(f64::NAN)
}

/// Characters at most in a column of words.
pub(super) fn width(column: &Column) -> usize {
    column.width.unwrap_or(UNBOUNDED).max(1)
}

/// Of a text, as much from its beginning as fits so many bytes, cut between characters.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether a column is one of words.
pub(super) fn is_text(column: &Column) -> bool {
    column.representation == Representation::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_through_leap_years_and_centuries() {
        for (text, expected) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2026-03-05", 20_517),
            ("1900-03-01", -25_508),
            ("2026-03", 20_513),
        ] {
            assert_eq!(days(text), Some(expected), "{text}");
        }
        assert_eq!(days("1582-10-14"), Some(-SPSS_EPOCH));
        assert_eq!(days("1899-12-30"), Some(-EXCEL_EPOCH));
        assert_eq!(days("today"), None);
        assert_eq!(seconds("08:15"), Some(29_700));
    }

    #[test]
    fn a_float_is_the_one_nearest_to_the_decimal() {
        for text in ["0.1", "-12.5", "123456789.123456", "999999999999.999", "0.000001"] {
            assert_eq!(float(Number::parse(text).unwrap()).to_string(), text);
        }
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("ӘҒҚ", 5), "ӘҒ");
        assert_eq!(cut("ӘҒҚ", 6), "ӘҒҚ");
        assert_eq!(cut("\u{1F600}", 3), "");
    }
}
