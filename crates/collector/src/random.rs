//! Randomness, handed around like the clock, so that a test can repeat what it saw.

use std::sync::Arc;

/// Fills a buffer with random bytes.
pub type Random = Arc<dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync>;

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the operating system gives no random numbers")]
pub struct NoRandomness;

/// The randomness of the operating system, fit for secrets.
#[must_use]
pub fn system() -> Random {
    Arc::new(|buffer| getrandom::fill(buffer).map_err(|_| NoRandomness))
}

/// An array of random bytes.
pub(crate) fn bytes<const N: usize>(random: &Random) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    random(&mut bytes)?;
    Ok(bytes)
}
