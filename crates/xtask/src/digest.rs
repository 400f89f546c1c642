//! Content hashes: SHA-256 for what is cached and versioned, SHA-384 for subresource integrity.

use std::path::Path;

use anyhow::Result;
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256, Sha384};

use crate::files;

/// Collects parts into one SHA-256. Each part goes in with its length, so that no two lists of parts run
/// together.
#[derive(Default)]
pub(crate) struct Hasher(Sha256);

impl Hasher {
    /// Adds one part.
    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// Adds a file, or every file below a directory, by name and content; what is not there adds nothing.
    pub(crate) fn add_tree(&mut self, root: &Path, path: &str) -> Result<&mut Self> {
        for file in files::below(root, path)? {
            self.add(&file).add(files::read(&root.join(&file))?);
        }
        Ok(self)
    }

    /// The hash in lower-case hexadecimal.
    pub(crate) fn hex(self) -> String {
        HEXLOWER.encode(&self.0.finalize())
    }
}

/// The SHA-256 in lower-case hexadecimal, as `sha256sum` prints it.
pub(crate) fn sha256(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content))
}

/// The value of an `integrity` attribute (Subresource Integrity, W3C).
pub(crate) fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(&Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(parts: &[&str]) -> String {
        let mut hasher = Hasher::default();
        for part in parts {
            hasher.add(part);
        }
        hasher.hex()
    }

    #[test]
    fn moving_a_byte_from_one_part_to_the_next_changes_the_hash() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
    }

    #[test]
    fn integrity_is_what_a_browser_expects() {
        // The value for an empty file, as `openssl dgst -sha384 -binary /dev/null | base64` prints it.
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), empty);
    }
}
