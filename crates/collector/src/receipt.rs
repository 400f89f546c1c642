//! Receipts: what a citizen holds to take an answer back, without saying who she is.
//!
//! A receipt is a keyed hash of the response's id. Nothing but the citizen's copy can name the row: the store keeps
//! only the receipt's own hash, and the key alone cannot list receipts.

use crate::digest::{Digest, sha256};
use crate::typed::characters;
use std::fmt;

/// A receipt: 125 bits as 25 characters of Crockford's base 32, upper case, without the hyphens.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Receipt(String);

/// Characters of a receipt; they are shown in five groups of five.
const LENGTH: usize = 25;
const GROUP: usize = 5;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Receipt {
    /// The receipt that is made of a response's keyed hash, [`crate::key::Key::of_receipt`].
    pub(crate) fn of(mac: Digest) -> Self {
        let bits = mac[..16].iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        Self((1..=LENGTH).map(|place| character(bits >> (128 - 5 * place))).collect())
    }

    /// Reads a receipt as people write it down: any case, hyphens and spaces anywhere, O for 0, I and L for 1, Cyrillic
    /// letters that look like Latin ones. `None` when it cannot be a receipt.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let receipt: String = characters(text, LENGTH + 1).map(as_meant).collect();
        let sound = receipt.len() == LENGTH && receipt.bytes().all(|byte| ALPHABET.contains(&byte));
        sound.then_some(Self(receipt))
    }

    /// What the store knows it by.
    pub(crate) fn hash(&self) -> Digest {
        sha256(&self.0)
    }
}

/// The character of the alphabet that one outside it is taken for.
fn as_meant(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// The character for the lowest five bits.
fn character(bits: u128) -> char {
    char::from(ALPHABET[(bits & 31) as usize])
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            if index > 0 && index % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Key;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    fn receipt() -> Receipt {
        Receipt::of(Key::new([7; 32]).of_receipt(ID))
    }

    #[test]
    fn a_receipt_is_five_groups_of_five_and_always_the_same() {
        let text = receipt().to_string();
        assert_eq!(text, receipt().to_string());
        let groups: Vec<&str> = text.split('-').collect();
        assert_eq!(groups.len(), 5);
        assert!(groups.iter().all(|group| group.len() == 5), "{text}");
    }

    #[test]
    fn another_id_or_another_key_gives_another_receipt() {
        let (key, other) = (Key::new([7; 32]), Key::new([8; 32]));
        assert_ne!(receipt(), Receipt::of(key.of_receipt("f123456789abcdef0123456789abcdef")));
        assert_ne!(receipt(), Receipt::of(other.of_receipt(ID)));
    }

    #[test]
    fn a_receipt_is_read_as_people_write_it_down() {
        let printed = receipt().to_string();
        let spaced = printed.to_lowercase().replace('-', " ");
        assert_eq!(Receipt::read(&printed), Some(receipt()));
        assert_eq!(Receipt::read(&spaced), Some(receipt()));

        let latin = Receipt("0110ABCEHKMPTXY0000000000".to_owned());
        assert_eq!(Receipt::read("OiLo-АВСЕ-НКМР-ТХУ-ООООО-ООООО"), Some(latin.clone()));
        assert_eq!(Receipt::read("oіlо авсе нкмр тху оооооооооо"), Some(latin));
    }

    #[test]
    fn what_is_no_receipt_is_not_read() {
        for text in ["", "7K3MX", &"U".repeat(25), &"0".repeat(26), &"ß".repeat(25), &"0".repeat(100_000)] {
            assert_eq!(Receipt::read(text), None);
        }
    }

    #[test]
    fn whatever_is_typed_is_a_receipt_that_reads_back_or_none() {
        let mut state = 7_u32;
        let alphabet: Vec<char> =
            "0189AZazOoIilLUuАВСЕНКМРТХУавсеіІ -‐–\u{0}\u{200b}ßǰ\u{1d7d8}'\"<".chars().collect();
        for _ in 0..20_000 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                usize::try_from(state >> 16).unwrap_or_default()
            };
            let length = 20 + next() % 12;
            let text: String = (0..length).map(|_| alphabet[next() % alphabet.len()]).collect();
            if let Some(receipt) = Receipt::read(&text) {
                assert_eq!(Receipt::read(&receipt.to_string()), Some(receipt), "{text}");
            }
        }
    }

    #[test]
    fn a_receipt_cannot_be_printed_by_debug() {
        assert_eq!(format!("{:?}", receipt()), "Receipt(***)");
    }
}
