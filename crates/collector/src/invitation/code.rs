//! The code of an invitation: eight characters that are read out, copied from paper and typed in any alphabet.

use crate::random::{self, NoRandomness, Random};
use crate::typed::characters;
use std::fmt;

/// A code: seven random characters and one by which a slip is noticed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Code(String);

/// Latin letters and digits without those that are taken for others: 0, O, 1, I, L (domain §5.3, T2). Their number is a
/// prime, so that one wrong character, and any two that changed places, are noticed.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// Characters of a code, and of each of its groups.
const LENGTH: usize = 8;
const GROUP: usize = 4;

/// How many codes there are that somebody could guess: 31 to the seventh, some 2 to the 35th.
#[cfg(test)]
const POSSIBLE: u64 = 31_u64.pow(7);

impl Code {
    /// A new one, of which nobody knows anything.
    pub(crate) fn new(random: &Random) -> Result<Self, NoRandomness> {
        let mut values = Vec::with_capacity(LENGTH);
        while values.len() < LENGTH - 1 {
            let bytes = random::bytes::<16>(random)?;
            // The bytes from 248 on would make the first characters of the alphabet likelier.
            let fair = bytes.into_iter().filter(|byte| usize::from(*byte) < ALPHABET.len() * 8);
            values
                .extend(fair.map(|byte| usize::from(byte) % ALPHABET.len()).take(LENGTH - 1 - values.len()));
        }
        // The weighted sum of all eight is to be a multiple of 31; the inverse of 8 is 4.
        values.push((ALPHABET.len() - weighted(&values)) * 4 % ALPHABET.len());
        Ok(Self(values.into_iter().map(|value| char::from(ALPHABET[value])).collect()))
    }

    /// Reads a code as people write it down; `None` when it cannot be one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let code: String = characters(text, LENGTH + 1).map(as_meant).collect();
        let value = |byte: u8| ALPHABET.iter().position(|known| *known == byte);
        let values: Vec<usize> = code.bytes().map(value).collect::<Option<_>>()?;
        (values.len() == LENGTH && weighted(&values) == 0).then_some(Self(code))
    }

    /// Its eight characters.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Its characters in two groups, as they are printed.
    pub(crate) fn printed(&self) -> String {
        format!("{}-{}", &self.0[..GROUP], &self.0[GROUP..])
    }
}

/// The sum of the values, each times its place, counted from one.
fn weighted(values: &[usize]) -> usize {
    values.iter().zip(1..).map(|(value, place)| value * place).sum::<usize>() % ALPHABET.len()
}

/// The digit that a Cyrillic letter looks like.
fn as_meant(c: char) -> char {
    if c == 'З' { '3' } else { c }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(number: usize) -> Vec<Code> {
        (0..number).map(|_| Code::new(&random::system()).unwrap()).collect()
    }

    #[test]
    fn a_code_is_read_as_it_is_printed_and_as_people_type_it() {
        for code in codes(500) {
            let printed = code.printed();
            assert_eq!(printed.len(), 9);
            assert_eq!(Code::read(&printed), Some(code.clone()));
            assert_eq!(Code::read(&printed.to_lowercase().replace('-', " ")), Some(code.clone()));
            let cyrillic: String = printed
                .chars()
                .map(|c| "ABCEHKMPTYX3".find(c).map_or(c, |at| "АВСЕНКМРТУХЗ".chars().nth(at).unwrap()))
                .collect();
            assert_eq!(Code::read(&cyrillic), Some(code.clone()), "{cyrillic}");
            assert_eq!(Code::read(&cyrillic.to_lowercase()), Some(code), "{cyrillic}");
        }
    }

    #[test]
    fn one_wrong_character_and_two_that_changed_places_are_noticed() {
        for code in codes(50) {
            let right: Vec<char> = code.reveal().chars().collect();
            for place in 0..LENGTH {
                for other in ALPHABET.iter().map(|byte| char::from(*byte)).filter(|c| *c != right[place]) {
                    let mut wrong = right.clone();
                    wrong[place] = other;
                    assert_eq!(Code::read(&wrong.iter().collect::<String>()), None);
                }
                for with in 0..place {
                    let mut wrong = right.clone();
                    wrong.swap(place, with);
                    let changed = wrong != right;
                    assert_eq!(Code::read(&wrong.iter().collect::<String>()).is_none(), changed);
                }
            }
        }
    }

    #[test]
    fn what_is_no_code_is_not_read() {
        for text in ["", "ABCD", "0OIL1111", "+7 балл", &"2".repeat(9), &"ß".repeat(8), &"A".repeat(100_000)]
        {
            assert_eq!(Code::read(text), None, "{}", text.len());
        }
    }

    #[test]
    fn a_guess_meets_one_of_a_hundred_thousand_codes_once_in_275_thousand() {
        assert_eq!(POSSIBLE / 100_000, 275_126);
    }

    #[test]
    fn a_code_cannot_be_printed_by_debug() {
        assert_eq!(format!("{:?}", codes(1)[0]), "Code(***)");
    }
}
