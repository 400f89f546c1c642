//! E-mail addresses.

use super::{Identifier, Mark};
use std::ops::Range;

/// Letters of the last part of a domain, at least.
const TOP: usize = 2;

/// Addresses, as ranges of marks.
pub(super) fn find(marks: &[Mark]) -> Vec<(Range<usize>, Identifier)> {
    let signs = marks.iter().enumerate().filter(|(_, mark)| matches!(mark.char, '@' | '\u{FF20}'));
    signs.filter_map(|(at, _)| Some((around(marks, at)?, Identifier::Email))).collect()
}

fn around(marks: &[Mark], at: usize) -> Option<Range<usize>> {
    let local = marks[..at].iter().rev().take_while(|mark| is_local(mark.char)).count();
    let domain: Vec<char> =
        marks[at + 1..].iter().map(|mark| mark.char).take_while(|char| is_domain(*char)).collect();
    // A sentence may end behind the address.
    let length = domain.len() - domain.iter().rev().take_while(|char| matches!(char, '.' | '-')).count();
    let domain = &domain[..length];
    let top = domain.rsplit(|char| *char == '.').next()?;
    let letters = top.len() >= TOP && top.iter().all(|char| char.is_alphabetic() || *char == '-');
    let parts = domain.contains(&'.') && !domain.starts_with(&['.']);
    (local > 0 && letters && parts).then_some(at - local..at + 1 + length)
}

fn is_local(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '.' | '_' | '%' | '+' | '-' | '\'')
}

fn is_domain(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '.' | '-')
}
