//! A challenge as it travels: what is signed, and what comes back with a solution.

use crate::clock::Minute;
use data_encoding::HEXLOWER;

/// A challenge, as it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    pub(crate) id: [u8; 16],
    /// How many puzzles there are.
    pub(crate) puzzles: u32,
    /// How many zero bits a solution has.
    pub(crate) bits: u32,
    pub(crate) expires: Minute,
}

/// What came back: nothing of it is known to be ours.
pub(crate) struct Worked<'a> {
    pub(crate) challenge: Challenge,
    pub(crate) signature: &'a str,
    pub(crate) solution: &'a str,
}

impl Challenge {
    /// What is signed: it has neither spaces nor hyphens.
    pub(crate) fn text(&self) -> String {
        let Self { id, puzzles, bits, expires } = self;
        format!("{}.{puzzles}.{bits}.{}", HEXLOWER.encode(id), expires.0)
    }

    /// Whether these numbers, one for each puzzle, solve it.
    pub(crate) fn is_solved_by(&self, numbers: &[u32]) -> bool {
        let words = self.id.as_chunks::<4>().0;
        let mut id: work::Id = [0; 4];
        id.iter_mut().zip(words).for_each(|(word, bytes)| *word = u32::from_be_bytes(*bytes));
        numbers.len() == self.puzzles as usize
            && (0..).zip(numbers).all(|(puzzle, number)| work::solves(id, puzzle, *number, self.bits))
    }
}

impl<'a> Worked<'a> {
    /// Reads six parts with points between.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split('.');
        let id: [u8; 16] = HEXLOWER.decode(parts.next()?.as_bytes()).ok()?.try_into().ok()?;
        let (puzzles, bits) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let challenge = Challenge { id, puzzles, bits, expires: Minute(parts.next()?.parse().ok()?) };
        let worked = Self { challenge, signature: parts.next()?, solution: parts.next()? };
        parts.next().is_none().then_some(worked)
    }
}

/// The numbers of a solution, at most so many.
pub(crate) fn numbers(solution: &str, most: usize) -> Option<Vec<u32>> {
    solution.split('-').map(|number| u32::from_str_radix(number, 16).ok()).take(most).collect()
}
