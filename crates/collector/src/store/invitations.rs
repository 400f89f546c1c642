//! Invitations on their way into the store, and what it says of a code.
//!
//! Which codes there are never changes once they are issued; which of them nobody has used is a list of its own, from
//! which a code is struck in the transaction that keeps its response. So no row that stands says when a code was used, and
//! none was written together with a response: `docs/adr/0038-invitations-are-struck-from-a-list.md`.

use super::StoreError;
use crate::clock::Minute;
use crate::digest::Digest;
use async_trait::async_trait;

/// Invitations that are issued together.
#[derive(Clone, Debug)]
pub struct NewInvitations {
    /// The survey.
    pub survey: String,
    /// What the batch is called, once in a survey.
    pub batch: String,
    /// When they are issued.
    pub made: Minute,
    /// The first minute at which they admit nobody any more; `None` for ones that always do.
    pub expires: Option<Minute>,
    /// What their codes are known by.
    pub hashes: Vec<Digest>,
}

/// What issuing did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issued {
    /// They are issued.
    New,
    /// There is a batch of this name. Nothing was changed.
    NameTaken,
    /// The survey has invitations with these already. Nothing was changed.
    Met(Vec<Digest>),
}

/// Why a code admits nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uninvited {
    /// No invitation to the survey has it.
    Unknown,
    /// A response was sent with it.
    Spent,
    /// It has expired, or its batch was revoked.
    Over,
}

/// A batch of invitations as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationBatch {
    /// What it is called.
    pub batch: String,
    /// When it was issued.
    pub made: Minute,
    /// The first minute at which it admits nobody any more.
    pub expires: Option<Minute>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// How many invitations it has.
    pub issued: u64,
    /// How many of them were used.
    pub spent: u64,
}

impl InvitationBatch {
    /// Whether it admits nobody any more.
    #[must_use]
    pub fn is_over(&self, now: Minute) -> bool {
        is_over(self.revoked, self.expires, now)
    }
}

/// Whether a batch admits nobody any more.
pub(super) fn is_over(revoked: bool, expires: Option<Minute>, now: Minute) -> bool {
    revoked || expires.is_some_and(|expires| expires <= now)
}

/// What is asked of a store about invitations. [`super::Store`] has it as a part, and [`super::Store::keep`] strikes one.
#[async_trait]
pub trait Invitations: Send + Sync {
    /// Issues invitations, all or none.
    async fn issue(&self, invitations: NewInvitations) -> Result<Issued, StoreError>;

    /// Why a code admits nobody at this minute; `None` for one that does. Nothing is changed by asking.
    async fn refusal_of_invitation(
        &self,
        survey: &str,
        hash: Digest,
        now: Minute,
    ) -> Result<Option<Uninvited>, StoreError>;

    /// The batches of a survey, by name.
    async fn invitations(&self, survey: &str) -> Result<Vec<InvitationBatch>, StoreError>;

    /// Lets a batch admit nobody any more; `false` when there is none of that name.
    async fn revoke_invitations(&self, survey: &str, batch: &str) -> Result<bool, StoreError>;
}
