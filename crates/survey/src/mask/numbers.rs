//! Numbers that are digits alone: identity numbers, cards, telephones.

use super::{Identifier, Mark, is_between};
use std::ops::Range;

/// Signs between two groups of digits of one number, at most: `) ` or ` - `.
const GAP: usize = 3;
/// Groups of one number, at most: a digit each.
const GROUPS: usize = 19;

/// Digits without anything between them.
struct Group {
    range: Range<usize>,
    digits: Vec<u8>,
}

/// Numbers, as ranges of marks. A number begins and ends where a group of digits does: a piece of a longer number is none.
pub(super) fn find(marks: &[Mark]) -> Vec<(Range<usize>, Identifier)> {
    let groups = groups(marks);
    let mut found = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        match longest(marks, &groups[first..]) {
            Some((count, identifier)) => {
                let (start, end) = (groups[first].range.start, groups[first + count - 1].range.end);
                let start = start - usize::from(identifier == Identifier::Phone && is_plus(marks, start));
                found.push((start..end, identifier));
                first += count;
            }
            None => first += 1,
        }
    }
    found
}

fn groups(marks: &[Mark]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let Some(digit) = mark.digit else { continue };
        match groups.last_mut().filter(|group| group.range.end == at) {
            Some(group) => {
                group.range.end = at + 1;
                group.digits.push(digit);
            }
            None => groups.push(Group { range: at..at + 1, digits: vec![digit] }),
        }
    }
    groups
}

/// How many groups make an identifier that begins with the first of them: what has a check digit before what has none,
/// and the longest of each.
fn longest(marks: &[Mark], groups: &[Group]) -> Option<(usize, Identifier)> {
    let mut digits: Vec<u8> = Vec::new();
    let mut found = None;
    let start = groups.first()?.range.start;
    let called = is_called(marks, start);
    for (count, group) in groups.iter().take(GROUPS).enumerate() {
        if count > 0 && !joins(marks, groups[count - 1].range.end..group.range.start) {
            break;
        }
        digits.extend(&group.digits);
        let plus = is_plus(marks, start);
        if let Some(identifier) =
            checked(&digits, called).or_else(|| phone(&digits, plus, (groups[0].digits.len(), count > 0)))
        {
            found = Some((count + 1, identifier));
        }
    }
    found
}

fn joins(marks: &[Mark], gap: Range<usize>) -> bool {
    gap.len() <= GAP && marks[gap].iter().all(|mark| is_between(mark.char))
}

fn is_plus(marks: &[Mark], start: usize) -> bool {
    start > 0 && matches!(marks[start - 1].char, '+' | '\u{FF0B}')
}

/// Whether the word before it says that an identity number follows: then a slip in it hides nobody less.
fn is_called(marks: &[Mark], start: usize) -> bool {
    let before = marks[..start].iter().rev().skip_while(|mark| !mark.char.is_alphabetic());
    let word = before.take(3).flat_map(|mark| mark.char.to_uppercase());
    let word: Vec<char> = word.collect();
    let near = marks[..start].iter().rev().take_while(|mark| !mark.char.is_alphabetic()).count() <= 4;
    near && ["НИИ", "НСЖ", "NII", "NSJ"].iter().any(|name| name.chars().eq(word.iter().copied()))
}

/// What its check digits confirm.
fn checked(digits: &[u8], called: bool) -> Option<Identifier> {
    match digits.len() {
        12 if called => Some(Identifier::Iin),
        12 if is_checked(digits) && is_person(digits) => Some(Identifier::Iin),
        12 if is_checked(digits) && is_organization(digits) => Some(Identifier::Bin),
        13 | 15..=19 if is_card(digits) => Some(Identifier::Card),
        _ => None,
    }
}

/// The check digit of IIN and BIN: weights 1 to 11 modulo 11; where that is 10, weights 3 to 11, 1, 2; where that is 10
/// again, the number is never issued.
fn is_checked(digits: &[u8]) -> bool {
    let sum = |shift: u32| {
        let weights = (0..11).map(|place| (place + shift) % 11 + 1);
        digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum::<u32>() % 11
    };
    let check = match sum(0) {
        10 => sum(2),
        check => check,
    };
    check < 10 && digits.last().is_some_and(|last| u32::from(*last) == check)
}

/// Year, month and day of birth, and the century with the sex: 1 to 6, or 0 for foreigners.
fn is_person(digits: &[u8]) -> bool {
    let (month, day) = (digits[2] * 10 + digits[3], digits[4] * 10 + digits[5]);
    (1..=12).contains(&month) && (1..=31).contains(&day) && digits[6] <= 6
}

/// Year and month of the registration, and the kind of organization: 4 to 6.
fn is_organization(digits: &[u8]) -> bool {
    let month = digits[2] * 10 + digits[3];
    (1..=12).contains(&month) && (4..=6).contains(&digits[4])
}

/// Cards of the systems that are issued here, with the check digit of ISO/IEC 7812 (Luhn).
fn is_card(digits: &[u8]) -> bool {
    let head = digits.iter().take(4).fold(0u32, |head, digit| head * 10 + u32::from(*digit));
    let known = match digits.len() {
        13 => head / 1000 == 4,
        15 => matches!(head / 100, 34 | 37),
        16 => {
            matches!(head / 1000, 4)
                || matches!(head / 100, 35 | 51..=55 | 62 | 65 | 81 | 90)
                || matches!(head, 2200..=2204 | 2221..=2720 | 6011)
        }
        18 => head / 100 == 62,
        17 | 19 => matches!(head / 1000, 4) || matches!(head / 100, 62 | 86 | 90),
        _ => false,
    };
    let doubled = |(place, digit): (usize, &u8)| match (place % 2, digit * 2) {
        (0, _) => u32::from(*digit),
        (_, twice) => u32::from(twice / 10 + twice % 10),
    };
    known && digits.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

/// Telephones: those of Kazakhstan and Russia (+7 or 8, then ten digits), and whatever begins with a plus. Ten digits
/// without anything before them are one when they begin like a mobile telephone here and are written in groups. Sums are
/// written in threes from behind: a first group of two is one of those. Takes the length of the first group, and whether
/// there are more.
fn phone(digits: &[u8], plus: bool, (head, grouped): (usize, bool)) -> Option<Identifier> {
    let area = |digits: &[u8]| digits.iter().take(3).fold(0u32, |area, digit| area * 10 + u32::from(*digit));
    let is_one = match digits {
        _ if plus => (10..=15).contains(&digits.len()),
        [7 | 8, rest @ ..] if rest.len() == 10 && head != 2 => matches!(rest[0], 7 | 9),
        [7, ..] if digits.len() == 10 && grouped && head >= 3 => {
            matches!(area(digits), 700..=708 | 747 | 750 | 751 | 760..=764 | 771 | 775..=778)
        }
        _ => false,
    };
    is_one.then_some(Identifier::Phone)
}
