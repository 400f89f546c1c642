//! Tokens: what an analyst's program shows to be let in. Whoever holds one is let in; the store knows only its hash.

use crate::digest::{Digest, sha256};
use crate::header;
use crate::random::{self, NoRandomness, Random};
use data_encoding::BASE64URL_NOPAD;
use std::fmt;

/// A token: `qulaq_` and 256 random bits. The prefix lets scanners of leaked secrets find it.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn new(random: &Random) -> Result<Self, NoRandomness> {
        let secret = random::bytes::<32>(random)?;
        Ok(Self(format!("qulaq_{}", BASE64URL_NOPAD.encode(&secret))))
    }

    /// The token in an `Authorization` header of the scheme `Bearer` (RFC 6750).
    pub(crate) fn of_header(value: &str) -> Option<Self> {
        header::bearer(value).map(|token| Self(token.to_owned()))
    }

    /// The token that somebody typed or pasted.
    pub(crate) fn typed(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// What the store knows it by. A plain hash is enough, because nobody can guess 256 bits.
    pub(crate) fn hash(&self) -> Digest {
        sha256(&self.0)
    }

    /// The token itself, to be shown once to whoever asked for it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}
