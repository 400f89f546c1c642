//! From block to block to the end of the log: counting, and making the blocks that are missing.
//!
//! The positions of one survey are given in the order of the commits, so that a block never has to be left open for one
//! that comes late. A block that somebody's withdrawal took away leaves a hole, which is counted anew out of the log.

use super::FiguresError;
use super::block::Block;
use super::layout::{Layout, WORDS};
use super::pack::is_newer;
use crate::store::{BlockRange, BlockRecord, NewBlock, Position, Store, StoredResponse};
use analysis::Counts;
use std::collections::BTreeMap;
use std::sync::Arc;
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
    pub(super) sums: Sums,
    pub(super) tail: Tail,
}

/// What is summed up over the blocks.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub(super) counts: Counts,
    /// How many responses have each word, in the order of [`WORDS`].
    pub(super) words: [BTreeMap<String, u64>; WORDS.len()],
    /// The position of the last response.
    pub(super) last: Position,
}

impl Sums {
    fn of(layout: &Layout) -> Self {
        let counts = Counts::of(layout.columns(), layout.shapes());
        Self { counts, words: Default::default(), last: Position::default() }
    }

    fn add(&mut self, layout: &Layout, block: &Block, last: Position) {
        block.count(layout, &mut self.counts);
        for (name, counts) in WORDS.iter().zip(&mut self.words) {
            block.words(name).for_each(|(word, times)| *counts.entry(word.to_owned()).or_default() += times);
        }
        self.last = self.last.max(last);
    }
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
        let mut sums = Sums::of(&self.layout);
        let mut at = Position::default();
        loop {
            let reading = self.store.blocks(&self.survey, at, BLOCKS);
            let blocks = runtime.block_on(reading).map_err(FiguresError::Store)?;
            for block in &blocks {
                self.count_block(runtime, at, block, &mut sums)?;
                at = at.max(block.range.last);
            }
            if blocks.len() < BLOCKS {
                break;
            }
        }
        let tail = self.still_holds(runtime, at, tail)?;
        let tail = self.count_log(runtime, tail, Until { end: None, keep: true }, &mut sums)?;
        Ok(Counted { sums, tail })
    }

    /// Counts a block, and what is missing before it.
    fn count_block(
        &self,
        runtime: &Handle,
        at: Position,
        record: &BlockRecord,
        sums: &mut Sums,
    ) -> Result<(), FiguresError> {
        if record.range.after > at {
            let hole = Until { end: Some(record.range.after), keep: true };
            self.count_log(runtime, self.nothing_after(at), hole, sums)?;
        }
        match Block::unpack(&record.dictionary, None) {
            Some(block) => sums.add(&self.layout, &block, record.range.last),
            None => {
                let keep = !is_newer(&record.dictionary);
                let unreadable = Until { end: Some(record.range.last), keep };
                self.count_log(runtime, self.nothing_after(record.range.after), unreadable, sums)?;
            }
        }
        Ok(())
    }

    fn nothing_after(&self, after: Position) -> Tail {
        let range = BlockRange { after, last: after };
        Tail { range, block: Block::of(&self.layout) }
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
        sums: &mut Sums,
    ) -> Result<Tail, FiguresError> {
        loop {
            let batch = self.store.responses(&self.survey, tail.range.last, BATCH);
            let mut batch = runtime.block_on(batch).map_err(FiguresError::Store)?;
            batch.retain(|response| until.end.is_none_or(|end| response.position <= end));
            for response in &batch {
                self.add(&mut tail, response)?;
                if tail.block.responses() >= self.block {
                    tail = self.close(runtime, &tail, sums, until.keep)?;
                }
            }
            if batch.len() < BATCH {
                break;
            }
        }
        let Some(end) = until.end else {
            sums.add(&self.layout, &tail.block, tail.range.last);
            return Ok(tail);
        };
        tail.range.last = end;
        if tail.range.after < end { self.close(runtime, &tail, sums, until.keep) } else { Ok(tail) }
    }

    fn add(&self, tail: &mut Tail, response: &StoredResponse) -> Result<(), FiguresError> {
        let cells = self.layout.cells(response)?;
        tail.block.add(&self.layout, cells);
        tail.range.last = response.position;
        Ok(())
    }

    /// Counts what is in a full tail and keeps it as a block. Where another collector was quicker, or something was taken
    /// back meanwhile, it is not kept, and whoever comes next makes it.
    fn close(
        &self,
        runtime: &Handle,
        tail: &Tail,
        sums: &mut Sums,
        keep: bool,
    ) -> Result<Tail, FiguresError> {
        sums.add(&self.layout, &tail.block, tail.range.last);
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
