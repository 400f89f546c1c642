//! What the forger can do: guess codes that pass for codes, solve puzzles on a machine of its own, and count.

use std::collections::BTreeMap;
use std::fmt;

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::chaos::dice::Dice;

/// What became of what was forged.
#[derive(Default)]
pub(super) struct Forged {
    /// Bytes of bodies.
    pub(super) bytes: u64,
    statuses: BTreeMap<u16, u64>,
}

impl Forged {
    pub(super) fn count(&mut self, status: u16) {
        *self.statuses.entry(status).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.bytes += other.bytes;
        for (status, times) in &other.statuses {
            *self.statuses.entry(*status).or_default() += times;
        }
    }
}

impl fmt::Display for Forged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statuses: Vec<String> =
            self.statuses.iter().map(|(status, times)| format!("{status} × {times}")).collect();
        write!(f, "the forger was told {}", statuses.join(", "))
    }
}

/// The alphabet of codes.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// A code that is no slip: its last character goes with the others, as the collector's own do.
pub(super) fn guess(dice: &mut Dice) -> String {
    let mut values: Vec<u64> = (0..7).map(|_| dice.throw() % 31).collect();
    let sum: u64 = values.iter().zip(1..).map(|(value, place)| value * place).sum();
    values.push((31 - sum % 31) * 4 % 31);
    values.into_iter().map(|value| char::from(ALPHABET[value as usize])).collect()
}

/// A challenge as the collector gives it, with a solution; nothing when it is none.
pub(super) fn solve(challenge: &str) -> Option<String> {
    let asked: Value = serde_json::from_str(challenge).ok()?;
    let challenge = asked["challenge"].as_str()?;
    let (puzzles, bits) = (asked["puzzles"].as_u64()?, asked["bits"].as_u64()?);
    let id = HEXLOWER.decode(challenge.split('.').next()?.as_bytes()).ok()?;
    let solves = |puzzle: u32, number: &u32| {
        let hash = Sha256::new()
            .chain_update(&id)
            .chain_update(puzzle.to_be_bytes())
            .chain_update(number.to_be_bytes())
            .finalize();
        u64::from(u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros()) >= bits
    };
    let number = |puzzle: u64| {
        let puzzle = u32::try_from(puzzle).ok()?;
        (0..u32::MAX).find(|number| solves(puzzle, number)).map(|number| format!("{number:x}"))
    };
    let numbers = (0..puzzles).map(number).collect::<Option<Vec<String>>>()?;
    Some(format!("{challenge}.{}", numbers.join("-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_solved_puzzle_by_puzzle() {
        let id = "30313233343536373839616263646566";
        let asked = serde_json::json!({"challenge": format!("{id}.2.6.9.s"), "puzzles": 2, "bits": 6});
        let solved = solve(&asked.to_string()).unwrap();
        let (_, numbers) = solved.rsplit_once('.').unwrap();
        assert_eq!(numbers.split('-').count(), 2);
        assert_eq!(solve("{}"), None);
    }

    #[test]
    fn a_guess_has_eight_characters_of_the_alphabet() {
        let code = guess(&mut Dice::new(1, 2));
        assert!(code.len() == 8 && code.bytes().all(|byte| ALPHABET.contains(&byte)), "{code}");
    }
}
