//! How often somebody may download: an export reads a whole survey, and a program gone wild asks for it without end.
//!
//! Counted for each token and each account, in memory, so that each collector counts its own.

use crate::clock::Minute;
use crate::refusal::Refusal;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Downloads that somebody may begin in a minute, and have at the same time. A pipeline that asks for each of a hundred
/// surveys every minute passes.
const IN_A_MINUTE: u32 = 120;
const AT_ONCE: u32 = 4;

/// Who downloads.
#[derive(Debug, Default)]
pub(crate) struct Exporting(Mutex<HashMap<String, Counted>>);

#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    minute: Option<Minute>,
    begun: u32,
    running: u32,
}

/// A download that was let in; it counts until this is dropped.
pub(super) struct Running {
    exporting: Arc<Exporting>,
    who: String,
}

impl Exporting {
    /// Lets somebody begin a download, unless it is too many.
    pub(super) fn begin(self: &Arc<Self>, who: &str, now: Minute) -> Result<Running, Refusal> {
        let mut all = self.all();
        // Who is not downloading and has not begun to in this minute is forgotten.
        all.retain(|_, counted| counted.running > 0 || counted.minute == Some(now));
        let counted = all.entry(who.to_owned()).or_default();
        if counted.minute != Some(now) {
            *counted = Counted { minute: Some(now), begun: 0, ..*counted };
        }
        if counted.begun >= IN_A_MINUTE || counted.running >= AT_ONCE {
            return Err(Refusal::TooMany);
        }
        (counted.begun, counted.running) = (counted.begun + 1, counted.running + 1);
        Ok(Running { exporting: Arc::clone(self), who: who.to_owned() })
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(counted) = self.exporting.all().get_mut(&self.who) {
            counted.running = counted.running.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Minute = Minute(29_550_000);

    #[test]
    fn somebody_has_four_downloads_at_once_and_others_have_theirs() {
        let exporting = Arc::new(Exporting::default());
        let four: Vec<Running> = (0..4).map(|_| exporting.begin("token a", NOW).unwrap()).collect();
        assert!(matches!(exporting.begin("token a", NOW), Err(Refusal::TooMany)));
        assert!(
            matches!(exporting.begin("token a", Minute(NOW.0 + 1)), Err(Refusal::TooMany)),
            "they still run"
        );
        assert!(exporting.begin("aigul", NOW).is_ok());
        drop(four);
        assert!(exporting.begin("token a", NOW).is_ok());
    }

    #[test]
    fn somebody_begins_a_hundred_and_twenty_downloads_in_a_minute_and_is_forgotten_after_it() {
        let exporting = Arc::new(Exporting::default());
        assert!((0..120).all(|_| exporting.begin("token a", NOW).is_ok()));
        assert!(exporting.begin("token a", NOW).is_err());
        assert!(exporting.begin("token b", Minute(NOW.0 + 1)).is_ok());
        assert_eq!(exporting.all().len(), 1, "only who may have something to count");
        assert!(exporting.begin("token a", Minute(NOW.0 + 1)).is_ok());
    }
}
