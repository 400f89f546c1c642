//! When opinions are worked out: beside whoever looks, one survey at a time. Whoever comes meanwhile is shown what there was
//! before, with its day, or is told that it is not done yet.
//!
//! It is done at most once a minute and for no more than a twentieth of the time, and what is shown is replaced when as many
//! votes have changed as the threshold has people: who looks twice learns nothing about a few. Each collector does so by
//! itself.

use super::Forum;
use super::opinion::{Release, worked_out};
use crate::clock::Minute;
use crate::http::App;
use crate::refusal::Refusal;
use crate::store::Store;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long somebody who looks waits for it.
const PATIENCE: Duration = Duration::from_millis(700);

/// How many times as long as it took nothing is worked out again.
const REST: u32 = 20;

/// What was released last of each forum.
#[derive(Clone)]
pub(crate) struct Opinions(Arc<Inner>);

struct Inner {
    /// By survey and threshold.
    released: Mutex<HashMap<(String, u64), Kept>>,
    turn: Arc<Semaphore>,
}

#[derive(Clone)]
struct Kept {
    /// Before this minute nothing is worked out again.
    until: Minute,
    changes: u64,
    release: Option<Arc<Release>>,
}

/// What can be shown of opinions.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    /// Nothing, for too few have voted.
    Few,
    /// Nothing yet: it is being worked out.
    NotYet,
    /// This.
    Released(Arc<Release>),
}

impl Default for Opinions {
    fn default() -> Self {
        Self(Arc::new(Inner { released: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }))
    }
}

impl Opinions {
    fn lock(&self) -> MutexGuard<'_, HashMap<(String, u64), Kept>> {
        self.0.released.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Opinions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opinions(***)")
    }
}

impl Kept {
    fn known(self) -> Known {
        self.release.map_or(Known::Few, Known::Released)
    }
}

/// What may be seen of the opinions in a forum, by its rule.
pub(crate) async fn opinions(app: &App, survey: &str, forum: &Forum) -> Result<Known, Refusal> {
    let (now, key) = ((app.clock)(), (survey.to_owned(), forum.rule().least()));
    let before = app.opinions.lock().get(&key).cloned();
    if let Some(kept) = before.as_ref().filter(|kept| now < kept.until) {
        return Ok(kept.clone().known());
    }
    let meanwhile = before.clone().map_or(Known::NotYet, Kept::known);
    let Ok(turn) = Arc::clone(&app.opinions.0.turn).try_acquire_owned() else { return Ok(meanwhile) };
    let work = Work {
        opinions: app.opinions.clone(),
        store: Arc::clone(&app.store),
        forum: forum.clone(),
        key,
        before,
        now,
    };
    match tokio::time::timeout(PATIENCE, tokio::spawn(work.done(turn))).await {
        Err(_) => Ok(meanwhile),
        Ok(Ok(kept)) => kept.map(Kept::known),
        Ok(Err(error)) => Err(Refusal::internal("opinions cannot be worked out", &error)),
    }
}

/// Working out the opinions in a forum.
struct Work {
    opinions: Opinions,
    store: Arc<dyn Store>,
    forum: Forum,
    key: (String, u64),
    before: Option<Kept>,
    now: Minute,
}

impl Work {
    async fn done(self, _turn: OwnedSemaphorePermit) -> Result<Kept, Refusal> {
        let (began, survey) = (Instant::now(), &self.key.0);
        let changes = self.store.count_votes(survey).await.map_err(Refusal::of_store)?.changes;
        let little = |kept: &Kept| {
            kept.release.is_some() && changes.abs_diff(kept.changes) < self.forum.rule().least()
        };
        let (changes, release) = match self.before.filter(little) {
            Some(kept) => (kept.changes, kept.release),
            None => (changes, worked_out(&*self.store, survey, &self.forum, self.now).await?.map(Arc::new)),
        };
        let rest = i64::try_from((began.elapsed() * REST).as_secs() / 60).unwrap_or(i64::MAX);
        let until = Minute(self.now.0.saturating_add(1).saturating_add(rest));
        let kept = Kept { until, changes, release };
        self.opinions.lock().insert(self.key, kept.clone());
        Ok(kept)
    }
}
