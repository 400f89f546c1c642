//! Parts of responses on their way into the store and out of it, and what becomes of one that arrives: decided here, for
//! every engine.

use super::{Position, StoreError};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::times::Standing;
use async_trait::async_trait;

/// What the collector asks of a store about parts of responses. There is one at most of each id; it goes in the
/// transaction that keeps the response of that id.
#[async_trait]
pub trait Partials: Send + Sync {
    /// Keeps what was answered so far, in place of what was kept before of the same response.
    async fn keep_partial(&self, partial: NewPartial) -> Result<KeptPartial, StoreError>;

    /// Deletes what is kept of this response to a survey, and keeps nothing more of it but the whole. What was answered
    /// is then in no file of the store, as after [`super::Store::withdraw`].
    async fn take_back_partial(&self, part: PartialName, now: Minute) -> Result<(), StoreError>;

    /// The next parts of responses to a survey, at most `limit`, after the position of the last one read. Fewer than
    /// `limit` means that there are no more.
    async fn partials(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredPartial>, StoreError>;

    /// Deletes what was changed last before a minute, and how many there were.
    async fn expire_partials(&self, before: Minute) -> Result<u64, StoreError>;
}

/// Which response something is a part of.
#[derive(Clone, Debug)]
pub struct PartialName {
    /// The survey.
    pub survey: String,
    /// The id of the response: 32 lower-case hexadecimal digits.
    pub id: String,
    /// The hash of the receipt that the whole response has, or will have.
    pub receipt: Digest,
}

/// A checked part of a response on its way into the store.
#[derive(Clone, Debug)]
pub struct NewPartial {
    /// The id of the response: 32 lower-case hexadecimal digits.
    pub id: String,
    /// The hash of the receipt that the whole response will have.
    pub receipt: Digest,
    /// The survey.
    pub survey: String,
    /// The version that is being answered.
    pub version: String,
    /// When it arrived.
    pub minute: Minute,
    /// Which of several is the latest; `None` for one that follows what is kept, whatever that is.
    pub turn: Option<u32>,
    /// What was answered and how, as JSON that the store does not look into.
    pub content: String,
}

/// What became of a part of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptPartial {
    /// It is kept, as this turn.
    Kept(u32),
    /// This turn is kept, which is as late or later. Nothing was changed.
    Later(u32),
    /// The whole response is kept. Nothing was changed.
    Complete,
    /// What had been sent of this response was taken back. Nothing was kept.
    TakenBack,
    /// The id is that of a response to another survey. Nothing was changed.
    Conflict,
    /// The survey takes no more responses.
    Closed,
    /// The survey does not take responses yet.
    NotOpen,
}

/// A part of a response as it comes out of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPartial {
    /// Where it stands among those of the survey.
    pub position: Position,
    /// The id of the response.
    pub id: String,
    /// The version that was being answered.
    pub version: String,
    /// When it was changed last.
    pub minute: Minute,
    /// What was answered and how.
    pub content: String,
}

/// What a row of parts is. At 0 it is nothing: SQLite deletes none of them, see its `partials`.
pub(super) mod state {
    /// What was answered so far.
    pub(in crate::store) const LIVE: i64 = 1;
    /// Nothing, and nothing more is kept under its id.
    pub(in crate::store) const TAKEN_BACK: i64 = 2;
}

/// A turn as it is stored: always of the same length, so that a row that is changed keeps its place, and compared as text.
pub(super) fn stored_turn(turn: u32) -> String {
    format!("{turn:010}")
}

/// The turn that is stored like this.
pub(super) fn read_turn(turn: &str) -> u32 {
    turn.parse().unwrap_or_default()
}

/// What decides about a part of a response that arrives.
#[derive(Debug)]
pub(super) struct Known {
    /// How the survey stands; `None` when there is none.
    pub(super) standing: Option<Standing>,
    /// Whether the whole response is kept.
    pub(super) complete: bool,
    /// Whether the whole response was taken back.
    pub(super) withdrawn: bool,
    /// The row with its id.
    pub(super) before: Option<Before>,
}

/// A row that has the id already.
#[derive(Clone, Debug)]
pub(super) struct Before {
    pub(super) seq: i64,
    pub(super) survey: String,
    pub(super) state: i64,
    pub(super) turn: u32,
    /// Bytes of its content.
    pub(super) bytes: usize,
}

impl Known {
    /// The turn under which a part is to be kept, or why it is not.
    pub(super) fn decide(&self, partial: &NewPartial) -> Result<u32, KeptPartial> {
        let before = self.before.as_ref();
        match self {
            _ if self.withdrawn => return Err(KeptPartial::TakenBack),
            _ if self.complete => return Err(KeptPartial::Complete),
            _ => {}
        }
        match self.standing {
            Some(Standing::Open) => {}
            Some(Standing::NotYet) => return Err(KeptPartial::NotOpen),
            Some(Standing::Closed) | None => return Err(KeptPartial::Closed),
        }
        match before {
            Some(before) if before.survey != partial.survey => Err(KeptPartial::Conflict),
            Some(before) if before.state == state::TAKEN_BACK => Err(KeptPartial::TakenBack),
            Some(before) if before.state == state::LIVE => match partial.turn {
                Some(turn) if turn <= before.turn => Err(KeptPartial::Later(before.turn)),
                turn => Ok(turn.unwrap_or(before.turn.saturating_add(1))),
            },
            _ => Ok(partial.turn.unwrap_or(1)),
        }
    }
}
