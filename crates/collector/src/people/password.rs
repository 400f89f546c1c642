//! Passwords: hashed with argon2id, never kept, never printed.

use crate::random::{self, NoRandomness, Random};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;

/// Characters of a password: fewer are guessed (NIST SP 800-63B-4 asks for 15 of those that stand alone, and lets go of
/// every other rule), more are no password and cost time.
pub(crate) const LEAST: usize = 15;
const MOST: usize = 256;

/// Memory in KiB and passes: what OWASP's Password Storage Cheat Sheet names first among its equal settings of argon2id
/// that need the least memory.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// What is kept where there is no password: nothing that a hash could be.
const NONE: &str = "none";

/// A password as it is kept: a PHC string, which names its own settings and salt.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

/// Why a text cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Too short.
    #[error("a password has 15 characters or more: several words in a row are easy to remember")]
    Short,
    /// Too long.
    #[error("a password has at most 256 characters")]
    Long,
    /// The name of whoever it belongs to, or one character again and again.
    #[error("this password is guessed at once: take another")]
    Plain,
}

/// Whether somebody of this name may have this password.
///
/// # Errors
/// When it is too short, too long, or guessed at once.
pub fn check(password: &str, name: &str) -> Result<(), Unfit> {
    let characters = password.chars().count();
    let first = password.chars().next();
    if characters < LEAST {
        Err(Unfit::Short)
    } else if characters > MOST {
        Err(Unfit::Long)
    } else if password.to_lowercase().replace(name, "").chars().count() < LEAST * 2 / 3
        || password.chars().all(|character| Some(character) == first)
    {
        Err(Unfit::Plain)
    } else {
        Ok(())
    }
}

impl Hashed {
    /// The hash of a password. It takes tens of milliseconds and 19 MiB.
    ///
    /// # Errors
    /// When there is no randomness for the salt.
    #[expect(clippy::expect_used, reason = "a salt of 16 bytes and 32 of output are what argon2 takes")]
    pub fn of(password: &str, random: &Random) -> Result<Self, NoRandomness> {
        let salt = random::bytes::<16>(random)?;
        let hashed = hasher().hash_password_with_salt(password.as_bytes(), &salt);
        Ok(Self(hashed.expect("the salt and the settings are fixed").to_string()))
    }

    /// No password: whoever has it comes by the agency's provider alone.
    #[must_use]
    pub fn none() -> Self {
        Self(NONE.to_owned())
    }

    /// Whether there is none.
    pub(crate) fn is_none(&self) -> bool {
        self.0 == NONE
    }

    /// What the store has.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// What the store is to keep.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it was made of this password. It takes as long as making one, whatever the answer is.
    #[must_use]
    pub fn is_of(&self, password: &str) -> bool {
        let hash = PasswordHash::new(&self.0);
        hash.is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
    }

    /// The hash of no password that anybody has: to be compared with where there is no such person, so that the time that
    /// it takes tells nobody who there is.
    pub(crate) fn of_nobody(random: &Random) -> Result<Self, NoRandomness> {
        let password: String = random::bytes::<32>(random)?.into_iter().map(char::from).collect();
        Self::of(&password, random)
    }
}

/// A password that is made up: 20 letters and digits, none of which is taken for another.
pub(crate) fn made_up(random: &Random) -> Result<String, NoRandomness> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes = random::bytes::<20>(random)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

#[expect(clippy::expect_used, reason = "the settings are fixed, and argon2 takes them")]
fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, 1, Some(32)).expect("argon2 takes these settings");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_argon2id_with_its_own_salt_and_knows_its_password() {
        let random = random::system();
        let [one, two] = [(); 2].map(|()| Hashed::of("алма пісті, жер иіскеді", &random).unwrap());
        assert!(one.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", one.as_str());
        assert_ne!(one, two, "the same password of two people");
        assert!(one.is_of("алма пісті, жер иіскеді") && !one.is_of("алма пісті, жер иіскедi"));
        assert!(Hashed::none().is_none() && !Hashed::none().is_of("none") && !one.is_none());
        assert!(!Hashed::stored("nonsense".to_owned()).is_of("nonsense"));
        assert_eq!(format!("{one:?}"), "Hashed(***)");
    }

    #[test]
    fn a_password_is_long_and_not_a_name() {
        let name = "aigul.serikova";
        assert_eq!(check("fourteen chars", name), Err(Unfit::Short));
        assert_eq!(check(&"ab".repeat(129), name), Err(Unfit::Long));
        assert_eq!(check("Aigul.Serikova1", name), Err(Unfit::Plain));
        assert_eq!(check(&"1".repeat(20), name), Err(Unfit::Plain));
        assert_eq!(check("алма пісті, жер иіскеді", name), Ok(()));
        assert_eq!(check(&made_up(&random::system()).unwrap(), name), Ok(()));
    }
}
