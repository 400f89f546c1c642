//! From block to block to the end of the log: counting, and making the blocks that are missing.
//!
//! The positions of one survey are given in the order of the commits, so that a block never has to be left open for one
//! that comes late. A block that somebody's withdrawal took away leaves a hole, which is counted anew out of the log.

use super::FiguresError;
use super::block::{Block, is_newer};
use super::layout::Layout;
use crate::store::{BlockRange, BlockRecord, NewBlock, Position, Store, StoredResponse};
use std::sync::Arc;
use survey::tally::Tally;
use tokio::runtime::Handle;

/// Blocks of which the dictionaries are read at a time.
const BLOCKS: usize = 64;

/// Responses read at a time.
const BATCH: usize = 512;

/// A survey to be walked through.
pub(super) struct Walk {
    pub(super) store: Arc<dyn Store>,
    pub(super) survey: String,
    pub(super) layout: Arc<Layout>,
    pub(super) block: usize,
}

/// The responses after the last block, and where they stand.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    range: BlockRange,
    block: Block,
}

/// What a walk gives.
pub(super) struct Counted {
    pub(super) tally: Tally,
    pub(super) tail: Tail,
}

/// How far the log is counted, and whether blocks are made of it.
#[derive(Clone, Copy)]
struct Until {
    end: Option<Position>,
    keep: bool,
}

impl Walk {
    /// Counts everything. It blocks.
    pub(super) fn count(&self, runtime: &Handle, tail: Option<Arc<Tail>>) -> Result<Counted, FiguresError> {
        let mut tally = Tally::of(self.layout.columns());
        let mut at = Position::default();
        loop {
            let reading = self.store.blocks(&self.survey, at, BLOCKS);
            let blocks = runtime.block_on(reading).map_err(FiguresError::Store)?;
            for block in &blocks {
                self.count_block(runtime, at, block, &mut tally)?;
                at = at.max(block.range.last);
            }
            if blocks.len() < BLOCKS {
                break;
            }
        }
        let tail = self.still_holds(runtime, at, tail)?;
        let tail = self.count_log(runtime, tail, Until { end: None, keep: true }, &mut tally)?;
        Ok(Counted { tally, tail })
    }

    /// Counts a block, and what is missing before it.
    fn count_block(
        &self,
        runtime: &Handle,
        at: Position,
        record: &BlockRecord,
        tally: &mut Tally,
    ) -> Result<(), FiguresError> {
        if record.range.after > at {
            let hole = Until { end: Some(record.range.after), keep: true };
            self.count_log(runtime, self.nothing_after(at), hole, tally)?;
        }
        match Block::unpack(&record.dictionary, None) {
            Some(block) => block.count(&self.layout, tally),
            None => {
                let keep = !is_newer(&record.dictionary);
                let unreadable = Until { end: Some(record.range.last), keep };
                self.count_log(runtime, self.nothing_after(record.range.after), unreadable, tally)?;
            }
        }
        Ok(())
    }

    fn nothing_after(&self, after: Position) -> Tail {
        let range = BlockRange { after, last: after };
        Tail { range, block: Block::of(self.layout.columns()) }
    }

    /// The tail as it is remembered, if it begins here and nothing of it was taken back.
    fn still_holds(
        &self,
        runtime: &Handle,
        at: Position,
        tail: Option<Arc<Tail>>,
    ) -> Result<Tail, FiguresError> {
        let Some(tail) = tail.filter(|tail| tail.range.after == at) else {
            return Ok(self.nothing_after(at));
        };
        let there = self.store.count_responses(&self.survey, tail.range);
        let there = runtime.block_on(there).map_err(FiguresError::Store)?;
        let holds = there == tail.block.responses() as u64;
        Ok(if holds { Tail::clone(&tail) } else { self.nothing_after(at) })
    }

    /// Counts the log from the end of `tail` to a position, or to its end, and keeps what is full as a block. With a
    /// position, the last piece is a block however small it is. What is left is given back, counted too.
    fn count_log(
        &self,
        runtime: &Handle,
        mut tail: Tail,
        until: Until,
        tally: &mut Tally,
    ) -> Result<Tail, FiguresError> {
        loop {
            let batch = self.store.responses(&self.survey, tail.range.last, BATCH);
            let mut batch = runtime.block_on(batch).map_err(FiguresError::Store)?;
            batch.retain(|response| until.end.is_none_or(|end| response.position <= end));
            for response in &batch {
                self.add(&mut tail, response)?;
                if tail.block.responses() >= self.block {
                    tail = self.close(runtime, &tail, tally, until.keep)?;
                }
            }
            if batch.len() < BATCH {
                break;
            }
        }
        let Some(end) = until.end else {
            tail.block.count(&self.layout, tally);
            return Ok(tail);
        };
        tail.range.last = end;
        if tail.range.after < end { self.close(runtime, &tail, tally, until.keep) } else { Ok(tail) }
    }

    fn add(&self, tail: &mut Tail, response: &StoredResponse) -> Result<(), FiguresError> {
        let cells = self.layout.cells(response)?;
        tail.block.add(self.layout.columns(), cells);
        tail.range.last = response.position;
        Ok(())
    }

    /// Counts what is in a full tail and keeps it as a block. Where another collector was quicker, or something was taken
    /// back meanwhile, it is not kept, and whoever comes next makes it.
    fn close(
        &self,
        runtime: &Handle,
        tail: &Tail,
        tally: &mut Tally,
        keep: bool,
    ) -> Result<Tail, FiguresError> {
        tail.block.count(&self.layout, tally);
        if keep {
            let packed = tail.block.pack().map_err(|error| FiguresError::Unreadable(Box::new(error)))?;
            let keeping = self.store.keep_block(NewBlock {
                survey: self.survey.clone(),
                range: tail.range,
                responses: tail.block.responses() as u64,
                dictionary: packed.dictionary,
                cells: packed.cells,
            });
            runtime.block_on(keeping).map_err(FiguresError::Store)?;
        }
        Ok(self.nothing_after(tail.range.last))
    }
}
