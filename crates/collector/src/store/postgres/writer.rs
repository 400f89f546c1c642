//! The one task that keeps responses, with group commit.
//!
//! A commit waits for the disk and the network, and while it waits, more arrives. The writer takes all of that into the
//! next transaction. Each sender is answered only after the commit. Other collectors do the same on the same database; the
//! locks on the rows of surveys make them take turns.

pub(super) mod batch;

use super::connect::Connections;
use super::failure::Failure;
use crate::store::{Kept, NewResponse, StoreError};
use deadpool_postgres::Object;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
        let out_of_room = Arc::new(AtomicBool::new(false));
        tokio::spawn(run(connections, jobs, Arc::clone(&out_of_room)));
        Self { queue, out_of_room }
    }

    /// Whether there was no room for the last responses.
    pub(super) fn is_out_of_room(&self) -> bool {
        self.out_of_room.load(Ordering::Relaxed)
    }

    /// Keeps a response, and says so after the commit.
    pub(super) async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Job { response, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
        })?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }
}

async fn run(connections: Connections, mut jobs: mpsc::Receiver<Job>, out_of_room: Arc<AtomicBool>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut waiting, BATCH).await > 0 {
        let (responses, answers): (Vec<_>, Vec<_>) =
            waiting.drain(..).map(|job| (job.response, job.answer)).unzip();
        let kept = keep_all(&connections, &responses).await;
        let full = kept.iter().any(|kept| matches!(kept, Err(StoreError::Full(_))));
        out_of_room.store(full, Ordering::Relaxed);
        for (kept, answer) in kept.into_iter().zip(answers) {
            // Whoever asked may have gone; what was kept stays kept.
            drop(answer.send(kept));
        }
    }
}

/// What became of each. A response that the database refuses must not spoil the others of its batch: then each is tried
/// alone.
async fn keep_all(connections: &Connections, responses: &[NewResponse]) -> Vec<Result<Kept, StoreError>> {
    match keep(connections, responses).await {
        Ok(kept) => kept.into_iter().map(Ok).collect(),
        Err(failure) if failure.is_passing() || responses.len() == 1 => {
            let error = StoreError::from(failure);
            responses.iter().map(|_| Err(error.clone())).collect()
        }
        Err(_) => {
            let mut kept = Vec::with_capacity(responses.len());
            for response in responses {
                let alone = keep(connections, std::slice::from_ref(response)).await;
                kept.push(alone.map_err(StoreError::from).and_then(|kept| only(&kept)));
            }
            kept
        }
    }
}

fn only(kept: &[Kept]) -> Result<Kept, StoreError> {
    kept.first().copied().ok_or(StoreError::Stopped)
}

async fn keep(connections: &Connections, responses: &[NewResponse]) -> Result<Vec<Kept>, Failure> {
    let mut attempt = 1;
    loop {
        let mut client = connections.writing().await?;
        match batch::keep(&mut client, responses).await {
            Err(failure) if failure.is_passing() && attempt < ATTEMPTS => {
                // Its host may have become a standby, which it will not tell by itself.
                drop(Object::take(client));
                attempt += 1;
            }
            kept => return kept,
        }
    }
}
