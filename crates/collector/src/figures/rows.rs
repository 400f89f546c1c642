//! The cells of a survey, response by response: out of the blocks, and out of the log where there is none.

use super::FiguresError;
use super::block::Block;
use super::layout::Layout;
use crate::store::{Position, Store};
use std::fmt;
use std::sync::Arc;
use survey::Missing;
use survey::columns::Cell;
use tokio::runtime::Handle;

/// Responses read at a time.
const BATCH: usize = 512;

/// Rows of cells, one block of them in memory. It blocks.
pub struct Rows {
    store: Arc<dyn Store>,
    runtime: Handle,
    survey: String,
    layout: Arc<Layout>,
    wanted: Vec<usize>,
    at: Position,
    /// The last position that is read.
    until: Option<Position>,
    ready: Box<dyn Iterator<Item = Vec<Cell>> + Send>,
    ended: bool,
}

impl Rows {
    pub(super) fn of(store: Arc<dyn Store>, survey: &str, layout: Arc<Layout>, wanted: &[usize]) -> Self {
        Self {
            store,
            runtime: Handle::current(),
            survey: survey.to_owned(),
            layout,
            wanted: wanted.to_vec(),
            at: Position::default(),
            until: None,
            ready: Box::new(std::iter::empty()),
            ended: false,
        }
    }

    /// What stands after one position, up to another.
    pub(super) fn between(self, after: Position, until: Option<Position>) -> Self {
        Self { at: after, until, ..self }
    }

    /// Reads the next block, or the next responses of the log where there is none.
    fn read_on(&mut self) -> Result<(), FiguresError> {
        let block = self.store.block(&self.survey, self.at);
        let block = self.runtime.block_on(block).map_err(FiguresError::Store)?;
        let is_within = |last: Position| self.until.is_none_or(|until| last <= until);
        if let Some((record, cells)) = &block
            && record.range.after == self.at
            && is_within(record.range.last)
            && let Some(block) = Block::unpack(&record.dictionary, Some(cells))
        {
            self.at = record.range.last;
            self.ready = Box::new(block.rows(&self.layout, &self.wanted));
            return Ok(());
        }
        let next = block.map(|(record, _)| record.range.after).filter(|after| *after > self.at);
        self.read_log(next)
    }

    /// Reads responses up to the beginning of the next block.
    fn read_log(&mut self, end: Option<Position>) -> Result<(), FiguresError> {
        let batch = self.store.responses(&self.survey, self.at, BATCH);
        let mut batch = self.runtime.block_on(batch).map_err(FiguresError::Store)?;
        let is_last = batch.len() < BATCH;
        batch.retain(|response| end.is_none_or(|end| response.position <= end));
        let read = batch.len();
        batch.retain(|response| self.until.is_none_or(|until| response.position <= until));
        let is_past = batch.len() < read;
        match (batch.last(), end) {
            (_, Some(end)) if is_last || batch.len() < BATCH => self.at = end,
            (Some(response), _) => self.at = response.position,
            (None, _) => {}
        }
        self.ended = is_past || is_last && end.is_none() || self.until.is_some_and(|until| self.at >= until);
        let mut rows = Vec::with_capacity(batch.len());
        for response in &batch {
            let cells = self.layout.cells(response)?;
            rows.push(self.wanted.iter().map(|place| self.cell(&cells, *place)).collect());
        }
        self.ready = Box::new(rows.into_iter());
        Ok(())
    }

    /// As it would stand in a block.
    fn cell(&self, cells: &[Cell], place: usize) -> Cell {
        match (self.layout.columns().get(place), cells.get(place)) {
            (Some(column), Some(Cell::Text(_))) if !Layout::keeps_words(column) => Cell::Text(String::new()),
            (Some(_), Some(cell)) => cell.clone(),
            _ => Cell::Missing(Missing::NotAsked),
        }
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("survey", &self.survey).field("at", &self.at).finish_non_exhaustive()
    }
}

impl Iterator for Rows {
    type Item = Result<Vec<Cell>, FiguresError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.ready.next() {
                return Some(Ok(row));
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.read_on() {
                self.ended = true;
                return Some(Err(error));
            }
        }
    }
}
