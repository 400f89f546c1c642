//! The collector's key, and what is computed with it: receipts, and the pseudonyms that stand in exports for the ids of
//! responses. An id is a secret of the citizen: who posts it again is told the receipt.

use crate::digest::Digest;
use crate::random::{self, Random};
use crate::store::Store;
use anyhow::Result;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// 32 bytes that are kept in the store, so that the same id always gives the same, from every collector on that store.
#[derive(Clone)]
pub(crate) struct Key(Vec<u8>);

/// What the store knows it by; receipts were there first.
const NAME: &str = "receipt";

/// What stands before an id to make its pseudonym. A receipt is made of the bare id, 32 hexadecimal digits, which cannot
/// begin like this.
const PSEUDONYM: &str = "pseudonym of ";

/// What stands before the name of a sheet, before what is sealed and before a code, for the same reason.
const SHEET: &str = "sheet ";
const SEAL: &str = "seal of ";
const DERIVED: &str = "derived of ";
const INVITATION: &str = "invitation ";
const WORK: &str = "work ";
const VOTER: &str = "voter ";

impl Key {
    /// The key of a store, made when it is first asked for.
    pub(crate) async fn of_store(store: &dyn Store, random: &Random) -> Result<Self> {
        let fresh = random::bytes::<32>(random)?;
        Ok(Self(store.secret(NAME, fresh.to_vec()).await?))
    }

    /// What the receipt of the response with this id is made of.
    pub(crate) fn of_receipt(&self, id: &str) -> Digest {
        self.mac(&[id])
    }

    /// What the response with this id is called in exports: 32 hexadecimal digits, always the same. Without the key, it
    /// leads neither to the id nor to the receipt.
    pub(crate) fn pseudonym(&self, id: &str) -> String {
        HEXLOWER.encode(&self.mac(&[PSEUDONYM, id])[..16])
    }

    /// The id of the response on a sheet of paper, always the same: the number of the sheet leads to it, which is all that
    /// a citizen without a receipt can name.
    pub(crate) fn id_of_sheet(&self, survey: &str, batch: &str, number: i64) -> String {
        // None of the three has a space in it.
        HEXLOWER.encode(&self.mac(&[SHEET, survey, " ", batch, " ", &number.to_string()])[..16])
    }

    /// What the store knows the code of an invitation to a survey by.
    pub(crate) fn of_invitation(&self, survey: &str, code: &str) -> Digest {
        // An id has no space in it.
        self.mac(&[INVITATION, survey, " ", code])
    }

    /// A seal that nobody but this collector can put under a clerk's text: 32 hexadecimal digits.
    pub(crate) fn seal(&self, text: &str) -> String {
        HEXLOWER.encode(&self.mac(&[SEAL, text])[..16])
    }

    /// A secret that every collector on the store computes of the same text: 64 hexadecimal digits.
    pub(crate) fn derived(&self, text: &str) -> String {
        HEXLOWER.encode(&self.mac(&[DERIVED, text]))
    }

    /// The signature of a challenge to work for a survey, which has no space in its name.
    pub(crate) fn of_work(&self, survey: &str, challenge: &str) -> Digest {
        self.mac(&[WORK, survey, " ", challenge])
    }

    /// What somebody who votes in a survey is known by there: of a visit or of a code, which leads to neither. Nor does it
    /// lead from one survey to another.
    pub(crate) fn voter(&self, survey: &str, kind: &str, secret: &str) -> [u8; 16] {
        // Neither an id nor a kind has a space in it.
        let digest = self.mac(&[VOTER, survey, " ", kind, " ", secret]);
        let mut voter = [0; 16];
        voter.copy_from_slice(&digest[..16]);
        voter
    }

    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    fn mac(&self, parts: &[&str]) -> Digest {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        parts.iter().for_each(|part| mac.update(part.as_bytes()));
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
impl Key {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes.to_vec())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_pseudonym_is_always_the_same_and_neither_the_id_nor_what_a_receipt_is_made_of() {
        let key = Key::new([7; 32]);
        let pseudonym = key.pseudonym(ID);
        assert_eq!(pseudonym, key.pseudonym(ID));
        assert!(pseudonym.len() == 32 && pseudonym.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_ne!(pseudonym, ID);
        assert!(!HEXLOWER.encode(&key.of_receipt(ID)).contains(&pseudonym));
    }

    #[test]
    fn another_id_or_another_key_gives_another_pseudonym() {
        let key = Key::new([7; 32]);
        assert_ne!(key.pseudonym(ID), key.pseudonym("f123456789abcdef0123456789abcdef"));
        assert_ne!(key.pseudonym(ID), Key::new([8; 32]).pseudonym(ID));
    }

    #[test]
    fn a_voter_of_one_survey_is_another_in_the_next_and_a_visit_is_no_code() {
        let key = Key::new([7; 32]);
        assert_eq!(key.voter("a", "visit", ID), key.voter("a", "visit", ID));
        assert_ne!(key.voter("a", "visit", ID), key.voter("b", "visit", ID));
        assert_ne!(key.voter("a", "visit", ID), key.voter("a", "code", ID));
    }

    #[test]
    fn the_key_cannot_be_printed_by_debug() {
        assert_eq!(format!("{:?}", Key::new([7; 32])), "Key(***)");
    }
}
