//! How far the responses to a survey go at one moment.

use super::{Position, StoreError};
use async_trait::async_trait;

/// How much there is of a survey. Two extents that are equal are extents of the same responses: they are appended, taken
/// back, and lose their texts when the time of these is over; nothing else ever changes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Responses that were kept and not taken back.
    pub responses: u64,
    /// Responses that were taken back.
    pub withdrawn: u64,
    /// Where the last stands that was kept, also if it was taken back since.
    pub last: Position,
    /// Responses whose texts were deleted because their time was over.
    pub forgotten: u64,
}

/// What a store knows of all responses to a survey without reading them.
#[async_trait]
pub trait Extents {
    /// How far they go now.
    async fn extent(&self, survey: &str) -> Result<Extent, StoreError>;
}
