//! Bank accounts: IBAN (ISO 13616), with its two check digits.

use super::{Identifier, Mark, is_between};
use std::ops::Range;

/// Characters of the shortest and the longest IBAN.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;
/// Characters of those of Kazakhstan.
const OF_KAZAKHSTAN: usize = 20;

/// Accounts, as ranges of marks.
pub(super) fn find(marks: &[Mark]) -> Vec<(Range<usize>, Identifier)> {
    let begins = |at: &usize| *at == 0 || !marks[at - 1].char.is_alphanumeric();
    let starts = (0..marks.len()).filter(begins);
    starts.filter_map(|start| Some((start..start + from(&marks[start..])?, Identifier::Account))).collect()
}

/// How many marks an account takes that begins here.
fn from(marks: &[Mark]) -> Option<usize> {
    let mut values: Vec<u8> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        match value(mark) {
            Some(value) => {
                values.push(value);
                ends.push(at + 1);
            }
            None if is_between(mark.char) && !values.is_empty() => continue,
            None => break,
        }
        if values.len() > *LENGTHS.end() {
            break;
        }
    }
    let country = [values.first()?, values.get(1)?];
    let shaped =
        country.iter().all(|value| **value >= 10) && values.iter().skip(2).take(2).all(|value| *value < 10);
    if !shaped {
        return None;
    }
    let is_ours = country == [&20, &35];
    // Words may follow: the longest that its check digits confirm.
    let lengths = LENGTHS.rev().filter(|length| *length <= values.len());
    let mut lengths = lengths.filter(|length| !is_ours || *length == OF_KAZAKHSTAN);
    let length = lengths.find(|length| {
        let ends_here = marks.get(ends[length - 1]).is_none_or(|next| !next.char.is_alphanumeric());
        ends_here && is_sound(&values[..*length])
    })?;
    Some(ends[length - 1])
}

/// Its value in the check: digits are themselves, letters 10 to 35. Cyrillic letters that look like Latin ones are those.
fn value(mark: &Mark) -> Option<u8> {
    if let Some(digit) = mark.digit {
        return Some(digit);
    }
    let latin = match mark.char.to_uppercase().next()? {
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'Х' => 'X',
        char => char,
    };
    let place = u32::from(latin).checked_sub(u32::from('A')).filter(|place| *place < 26)?;
    u8::try_from(place + 10).ok()
}

/// The check of ISO 7064 (MOD 97-10), with the first four at the end.
fn is_sound(values: &[u8]) -> bool {
    let (head, rest) = values.split_at(4);
    let remainder = rest.iter().chain(head).fold(0u32, |remainder, value| {
        let shift = if *value < 10 { 10 } else { 100 };
        (remainder * shift + u32::from(*value)) % 97
    });
    remainder == 1
}
