//! The one task that keeps responses, with group commit.
//!
//! A commit waits for the disk and the network, and while it waits, more arrives. The writer takes all of that into the
//! next transaction. Each sender is answered only after the commit. Other collectors do the same on the same database; the
//! locks on the rows of surveys make them take turns.

mod at_once;
pub(super) mod batch;
mod insert;

use super::connect::Connections;
use super::failure::Failure;
use crate::store::{Kept, NewResponse, Pace, StoreError};
use deadpool_postgres::Object;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};

/// Responses that may wait; at 2 KB each some 8 MB.
const QUEUE: usize = 4096;

/// Responses in one transaction.
const BATCH: usize = 512;

/// How often a batch is tried. A connection may have broken since it was last used, or during the commit: then nobody
/// knows what became of it, and trying again finds out, because what was kept is known by its id.
const ATTEMPTS: usize = 3;

/// A handle on the task. It ends when the handle is dropped and everything queued is written.
#[derive(Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
    pace: Pace,
    out_of_room: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Job {
    response: NewResponse,
    answer: oneshot::Sender<Result<Kept, StoreError>>,
}

impl Writer {
    pub(super) fn start(connections: Connections) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (pace, out_of_room) = (Pace::default(), Arc::new(AtomicBool::new(false)));
        tokio::spawn(run(connections, jobs, pace.clone(), Arc::clone(&out_of_room)));
        Self { queue, pace, out_of_room }
    }

    /// How fast it writes.
    pub(super) fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Whether there was no room for the last responses.
    pub(super) fn is_out_of_room(&self) -> bool {
        self.out_of_room.load(Ordering::Relaxed)
    }

    /// Keeps a response, and says so after the commit.
    pub(super) async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Job { response, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                self.pace.refused.inc();
                StoreError::Busy
            }
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
        })?;
        self.pace.queue.inc();
        answered.await.map_err(|_| StoreError::Stopped)?
    }
}

async fn run(
    connections: Connections,
    mut jobs: mpsc::Receiver<Job>,
    pace: Pace,
    out_of_room: Arc<AtomicBool>,
) {
    let mut waiting = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut waiting, BATCH).await > 0 {
        let (responses, answers): (Vec<_>, Vec<_>) =
            waiting.drain(..).map(|job| (job.response, job.answer)).unzip();
        let began = Instant::now();
        let kept = keep_all(&connections, &responses).await;
        pace.observe(responses.len(), began.elapsed());
        pace.leave(responses.len());
        let full = kept.iter().any(|kept| matches!(kept, Err(StoreError::Full(_))));
        out_of_room.store(full, Ordering::Relaxed);
        for (kept, answer) in kept.into_iter().zip(answers) {
            // Whoever asked may have gone; what was kept stays kept.
            drop(answer.send(kept));
        }
    }
}

/// Which way responses go.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// One statement keeps those that nothing stands against.
    AtOnce,
    /// A transaction decides about each.
    Decided,
}

/// What became of each. Nearly always one statement keeps them all; whoever it does not keep is decided about after it.
async fn keep_all(connections: &Connections, responses: &[NewResponse]) -> Vec<Result<Kept, StoreError>> {
    let all: Vec<&NewResponse> = responses.iter().collect();
    if !at_once::is_possible(&all) {
        return decide_all(connections, &all).await;
    }
    match keep(connections, &all, Way::AtOnce).await {
        Ok(kept) => decide_rest(connections, &all, kept).await,
        Err(failure) if failure.is_passing() => fail_all(&all, failure),
        Err(_) => decide_each(connections, &all).await,
    }
}

async fn decide_rest(
    connections: &Connections,
    all: &[&NewResponse],
    kept: Vec<Option<Kept>>,
) -> Vec<Result<Kept, StoreError>> {
    let left = all.iter().zip(&kept).filter(|(_, kept)| kept.is_none());
    let left: Vec<&NewResponse> = left.map(|(response, _)| *response).collect();
    let decided = if left.is_empty() { Vec::new() } else { decide_all(connections, &left).await };
    let mut decided = decided.into_iter();
    let mut next = || decided.next().unwrap_or(Err(StoreError::Stopped));
    kept.into_iter().map(|kept| kept.map_or_else(&mut next, Ok)).collect()
}

/// A response that the database refuses must not spoil the others of its batch: then each is tried alone.
async fn decide_all(connections: &Connections, responses: &[&NewResponse]) -> Vec<Result<Kept, StoreError>> {
    match keep(connections, responses, Way::Decided).await {
        Ok(kept) => kept.into_iter().map(|kept| kept.ok_or(StoreError::Stopped)).collect(),
        Err(failure) if failure.is_passing() || responses.len() == 1 => fail_all(responses, failure),
        Err(_) => decide_each(connections, responses).await,
    }
}

async fn decide_each(connections: &Connections, responses: &[&NewResponse]) -> Vec<Result<Kept, StoreError>> {
    let mut decided = Vec::with_capacity(responses.len());
    for response in responses {
        let alone = keep(connections, std::slice::from_ref(response), Way::Decided).await;
        let kept = alone.map(|kept| kept.first().copied().flatten());
        decided.push(kept.map_err(StoreError::from).and_then(|kept| kept.ok_or(StoreError::Stopped)));
    }
    decided
}

fn fail_all(responses: &[&NewResponse], failure: Failure) -> Vec<Result<Kept, StoreError>> {
    let error = StoreError::from(failure);
    responses.iter().map(|_| Err(error.clone())).collect()
}

/// Tries until it is known what became of them; of those that were left undecided nothing is known.
async fn keep(
    connections: &Connections,
    responses: &[&NewResponse],
    way: Way,
) -> Result<Vec<Option<Kept>>, Failure> {
    let mut attempt = 1;
    loop {
        let client = connections.writing().await?;
        let kept = match way {
            Way::AtOnce => at_once::keep(&client, responses).await,
            Way::Decided => {
                batch::keep(&client, responses).await.map(|kept| kept.into_iter().map(Some).collect())
            }
        };
        match kept {
            Err(failure) if failure.is_passing() && attempt < ATTEMPTS => {
                // Its host may have become a standby, which it will not tell by itself.
                drop(Object::take(client));
                attempt += 1;
            }
            kept => return kept,
        }
    }
}
