//! Values that the parts of a form follow.
//!
//! Leptos makes a copy of its signals for each type of value, and of its memos too, and a citizen downloads them all.
//! Here there is one trigger without a value, Leptos' own, and the value beside it.

use leptos::prelude::{Notify, Track};
use leptos::reactive::signal::ArcTrigger;
use std::sync::{PoisonError, RwLock};

/// A value; whoever reads it in an effect is run again when it changes.
pub(crate) struct Watched<T> {
    value: RwLock<T>,
    changed: ArcTrigger,
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: RwLock::new(value), changed: ArcTrigger::new() }
    }

    /// Reads the value and follows it.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        track(&self.changed);
        self.with_untracked(read)
    }

    /// Reads the value as it is now.
    pub(crate) fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells who follows the value that it is another.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser changes a form"))]
    pub(crate) fn set(&self, value: T) {
        *self.value.write().unwrap_or_else(PoisonError::into_inner) = value;
        notify(&self.changed);
    }
}

impl<T: Clone> Watched<T> {
    pub(crate) fn get(&self) -> T {
        self.with(T::clone)
    }

    pub(crate) fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}

#[inline(never)]
fn track(changed: &ArcTrigger) {
    changed.track();
}

#[inline(never)]
fn notify(changed: &ArcTrigger) {
    changed.notify();
}
