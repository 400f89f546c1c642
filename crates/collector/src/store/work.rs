//! Work that was done for responses, on its way into the store: only that a challenge was used, and by which response, and
//! only until the challenge expires.

use super::StoreError;
use crate::clock::Minute;
use crate::digest::Digest;
use async_trait::async_trait;

/// What the collector asks of a store about work. All collectors on a store know of the same challenges.
#[async_trait]
pub trait Works: Send + Sync {
    /// Remembers that a response was sent with a challenge; `false` when another was before. The same response may come
    /// again: a reply that was lost must not make its repetition look like a forgery.
    async fn spend_work(&self, work: SpentWork) -> Result<bool, StoreError>;

    /// Forgets the challenges that expired before a minute, and says how many there were.
    async fn expire_work(&self, before: Minute) -> Result<u64, StoreError>;
}

/// A challenge that was solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpentWork {
    /// The hash of its id.
    pub challenge: Digest,
    /// A keyed hash of the id of the response.
    pub response: Digest,
    /// Until when it can be used.
    pub expires: Minute,
}
