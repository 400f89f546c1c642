//! Identifiers of people in free text: found in any spacing and in any digits, and covered before anything is written.
//!
//! Identity numbers (IIN) and numbers of organizations (BIN) of Kazakhstan, telephone numbers, e-mail addresses, payment
//! cards and bank accounts (IBAN). Numbers are told from other numbers by their check digits; where there are none (a
//! telephone), by how such numbers begin. What is covered leaves a token that says what stood there and is no longer
//! than it was, so that a text never outgrows its column.

mod account;
mod address;
mod numbers;

use crate::answer::Answers;
use crate::definition::Survey;
use crate::domain::words::Form;
use crate::typed::{self, Source};
use std::ops::Range;

/// What identifies somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identifier {
    /// Individual identification number (ЖСН, ИИН).
    Iin,
    /// Business identification number (БСН, БИН).
    Bin,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// The number of a payment card.
    Card,
    /// A bank account, as an IBAN.
    Account,
}

impl Identifier {
    /// What stands in its place, in words that Kazakh and Russian have in common.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::Iin => "[ЖСН/ИИН]",
            Self::Bin => "[БСН/БИН]",
            Self::Phone => "[телефон]",
            Self::Email => "[@]",
            Self::Card => "[карта]",
            Self::Account => "[IBAN]",
        }
    }
}

/// One character with what it means in a number.
struct Mark {
    /// Where it begins in the text, in bytes.
    at: usize,
    char: char,
    /// Its value, for a digit of any script.
    digit: Option<u8>,
}

/// Where identifiers stand in a text, in bytes: in order, none within another.
#[must_use]
pub fn find(text: &str) -> Vec<(Range<usize>, Identifier)> {
    let marks: Vec<Mark> =
        text.char_indices().map(|(at, char)| Mark { at, char, digit: digit(char) }).collect();
    let mut found = address::find(&marks);
    found.extend(account::find(&marks));
    found.extend(numbers::find(&marks));
    let end = |at: usize| marks.get(at).map_or(text.len(), |mark| mark.at);
    // Where two lie over each other, the one that begins first stands; of two that begin together, the longer.
    found.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
    let mut free = 0;
    found.retain(|(range, _)| {
        let stands = range.start >= free;
        free = if stands { range.end } else { free };
        stands
    });
    found.into_iter().map(|(range, identifier)| (end(range.start)..end(range.end), identifier)).collect()
}

/// The text with a token in place of each identifier; `None` when there is none.
#[must_use]
pub fn masked(text: &str) -> Option<String> {
    let found = find(text);
    if found.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, identifier) in found {
        out.push_str(&text[from..range.start]);
        out.push_str(identifier.token());
        from = range.end;
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// Answers with everything masked that was typed freely; `None` when there is nothing to mask. What a question asks for
/// by its form, such as a telephone number, stays: the author asked for it, and the citizen was told why.
#[must_use]
pub fn answers(survey: &Survey, answers: &Answers) -> Option<Answers> {
    typed::replaced(survey, answers, &|source, text| match source {
        Source::Words(form) if form != Form::Free => None,
        _ => masked(text),
    })
}

/// The first digits of the other decimal scripts of Unicode 16 (general category Nd) that anybody might type here: a digit is
/// at most nine after one of them.
const ZEROS: [u32; 29] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0xFF10, 0x1D7CE, 0x1D7D8,
    0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1FBF0,
];

/// The value of a digit of any script.
fn digit(char: char) -> Option<u8> {
    if char < '\u{0660}' {
        // Latin and Cyrillic letters, which nearly every text is made of.
        return char.to_digit(10).and_then(|value| u8::try_from(value).ok());
    }
    let point = u32::from(char);
    let value = ZEROS.iter().filter_map(|zero| point.checked_sub(*zero)).min()?;
    u8::try_from(value).ok().filter(|value| *value < 10)
}

/// What may stand between the digits of one number: spaces of any width, hyphens and dashes, points, and what nobody sees.
fn is_between(char: char) -> bool {
    let hyphens = matches!(char, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FF0D}');
    let unseen = matches!(char, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let space = char.is_whitespace() && !matches!(char, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    hyphens || unseen || space || matches!(char, '.' | '\u{00B7}' | '(' | ')')
}
