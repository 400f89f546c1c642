//! Blocks on their way into the store and out of it: what figures keep up beside the log of responses.

use super::{Position, StoreError};
use async_trait::async_trait;

/// Where a block stands in the log of its survey: from after one position to another, that one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRange {
    /// The position before the first.
    pub after: Position,
    /// The last position.
    pub last: Position,
}

/// A block that was made of the log.
#[derive(Clone, Debug)]
pub struct NewBlock {
    /// The survey.
    pub survey: String,
    /// The positions that it stands for.
    pub range: BlockRange,
    /// How many responses are in it.
    pub responses: u64,
    /// Its dictionaries, packed, which the store does not look into.
    pub dictionary: Vec<u8>,
    /// Its cells, packed.
    pub cells: Vec<u8>,
}

/// A block without its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockRecord {
    /// The positions that it stands for.
    pub range: BlockRange,
    /// Its dictionaries, packed. Zeros may follow.
    pub dictionary: Vec<u8>,
}

/// What is kept of responses column by column, so that nobody counts the log again. All of it can be made anew.
///
/// No two blocks of a survey overlap. Taking a response back takes away the block that it lies in, in the same
/// transaction, and overwrites what was in it as it does with the response.
#[async_trait]
pub trait Blocks: Send + Sync {
    /// The blocks of a survey in order, at most `limit`, that begin at a position or later.
    async fn blocks(
        &self,
        survey: &str,
        from: Position,
        limit: usize,
    ) -> Result<Vec<BlockRecord>, StoreError>;

    /// The first of these with its cells.
    async fn block(&self, survey: &str, from: Position)
    -> Result<Option<(BlockRecord, Vec<u8>)>, StoreError>;

    /// Keeps a block in the place of the one with the same positions, if there is one. `false`, and nothing is changed,
    /// when another overlaps it, or when so many responses are no longer there.
    async fn keep_block(&self, block: NewBlock) -> Result<bool, StoreError>;

    /// How many responses of a survey there are at these positions.
    async fn count_responses(&self, survey: &str, range: BlockRange) -> Result<u64, StoreError>;

    /// The surveys with at least so many responses after their last block.
    async fn surveys_behind(&self, responses: usize) -> Result<Vec<String>, StoreError>;
}
