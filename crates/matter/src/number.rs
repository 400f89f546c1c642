//! The public number of a matter: `2026-17-4` is the 17th of its survey in 2026, and 4 checks the rest.
//!
//! Citizens read it aloud and write it down. The check digit (Damm, "Total anti-symmetrische Quasigruppen", 2004) finds
//! every single wrong digit and every two neighbours that changed places.

use std::fmt;
use std::str::FromStr;

/// A totally anti-symmetric quasigroup of order ten with zeros on its diagonal.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// What a citizen calls a matter. Numbers of a survey are in the order in which its matters were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatterNumber {
    year: u16,
    serial: u32,
}

/// A text that is no number of a matter, or one that was written down wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl MatterNumber {
    /// The matter that was opened in a year of four digits as the one with this serial number, counted from one.
    #[must_use]
    pub fn new(year: u16, serial: u32) -> Option<Self> {
        ((1000..=9999).contains(&year) && serial > 0).then_some(Self { year, serial })
    }

    /// The year in which it was opened.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// Which of its survey and year it is, counted from one.
    #[must_use]
    pub fn serial(self) -> u32 {
        self.serial
    }

    fn check(self) -> u8 {
        let digits = format!("{}{}", self.year, self.serial);
        let next = |interim: u8, digit: u8| {
            let row = DAMM.get(usize::from(interim)).unwrap_or(&DAMM[0]);
            row.get(usize::from(digit - b'0')).copied().unwrap_or_default()
        };
        digits.bytes().fold(0, next)
    }
}

impl fmt::Display for MatterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.year, self.serial, self.check())
    }
}

impl FromStr for MatterNumber {
    type Err = NotANumber;

    /// As people write it: with spaces, with another dash, with zeros in front of the serial number.
    fn from_str(written: &str) -> Result<Self, NotANumber> {
        let plain: String = written.chars().filter(|sign| !sign.is_whitespace()).collect();
        let parts: Vec<&str> = plain.split(['-', '‐', '‑', '–', '—', '−', '/']).collect();
        let [year, serial, check] = parts[..] else { return Err(NotANumber) };
        let number = Self::new(digits(year, 4)?, digits(serial, 12)?).ok_or(NotANumber)?;
        if digits::<u8>(check, 1)? == number.check() { Ok(number) } else { Err(NotANumber) }
    }
}

fn digits<T: FromStr>(part: &str, most: usize) -> Result<T, NotANumber> {
    let plain = !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
    if plain { part.parse().map_err(|_| NotANumber) } else { Err(NotANumber) }
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not the number of a matter: it looks like 2026-17-4, and its last digit checks the others",
        )
    }
}

impl std::error::Error for NotANumber {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(year: u16, serial: u32) -> MatterNumber {
        MatterNumber::new(year, serial).unwrap()
    }

    #[test]
    fn the_check_digit_is_that_of_the_method() {
        // The example of the method: 572 has the check digit 4.
        let interim =
            b"572".iter().fold(0_u8, |row, digit| DAMM[usize::from(row)][usize::from(digit - b'0')]);
        assert_eq!(interim, 4);
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let written = number(2026, 17).to_string();
        assert_eq!(written.parse(), Ok(number(2026, 17)));
        assert_eq!(format!(" {} ", written.replace('-', " – ")).parse(), Ok(number(2026, 17)));
        assert_eq!(written.replace("-17-", "-0017-").parse(), Ok(number(2026, 17)));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for written in
            ["", "2026", "2026-17", "2026-0-2", "2026-x-1", "26-17-4", "2026-17-4-1", "2026-99999999999-1"]
        {
            assert_eq!(written.parse::<MatterNumber>(), Err(NotANumber), "{written}");
        }
        assert_eq!(MatterNumber::new(999, 1), None);
        assert_eq!(MatterNumber::new(2026, 0), None);
    }

    proptest! {
        #[test]
        fn one_wrong_digit_and_two_that_changed_places_are_found(
            year in 1000_u16..=9999, serial in 1_u32..=u32::MAX, at in 0_usize..15, digit in 0_u8..10
        ) {
            let written = number(year, serial).to_string();
            prop_assert_eq!(written.parse::<MatterNumber>(), Ok(number(year, serial)));
            let mut wrong: Vec<u8> = written.bytes().collect();
            let at = at % wrong.len();
            prop_assume!(wrong[at] != b'-' && wrong[at] != b'0' + digit);
            wrong[at] = b'0' + digit;
            let wrong = String::from_utf8(wrong).unwrap();
            // A zero in front of the serial number is one more that nobody misses.
            prop_assume!(wrong.split('-').nth(1).is_some_and(|serial| !serial.starts_with('0')));
            prop_assert_eq!(wrong.parse::<MatterNumber>(), Err(NotANumber));
            let mut swapped: Vec<u8> = written.bytes().collect();
            prop_assume!(at + 1 < swapped.len() && swapped[at] != b'-' && swapped[at + 1] != b'-');
            prop_assume!(swapped[at] != swapped[at + 1] && swapped[at + 1] != b'0');
            swapped.swap(at, at + 1);
            prop_assert_eq!(String::from_utf8(swapped).unwrap().parse::<MatterNumber>(), Err(NotANumber));
        }
    }
}
