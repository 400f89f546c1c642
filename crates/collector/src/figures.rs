//! Figures of a survey: the tally of every column, and the cells for whoever cuts them. They are kept up from the log of
//! responses in blocks, so that nobody's click counts a million of them again.
//!
//! Here is what the rest of the collector sees. A block is in `figures/block.rs` and
//! `figures/column.rs`, how it is written in
//! `figures/pack.rs`, the columns in `figures/layout.rs`,
//! going from block to block in `figures/walk.rs`, cell by cell in `figures/rows.rs`. What the log alone can tell of each
//! response is in `figures/beside.rs`, and what was worked out is remembered in `figures/memory.rs`.

mod beside;
mod block;
mod column;
mod layout;
mod memory;
mod pack;
mod rows;
mod walk;

use crate::export::{ExportError, OptionError};
use crate::key::Key;
use crate::random::Random;
use crate::store::{Extent, Position, Store, StoreError};
use analysis::summary::{Summary, summaries};
use analysis::{Counts, Shape};
use layout::{Layout, WORDS};
use memory::Memory;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use survey::columns::Column;
use survey::expression::Expression;
use survey::tally::Tally;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use walk::{Sums, Tail, Walk};

pub(crate) use beside::{Asked, Span};
pub use layout::ACTIVE_TIME;
pub(crate) use memory::Begun;
pub use rows::Rows;

/// Responses in a block. A block with all its cells is some tens of kilobytes; what is not in one yet is read from the
/// log, a tenth of a second at most.
pub const BLOCK: usize = 4096;

/// Between two looks at what has arrived.
const PAUSE: Duration = Duration::from_secs(10);

/// The figures of a survey as they were when they were asked for.
#[derive(Clone)]
pub struct Figures {
    store: Arc<dyn Store>,
    survey: String,
    layout: Arc<Layout>,
    sums: Sums,
    memory: Arc<Memory>,
}

impl Figures {
    /// The columns: those of the envelope but the pseudonym, [`ACTIVE_TIME`], then those of all versions, as an export
    /// has them.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        self.layout.columns()
    }

    /// What was counted in each column, in their order.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.sums.counts.tally
    }

    /// The questions, those of the envelope first, by their columns.
    #[must_use]
    pub fn shapes(&self) -> &[Shape] {
        self.layout.shapes()
    }

    /// All that summaries are made of.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.sums.counts
    }

    /// Each question at a glance, in the order of [`Self::shapes`].
    #[must_use]
    pub fn summaries(&self) -> Vec<Summary> {
        summaries(self.columns(), self.shapes(), self.counts())
    }

    /// How many responses have each word in a column of the envelope: by day, version, language, channel, and who helped.
    /// `None` for other columns.
    #[must_use]
    pub fn by_word(&self, name: &str) -> Option<&BTreeMap<String, u64>> {
        WORDS.iter().position(|known| *known == name).map(|place| &self.sums.words[place])
    }

    /// The position of the last response that was counted.
    #[must_use]
    pub fn last(&self) -> Position {
        self.sums.last
    }

    /// The place of a column by its name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.layout.place(name)
    }

    /// The cells of these columns, response by response, in order of arrival; an iterator that reads one block at a time
    /// and blocks: it must run on a thread of the runtime that may. Texts that citizens typed are not among them: there
    /// `Cell::Text` is empty. A response that came or was taken back since the tally was made may make a difference.
    #[must_use]
    pub fn rows(&self, wanted: &[usize]) -> Rows {
        Rows::of(Arc::clone(&self.store), &self.survey, Arc::clone(&self.layout), wanted)
    }

    /// A condition over the answers, in the language of surveys.
    pub(crate) fn condition(&self, text: &str) -> Result<Expression, OptionError> {
        self.layout.condition(text)
    }

    /// How far the responses go now. It blocks.
    pub(crate) fn extent(&self) -> Result<Extent, FiguresError> {
        Handle::current().block_on(self.store.extent(&self.survey)).map_err(FiguresError::Store)
    }
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// The store did not give what was asked of it.
    #[error("the figures cannot be read")]
    Store(#[source] StoreError),
    /// Responses were taken back while they were read.
    #[error("responses were taken back meanwhile")]
    Changed,
    /// A version or a response cannot be read.
    #[error("the figures cannot be counted")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl FiguresError {
    fn of_export(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => Self::Store(error),
            other => Self::Unreadable(Box::new(other)),
        }
    }
}

/// Makes figures, and keeps the blocks up that they are made of.
pub struct Keeper {
    store: Arc<dyn Store>,
    key: Key,
    block: usize,
    known: Mutex<HashMap<String, Known>>,
    memory: Arc<Memory>,
}

/// What is remembered of a survey: it is looked at again each time whether it still holds.
#[derive(Clone, Debug)]
struct Known {
    versions: Vec<String>,
    layout: Arc<Layout>,
    tail: Option<Arc<Tail>>,
}

impl Keeper {
    pub(crate) fn new(store: Arc<dyn Store>, key: Key) -> Self {
        Self { store, key, block: BLOCK, known: Mutex::default(), memory: Arc::default() }
    }

    /// Of a store, with so many responses in a block.
    ///
    /// # Errors
    /// When the store does not give the collector's own secret.
    pub async fn with_blocks_of(
        block: usize,
        store: Arc<dyn Store>,
        random: &Random,
    ) -> anyhow::Result<Self> {
        let key = Key::of_store(&*store, random).await?;
        Ok(Self { block: block.max(1), ..Self::new(store, key) })
    }

    /// The figures of a survey; `None` when no such survey was published.
    ///
    /// # Errors
    /// When the store fails, or holds what this program cannot read.
    pub async fn of(&self, survey: &str) -> Result<Option<Figures>, FiguresError> {
        let Some(known) = self.known(survey).await? else { return Ok(None) };
        let (store, layout) = (Arc::clone(&self.store), Arc::clone(&known.layout));
        let walk = Walk { store, survey: survey.to_owned(), layout, block: self.block };
        let runtime = Handle::current();
        let counting = spawn_blocking(move || walk.count(&runtime, known.tail));
        let counted = counting.await.map_err(|error| FiguresError::Unreadable(Box::new(error)))??;
        if let Some(known) = self.lock().get_mut(survey) {
            known.tail = Some(Arc::new(counted.tail));
        }
        let (store, layout, memory) = (Arc::clone(&self.store), known.layout, Arc::clone(&self.memory));
        Ok(Some(Figures { store, survey: survey.to_owned(), layout, sums: counted.sums, memory }))
    }

    async fn known(&self, survey: &str) -> Result<Option<Known>, FiguresError> {
        let versions = self.store.versions(survey).await.map_err(FiguresError::Store)?;
        if let Some(known) = self.lock().get(survey).filter(|known| known.versions == versions) {
            return Ok(Some(known.clone()));
        }
        let layout = Layout::of(&*self.store, self.key.clone(), survey).await?;
        let known = layout.map(|layout| Known { versions, layout: Arc::new(layout), tail: None });
        if let Some(known) = &known {
            self.lock().insert(survey.to_owned(), known.clone());
        }
        Ok(known)
    }

    /// Makes the blocks that are full, survey by survey, for as long as the program runs: whoever opens figures then
    /// finds them. It waits while responses are waiting to be kept.
    pub async fn keep_up(&self) {
        loop {
            tokio::time::sleep(PAUSE).await;
            if self.store.pace().queue.get() == 0
                && let Err(error) = self.catch_up().await
            {
                crate::refusal::log_failure("figures are not kept up", &error);
            }
        }
    }

    /// Makes the blocks that are full now.
    ///
    /// # Errors
    /// When the store fails, or holds what this program cannot read.
    pub async fn catch_up(&self) -> Result<(), FiguresError> {
        for survey in self.store.surveys_behind(self.block).await.map_err(FiguresError::Store)? {
            self.of(&survey).await?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Figures").field("survey", &self.survey).finish_non_exhaustive()
    }
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("block", &self.block).finish_non_exhaustive()
    }
}
