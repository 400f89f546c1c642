//! Connections that read, used on threads that may block.

use super::{open, store_error};
use crate::store::StoreError;
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Readers at the same time. More would wait for the same disk.
const READERS: usize = 4;

/// A few connections that can only read, opened when they are first needed.
#[derive(Debug)]
pub(super) struct Readers {
    idle: Arc<Idle>,
    permits: Semaphore,
}

#[derive(Debug)]
struct Idle {
    database: PathBuf,
    connections: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(database: PathBuf) -> Self {
        let idle = Arc::new(Idle { database, connections: Mutex::default() });
        Self { idle, permits: Semaphore::new(READERS) }
    }

    /// Runs `work` with a connection, waiting for one to be free.
    pub(super) async fn read<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let _permit = self.permits.acquire().await.map_err(|_| StoreError::Stopped)?;
        let idle = Arc::clone(&self.idle);
        let reading = tokio::task::spawn_blocking(move || idle.with_connection(work));
        reading.await.map_err(|_| StoreError::Stopped)?.map_err(store_error)
    }
}

impl Idle {
    /// A connection whose work fails is not put back: the next reader opens a fresh one.
    fn with_connection<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let idle = self.connections.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| open::for_reading(&self.database), Ok)?;
        let result = work(&connection)?;
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(result)
    }
}
