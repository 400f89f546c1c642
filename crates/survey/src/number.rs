//! Exact decimal numbers: what a citizen types into a number question and what an expression computes.
//!
//! A number is a whole count of millionths. Binary floats appear only where JSON has nothing else, and they are neither
//! printed nor compared here: the browser downloads this, and the code that prints a float is long.

use serde_json::Value;

/// An exact decimal with six places, at most 999 999 999 999.999999 either side of zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i64);

/// Millionths in one.
const ONE: i64 = 1_000_000;
/// Decimal places at most.
pub(crate) const PLACES: usize = 6;
const LARGEST: i64 = 999_999_999_999_999_999;
/// JSON numbers are read as binary floats by most programs, which keep fifteen decimal digits and no more.
const MOST_DIGITS: usize = 15;
const MOST_WHOLE_DIGITS: usize = 12;

impl Number {
    /// Nothing at all, as an amount.
    pub const ZERO: Self = Self(0);

    /// A number of so many millionths, when it is within bounds.
    #[must_use]
    pub fn from_millionths(millionths: i64) -> Option<Self> {
        (-LARGEST..=LARGEST).contains(&millionths).then_some(Self(millionths))
    }

    /// The number as a count of millionths.
    #[must_use]
    pub fn millionths(self) -> i64 {
        self.0
    }

    /// How many decimal places it has.
    #[must_use]
    pub fn places(self) -> usize {
        let mut rest = self.0 % ONE;
        let mut places = PLACES;
        while places > 0 && rest % 10 == 0 {
            rest /= 10;
            places -= 1;
        }
        places
    }

    /// A whole number, when it is within bounds.
    #[must_use]
    pub fn from_whole(whole: i64) -> Option<Self> {
        whole.checked_mul(ONE).and_then(Self::from_millionths)
    }

    /// The number as an integer, when nothing follows the decimal point.
    #[must_use]
    pub fn whole(self) -> Option<i64> {
        (self.0 % ONE == 0).then_some(self.0 / ONE)
    }

    /// Reads a number as people type it: `1 234,5`, `−3`, `+0.25`, digits of any keyboard.
    ///
    /// Spaces may stand between groups of three digits; the comma and the point are both decimal marks, so that
    /// `1,000` is one and `1,000.50` is nothing. At most twelve digits before the mark, six after it, and fifteen
    /// altogether.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(is_space);
        let unsigned = text.strip_prefix(['-', '\u{2212}']);
        let negative = unsigned.is_some();
        let digits = unsigned.or_else(|| text.strip_prefix('+')).unwrap_or(text);
        let millionths = read_digits(digits.trim_start_matches(is_space))?;
        Some(Self(if negative { -millionths } else { millionths }))
    }

    /// Reads a JSON number that stands for a decimal of at most six places.
    ///
    /// A float is taken when it is the one nearest to such a decimal: every text that [`Self::parse`] takes comes back
    /// exactly, and 0.1234567 is refused.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        if let Some(whole) = value.as_i64() {
            return Self::from_whole(whole);
        }
        let float = value.as_f64()?;
        let mut power = 1_i64;
        while power <= ONE {
            let decimal = nearest_integer(float * power as f64)?;
            if same(decimal as f64 / power as f64, float) {
                return decimal.checked_mul(ONE / power).and_then(Self::from_millionths);
            }
            power *= 10;
        }
        None
    }

    /// The number in JSON: an integer when it is whole.
    #[must_use]
    pub fn to_value(self) -> Value {
        if let Some(whole) = self.whole() {
            return Value::from(whole);
        }
        // The shortest fraction: a quotient of two integers that a float holds is the float nearest to the decimal.
        let (mut top, mut bottom) = (self.0, ONE);
        while top % 10 == 0 {
            top /= 10;
            bottom /= 10;
        }
        Value::from(top as f64 / bottom as f64)
    }

    /// The number in plain digits with a point: `-12.5`.
    #[must_use]
    pub fn to_plain(self) -> String {
        let mut digits = [b'0'; PLACES + MOST_WHOLE_DIGITS];
        let mut rest = self.0.unsigned_abs();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let (whole, places) = digits.split_at(MOST_WHOLE_DIGITS);
        let first = whole.iter().position(|digit| *digit != b'0').unwrap_or(MOST_WHOLE_DIGITS - 1);
        let last = places.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
        let mut text = String::new();
        if self.0 < 0 {
            text.push('-');
        }
        text.extend(whole[first..].iter().map(|digit| char::from(*digit)));
        if last > 0 {
            text.push('.');
        }
        text.extend(places[..last].iter().map(|digit| char::from(*digit)));
        text
    }

    /// The sum, when it is within bounds.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        // Neither addend exceeds 10^18, so that the sum of two fits 64 bits.
        Self::from_millionths(self.0 + other.0)
    }

    /// The difference, when it is within bounds.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negative())
    }

    /// The product, rounded half away from zero at the sixth place, when it is within bounds.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let size = multiply_divide(self.0.unsigned_abs(), other.0.unsigned_abs(), ONE.unsigned_abs())?;
        Self::signed(size, (self.0 < 0) != (other.0 < 0))
    }

    /// The quotient, rounded half away from zero at the sixth place; nothing when it divides by zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let size = multiply_divide(self.0.unsigned_abs(), ONE.unsigned_abs(), other.0.unsigned_abs())?;
        Self::signed(size, (self.0 < 0) != (other.0 < 0))
    }

    /// The number on the other side of zero.
    #[must_use]
    pub fn negative(self) -> Self {
        Self(-self.0)
    }

    /// Rounded half away from zero to so many decimal places, when it stays within bounds.
    #[must_use]
    pub fn round(self, places: u8) -> Option<Self> {
        let Some(cut) = PLACES.checked_sub(usize::from(places)) else { return Some(self) };
        let unit = 10_i64.pow(cut as u32);
        let half = if self.0 < 0 { -unit / 2 } else { unit / 2 };
        Self::from_millionths((self.0 + half) / unit * unit)
    }

    fn signed(size: u64, negative: bool) -> Option<Self> {
        let size = i64::try_from(size).ok()?;
        Self::from_millionths(if negative { -size } else { size })
    }
}

/// A space that may group digits: the plain one, the ones that do not break, the thin one.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\t')
}

/// The value of a digit: of ASCII, Arabic-Indic, Persian or full width.
fn digit(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(i64::from(c as u32 - zero as u32))
}

/// Millionths from digits with at most one decimal mark.
fn read_digits(text: &str) -> Option<i64> {
    let (mut value, mut whole, mut significant) = (0_i64, 0_usize, 0_usize);
    let mut places = None;
    // Digits since the last space between groups, once there was one.
    let mut group = None;
    for c in text.chars() {
        if let Some(digit) = digit(c) {
            value = value.checked_mul(10)?.checked_add(digit)?;
            significant += usize::from(value > 0);
            match &mut places {
                Some(places) => *places += 1,
                None => {
                    whole += 1;
                    group = group.map(|group| group + 1);
                }
            }
        } else if matches!(c, ',' | '.') && places.is_none() {
            places = Some(0);
        } else if is_space(c) && places.is_none() && (1..=3).contains(&group.unwrap_or(whole)) {
            if group.is_some_and(|group| group != 3) {
                return None;
            }
            group = Some(0);
        } else {
            return None;
        }
    }
    let places = places.unwrap_or(0);
    let sound = whole + places > 0
        && whole <= MOST_WHOLE_DIGITS
        && places <= PLACES
        && significant <= MOST_DIGITS
        && group.is_none_or(|group| group == 3);
    // Twelve digits before the mark leave room for six after it.
    sound.then(|| value.checked_mul(10_i64.pow((PLACES - places) as u32))).flatten()
}

/// The integer nearest to a float, when a float still tells integers of its size apart.
fn nearest_integer(float: f64) -> Option<i64> {
    const APART: f64 = 9_007_199_254_740_992.0;
    (float.abs() < APART).then(|| (float + if float < 0.0 { -0.5 } else { 0.5 }) as i64)
}

/// The same float, bit for bit: a decimal has exactly one that is nearest to it.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

/// `a × b ÷ by`, rounded half up; nothing when it divides by zero or does not fit.
///
/// Long division by hand: the compiler's own division of 128 bits is a kilobyte of code for the browser.
fn multiply_divide(a: u64, b: u64, by: u64) -> Option<u64> {
    if by == 0 {
        return None;
    }
    let product = u128::from(a) * u128::from(b);
    let (high, low) = ((product >> 64) as u64, product as u64);
    let (mut quotient, mut rest) = (0_u64, 0_u64);
    for word in [high, low] {
        for bit in (0..64).rev() {
            // `by` is below 2^60, so that twice the rest fits.
            rest = rest << 1 | (word >> bit & 1);
            quotient = quotient.checked_mul(2)?;
            if rest >= by {
                rest -= by;
                quotient += 1;
            }
        }
    }
    quotient.checked_add(u64::from(rest >= by - rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for (typed, plain) in [
            ("12", "12"),
            ("  -12,50 ", "-12.5"),
            ("+0.25", "0.25"),
            (".5", "0.5"),
            ("5.", "5"),
            ("\u{2212}3", "-3"),
            ("- 3", "-3"),
            ("-0", "0"),
            ("1 234 567,89", "1234567.89"),
            ("1\u{a0}234\u{202f}567", "1234567"),
            ("٣٫".trim_end_matches('٫'), "3"),
            ("۱۲", "12"),
            ("12.5", "12.5"),
            ("007", "7"),
            ("999 999 999 999", "999999999999"),
            ("999999999.999999", "999999999.999999"),
        ] {
            assert_eq!(Number::parse(typed).map(Number::to_plain).as_deref(), Some(plain), "{typed:?}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_not_read() {
        for typed in [
            "",
            " ",
            "-",
            "+",
            ".",
            ",",
            "--1",
            "-\u{2212}1",
            "+-1",
            "1,000.50",
            "1.000.000",
            "1 23",
            "12 34 567",
            "1234 567",
            "1  234",
            "1 234 ,5",
            "1,234 567",
            "0x10",
            "1e3",
            "१",
            "²",
            "½",
            "12a",
            "1234567890123",
            "0.1234567",
            "123456789012.1234",
            "NaN",
            "∞",
            "99999999999999999999999999",
        ] {
            assert_eq!(Number::parse(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn json_is_read_when_it_is_a_decimal_of_six_places() {
        for (value, plain) in [
            (json!(7), "7"),
            (json!(-5), "-5"),
            (json!(0.1), "0.1"),
            (json!(2.0), "2"),
            (json!(0.000001), "0.000001"),
            (json!(99_999_999_999.99), "99999999999.99"),
        ] {
            assert_eq!(Number::from_json(&value).map(Number::to_plain).as_deref(), Some(plain), "{value}");
        }
        for value in [
            json!("7"),
            json!(null),
            json!(0.1234567),
            json!(1e300),
            json!(1e12),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(5e-324),
        ] {
            assert_eq!(Number::from_json(&value), None, "{value}");
        }
    }

    #[test]
    fn arithmetic_is_exact_and_rounds_half_away_from_zero() {
        assert_eq!(number("0.1").plus(number("0.2")), Some(number("0.3")));
        assert_eq!(number("1").minus(number("1.5")), Some(number("-0.5")));
        assert_eq!(number("-2.5").times(number("4")), Some(number("-10")));
        assert_eq!(number("0.000001").times(number("0.5")), Some(number("0.000001")));
        assert_eq!(number("2").over(number("3")), Some(number("0.666667")));
        assert_eq!(number("-2").over(number("3")), Some(number("-0.666667")));
        assert_eq!(number("2").over(Number::ZERO), None);
        assert_eq!(number("999999999999").plus(number("1")), None);
        assert_eq!(number("999999999999").times(number("2")), None);
        assert_eq!(number("999999999999").over(number("0.000001")), None);
        assert_eq!(number("2.5").round(0), Some(number("3")));
        assert_eq!(number("-2.5").round(0), Some(number("-3")));
        assert_eq!(number("2.345").round(2), Some(number("2.35")));
        assert_eq!(number("2.345").round(9), Some(number("2.345")));
        assert_eq!(Number(LARGEST).round(0), None);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in ".*") {
            let _ = Number::parse(&text);
        }

        #[test]
        fn plain_text_comes_back(millionths in -LARGEST..=LARGEST) {
            let number = Number(millionths);
            let read = Number::parse(&number.to_plain());
            let digits = number.to_plain().trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
            prop_assert_eq!(read, (digits <= MOST_DIGITS).then_some(number));
        }

        #[test]
        fn what_can_be_typed_comes_back_from_json_text(digits in 0_i64..1_000_000_000_000_000, places in 0_u32..=6) {
            let number = Number::from_millionths(digits.checked_mul(10_i64.pow(6 - places)).unwrap_or(digits)).unwrap_or(Number(digits));
            let text = number.to_value().to_string();
            prop_assert_eq!(Number::from_json(&serde_json::from_str(&text).unwrap()), Some(number));
        }

        #[test]
        fn products_and_quotients_agree_with_wide_arithmetic(a in -LARGEST..=LARGEST, b in -LARGEST..=LARGEST, small in -5_000_000_i64..=5_000_000) {
            let rounded = |top: i128, by: i128| {
                let size = (top.abs() * 2 + by.abs()) / (by.abs() * 2);
                i64::try_from(if (top < 0) == (by < 0) { size } else { -size }).ok().and_then(Number::from_millionths)
            };
            prop_assert_eq!(Number(a).times(Number(small)), rounded(i128::from(a) * i128::from(small), i128::from(ONE)));
            if b != 0 {
                prop_assert_eq!(Number(a).over(Number(b)), rounded(i128::from(a) * i128::from(ONE), i128::from(b)));
            }
            if small != 0 {
                prop_assert_eq!(Number(a).over(Number(small)), rounded(i128::from(a) * i128::from(ONE), i128::from(small)));
            }
        }
    }
}
