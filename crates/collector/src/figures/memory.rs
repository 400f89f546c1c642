//! What was worked out of all responses, for as long as they are the same: who looks again does not wait again. When only
//! more have come, it is gone on with; when something was taken back or forgotten, it is worked out anew.

use super::layout::Layout;
use super::{Figures, FiguresError};
use crate::store::Extent;
use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many things are remembered, those that were asked for last.
const MOST: usize = 24;

/// What is remembered, by survey and by what it is.
#[derive(Default)]
pub(super) struct Memory(Mutex<Vec<(String, Slot)>>);

/// Whoever works something out holds it, and others who want the same wait for that.
type Slot = Arc<Mutex<Option<Kept>>>;

/// Something, with the responses and the columns that it was worked out of.
struct Kept {
    layout: Arc<Layout>,
    extent: Extent,
    content: Arc<dyn Any + Send + Sync>,
}

/// What there is already of something: of all responses up to an extent.
pub(crate) struct Begun<T> {
    pub(crate) content: Arc<T>,
    pub(crate) extent: Extent,
}

impl Memory {
    fn slot(&self, key: &str) -> Slot {
        let mut slots = lock(&self.0);
        let known = slots.iter().position(|(name, _)| name == key);
        let (name, slot) = known.map_or_else(|| (key.to_owned(), Slot::default()), |at| slots.remove(at));
        slots.insert(0, (name, Arc::clone(&slot)));
        slots.truncate(MOST);
        slot
    }
}

impl Kept {
    /// What of it stands for responses of this extent too.
    fn begun<T: Any + Send + Sync>(&self, layout: &Arc<Layout>, now: Extent) -> Option<Begun<T>> {
        let Extent { responses, withdrawn, forgotten, last } = self.extent;
        let is_less = now.responses < responses || now.last < last;
        let only_more = withdrawn == now.withdrawn && forgotten == now.forgotten && !is_less;
        if !only_more || !Arc::ptr_eq(&self.layout, layout) {
            return None;
        }
        let content = Arc::clone(&self.content).downcast().ok()?;
        Some(Begun { content, extent: self.extent })
    }
}

impl Figures {
    /// Something that is worked out of all responses. `make` goes on with what there is of it already, up to the extent
    /// that it is given. It blocks.
    pub(crate) fn kept_up<T: Any + Send + Sync, E: From<FiguresError>>(
        &self,
        what: &str,
        make: impl FnOnce(Option<Begun<T>>, Extent) -> Result<T, E>,
    ) -> Result<Begun<T>, E> {
        let slot = self.memory.slot(&format!("{} {what}", self.survey));
        let mut kept = lock(&slot);
        let extent = self.extent()?;
        let begun = kept.as_ref().and_then(|kept| kept.begun(&self.layout, extent));
        if let Some(done) = begun.as_ref().filter(|begun: &&Begun<T>| begun.extent == extent) {
            return Ok(Begun { content: Arc::clone(&done.content), extent });
        }
        let content = Arc::new(make(begun, extent)?);
        let own = Arc::clone(&content);
        *kept = Some(Kept { layout: Arc::clone(&self.layout), extent, content: own });
        Ok(Begun { content, extent })
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
