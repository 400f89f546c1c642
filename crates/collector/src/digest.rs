//! SHA-256, and the names made of it.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::io::{self, Read};
use survey::canonical::canonical;

/// A SHA-256 digest.
pub type Digest = [u8; 32];

/// The digest of some bytes.
pub(crate) fn sha256(bytes: impl AsRef<[u8]>) -> Digest {
    Sha256::digest(bytes).into()
}

/// The digest of all that can be read.
pub(crate) fn sha256_of(mut content: impl Read) -> io::Result<Digest> {
    let mut hash = Sha256::new();
    io::copy(&mut content, &mut Hashing(&mut hash))?;
    Ok(hash.finalize().into())
}

/// Takes bytes for a hash.
struct Hashing<'a>(&'a mut Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The name of a version: 32 hexadecimal digits, the same for every layout of the same definition.
pub(crate) fn version_of(definition: &serde_json::Value) -> String {
    short_name(canonical(definition))
}

/// 128 bits of the digest in hexadecimal: short enough for an address, long enough that no two contents share it.
pub(crate) fn short_name(content: impl AsRef<[u8]>) -> String {
    HEXLOWER.encode(&sha256(content)[..16])
}
