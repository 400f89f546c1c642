//! Clearing away what was taken back.
//!
//! PostgreSQL leaves the old row in the table until a vacuum. Its own comes when a fifth of the table has changed, which
//! for a few rows among many is never, so that one is run here soon after a withdrawal.

use super::connect::Connections;
use super::failure::Failure;
use crate::refusal::log_failure;
use deadpool_postgres::Object;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Between two runs. A run reads only what has changed since the last one, and the indices.
const PAUSE: Duration = Duration::from_secs(60);

/// The task that clears away.
#[derive(Debug)]
pub(super) struct Vacuum {
    due: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Vacuum {
    pub(super) fn start(connections: Connections) -> Self {
        let due = Arc::new(Notify::new());
        let task = tokio::spawn(run(connections, Arc::clone(&due)));
        Self { due, task }
    }

    /// Something was taken back.
    pub(super) fn is_due(&self) {
        self.due.notify_one();
    }
}

impl Drop for Vacuum {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(connections: Connections, due: Arc<Notify>) {
    loop {
        due.notified().await;
        if let Err(failure) = vacuum(&connections).await {
            log_failure("what was taken back is not cleared away yet", &failure);
            due.notify_one();
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn vacuum(connections: &Connections) -> Result<(), Failure> {
    // It is not given back: it may wait for as long as it takes, which others may not.
    let client = Object::take(connections.writing().await?);
    client.batch_execute("SET statement_timeout = 0").await?;
    Ok(client
        .batch_execute("VACUUM (INDEX_CLEANUP ON) responses, quota_members, paper_entries, partials, blocks, invitations_left")
        .await?)
}
