//! The puzzles of a proof of work: what a browser solves and the collector checks, in one place. No I/O, no clock, no
//! randomness, no allocation.
//!
//! A challenge has an id and some puzzles. A puzzle is solved by a number with which SHA-256 of the id, the number of the
//! puzzle and this number begins with so many zero bits. Many small puzzles take about the same time whenever they are
//! solved; one large puzzle would take nobody knows how long.

#![no_std]

/// The id of a challenge, as SHA-256 takes it in.
pub type Id = [u32; 4];

/// The constants of the rounds of SHA-256 (FIPS 180-4, 4.2.2).
const ROUNDS: [u32; 64] = [
    0x428a_2f98,
    0x7137_4491,
    0xb5c0_fbcf,
    0xe9b5_dba5,
    0x3956_c25b,
    0x59f1_11f1,
    0x923f_82a4,
    0xab1c_5ed5,
    0xd807_aa98,
    0x1283_5b01,
    0x2431_85be,
    0x550c_7dc3,
    0x72be_5d74,
    0x80de_b1fe,
    0x9bdc_06a7,
    0xc19b_f174,
    0xe49b_69c1,
    0xefbe_4786,
    0x0fc1_9dc6,
    0x240c_a1cc,
    0x2de9_2c6f,
    0x4a74_84aa,
    0x5cb0_a9dc,
    0x76f9_88da,
    0x983e_5152,
    0xa831_c66d,
    0xb003_27c8,
    0xbf59_7fc7,
    0xc6e0_0bf3,
    0xd5a7_9147,
    0x06ca_6351,
    0x1429_2967,
    0x27b7_0a85,
    0x2e1b_2138,
    0x4d2c_6dfc,
    0x5338_0d13,
    0x650a_7354,
    0x766a_0abb,
    0x81c2_c92e,
    0x9272_2c85,
    0xa2bf_e8a1,
    0xa81a_664b,
    0xc24b_8b70,
    0xc76c_51a3,
    0xd192_e819,
    0xd699_0624,
    0xf40e_3585,
    0x106a_a070,
    0x19a4_c116,
    0x1e37_6c08,
    0x2748_774c,
    0x34b0_bcb5,
    0x391c_0cb3,
    0x4ed8_aa4a,
    0x5b9c_ca4f,
    0x682e_6ff3,
    0x748f_82ee,
    0x78a5_636f,
    0x84c8_7814,
    0x8cc7_0208,
    0x90be_fffa,
    0xa450_6ceb,
    0xbef9_a3f7,
    0xc671_78f2,
];

/// What SHA-256 begins with (FIPS 180-4, 5.3.3).
const BEGIN: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The first 32 bits of SHA-256 of 24 bytes: the id, the number of the puzzle, the number that is tried.
#[must_use]
pub fn digest(id: Id, puzzle: u32, number: u32) -> u32 {
    let mut words = [0; 16];
    words[..4].copy_from_slice(&id);
    (words[4], words[5]) = (puzzle, number);
    // The end of the message and its length in bits (FIPS 180-4, 5.1.1).
    (words[6], words[15]) = (1 << 31, 24 * 8);
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = BEGIN;
    for round in 0..64 {
        if round >= 16 {
            extend(&mut words, round);
        }
        let sum = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let first = h
            .wrapping_add(sum)
            .wrapping_add((e & f) ^ (!e & g))
            .wrapping_add(ROUNDS[round])
            .wrapping_add(words[round & 15]);
        let sum = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let second = sum.wrapping_add((a & b) ^ (a & c) ^ (b & c));
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(second));
    }
    BEGIN[0].wrapping_add(a)
}

/// The word of the schedule for this round, in the place of that of sixteen rounds before.
fn extend(words: &mut [u32; 16], round: usize) {
    let (early, late) = (words[(round + 1) & 15], words[(round + 14) & 15]);
    let early = early.rotate_right(7) ^ early.rotate_right(18) ^ (early >> 3);
    let late = late.rotate_right(17) ^ late.rotate_right(19) ^ (late >> 10);
    words[round & 15] =
        words[round & 15].wrapping_add(early).wrapping_add(words[(round + 9) & 15]).wrapping_add(late);
}

/// Whether a number solves a puzzle: the digest begins with at least so many zero bits.
#[must_use]
pub fn solves(id: Id, puzzle: u32, number: u32, bits: u32) -> bool {
    digest(id, puzzle, number).leading_zeros() >= bits
}

/// The first number from `from` on, of at most so many, that solves a puzzle.
#[must_use]
pub fn find(id: Id, puzzle: u32, bits: u32, (from, many): (u32, u32)) -> Option<u32> {
    (from..from.saturating_add(many)).find(|number| solves(id, puzzle, *number, bits))
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};
    use std::vec::Vec;

    proptest! {
        #[test]
        fn the_digest_is_that_of_sha_256(id: [u32; 4], puzzle: u32, number: u32) {
            let message: Vec<u8> =
                id.into_iter().chain([puzzle, number]).flat_map(u32::to_be_bytes).collect();
            let whole = Sha256::digest(message);
            let first = u32::from_be_bytes([whole[0], whole[1], whole[2], whole[3]]);
            prop_assert_eq!(digest(id, puzzle, number), first);
        }

        #[test]
        fn what_is_found_solves_and_nothing_before_it_does(id: [u32; 4], puzzle in 0..64_u32, bits in 0..11_u32) {
            let found = find(id, puzzle, bits, (0, 1 << 16)).unwrap();
            prop_assert!(solves(id, puzzle, found, bits));
            prop_assert_eq!(find(id, puzzle, bits, (0, found)), None);
        }
    }
}
