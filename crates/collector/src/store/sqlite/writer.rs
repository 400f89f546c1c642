//! The one thread that writes, with group commit.
//!
//! A commit waits for the disk, and while it waits, more arrives. The writer takes all of that into the next
//! transaction, so that many writes share one wait. Each answers only after the commit.

use super::connection::Remembering;
use super::presence::Presence;
use super::store_error;
use super::wal::Log;
use crate::store::{Pace, StoreError};
use rusqlite::{Connection, Transaction, TransactionBehavior, ffi};
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Writes that may wait. At tens of thousands a second a full queue is a fraction of a second, at 2 KB each some 8 MB.
const QUEUE: usize = 4096;

/// Writes in one transaction.
const BATCH: usize = 512;

/// How long an idle writer waits until it tries again to empty the log.
const RETRY: Duration = Duration::from_secs(1);

/// A handle on the thread that writes. Dropping it waits until everything queued is written.
pub(super) struct Writer {
    queue: Option<SyncSender<Box<dyn Job>>>,
    failing: Arc<AtomicBool>,
    pace: Pace,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread, which owns the connection from now on.
    pub(super) fn start(db: Connection) -> io::Result<Self> {
        let (queue, jobs) = mpsc::sync_channel(QUEUE);
        let presence = Presence::of(&db)?;
        let (pace, failing) = (Pace::default(), Arc::new(AtomicBool::new(false)));
        let writing = Writing {
            db: Remembering::new(db),
            presence,
            pace: pace.clone(),
            failing: Arc::clone(&failing),
            runtime: Handle::try_current().ok(),
        };
        let run = move || writing.run(&jobs);
        let thread = thread::Builder::new().name("store-writer".to_owned()).spawn(run)?;
        Ok(Self { queue: Some(queue), failing, pace, thread: Some(thread) })
    }

    /// How fast it writes.
    pub(super) fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Runs `work` within a transaction and returns its result after the commit. When the work fails, nothing of it
    /// stays, and the other work in the same transaction is untouched.
    pub(super) async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Remembering) -> rusqlite::Result<T> + Send + 'static,
    {
        self.queue(work, Care { apart: true, erased: |_| false }).await
    }

    /// As [`Self::write`], for work that changes the database by one statement at most, and no survey: where it fails, it
    /// has changed nothing, so that it needs no savepoint, which would cost as much as the work itself.
    pub(super) async fn append<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Remembering) -> rusqlite::Result<T> + Send + 'static,
    {
        self.queue(work, Care { apart: false, erased: |_| false }).await
    }

    /// Whether the last commit failed.
    pub(super) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }

    /// As [`Self::write`]. When `erased` says so of the result, what the work has overwritten is out of all files, or it
    /// is tried again until it is.
    pub(super) async fn erase<T, W>(&self, work: W, erased: fn(&T) -> bool) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Remembering) -> rusqlite::Result<T> + Send + 'static,
    {
        self.queue(work, Care { apart: true, erased }).await
    }

    async fn queue<T, W>(&self, work: W, care: Care<T>) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Remembering) -> rusqlite::Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Box<dyn Job> = Box::new(Write { work: Some(work), result: None, care, answer });
        self.queue.as_ref().ok_or(StoreError::Stopped)?.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => {
                self.pace.refused.inc();
                StoreError::Busy
            }
            TrySendError::Disconnected(_) => StoreError::Stopped,
        })?;
        self.pace.queue.inc();
        answered.await.map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the writer was logged when it happened.
            drop(thread.join());
        }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

/// A write whose types the thread need not know.
trait Job: Send {
    /// Does the work; `false` when it failed.
    fn run(&mut self, db: &Remembering) -> bool;

    /// Whether what it has changed must be taken back when it failed.
    fn is_apart(&self) -> bool;

    /// Whether the work took back what somebody had written.
    fn erased(&self) -> bool;

    /// Answers whoever asked, after the commit or its failure.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// What a write needs besides being done.
struct Care<T> {
    /// Whether it is of more than one statement, or may change a survey.
    apart: bool,
    erased: fn(&T) -> bool,
}

struct Write<T, W> {
    work: Option<W>,
    result: Option<rusqlite::Result<T>>,
    care: Care<T>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, W> Job for Write<T, W>
where
    T: Send,
    W: FnOnce(&Remembering) -> rusqlite::Result<T> + Send,
{
    fn run(&mut self, db: &Remembering) -> bool {
        self.result = self.work.take().map(|work| work(db));
        matches!(self.result, Some(Ok(_)))
    }

    fn is_apart(&self) -> bool {
        self.care.apart
    }

    fn erased(&self) -> bool {
        matches!(&self.result, Some(Ok(value)) if (self.care.erased)(value))
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match self.result {
            Some(Err(error)) => Err(store_error(error)),
            Some(Ok(value)) => committed.map(|()| value),
            None => committed.and(Err(StoreError::Stopped)),
        };
        // Whoever asked may have gone; the write stands all the same.
        drop(self.answer.send(result));
    }
}

/// What the thread has.
struct Writing {
    db: Remembering,
    presence: Presence,
    pace: Pace,
    failing: Arc<AtomicBool>,
    /// Where those who asked are waiting.
    runtime: Option<Handle>,
}

impl Writing {
    fn run(&self, jobs: &Receiver<Box<dyn Job>>) {
        let mut log = Log::unknown();
        log.try_again(&self.db);
        loop {
            let next = if log.is_to_be_emptied() {
                jobs.recv_timeout(RETRY)
            } else {
                jobs.recv().map_err(Into::into)
            };
            match next {
                Ok(first) => self.write(gather(first, jobs), &mut log),
                Err(RecvTimeoutError::Timeout) => log.try_again(&self.db),
                Err(RecvTimeoutError::Disconnected) => return log.try_again(&self.db),
            }
        }
    }

    fn write(&self, mut batch: Vec<Box<dyn Job>>, log: &mut Log) {
        let began = Instant::now();
        let committed = self.commit(&mut batch).map_err(store_error);
        self.pace.observe(batch.len(), began.elapsed());
        self.failing.store(committed.is_err(), Ordering::Relaxed);
        if committed.is_ok() && batch.iter().any(|job| job.erased()) {
            log.empty(&self.db);
        } else {
            log.try_again(&self.db);
        }
        self.pace.leave(batch.len());
        self.answer(batch, committed);
    }

    /// Answers all. Waking so many one by one from a thread that is none of the runtime's takes longer than writing
    /// them; the runtime is woken once, and does it while this thread is at the next batch.
    fn answer(&self, batch: Vec<Box<dyn Job>>, committed: Result<(), StoreError>) {
        let answer = move || batch.into_iter().for_each(|job| job.answer(committed.clone()));
        match &self.runtime {
            Some(runtime) => drop(runtime.spawn(async move { answer() })),
            None => answer(),
        }
    }

    fn commit(&self, batch: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
        let committed = self.transact(batch);
        match committed {
            Ok(()) => self.db.committed(),
            Err(_) => self.db.rolled_back(),
        }
        committed
    }

    fn transact(&self, batch: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
        let transaction = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        for job in batch {
            self.run_job(job.as_mut())?;
        }
        self.db.receipts.settle(&self.db)?;
        self.presence.check()?;
        transaction.commit()
    }

    /// Runs one job, behind a savepoint if it may leave something when it fails. Some failures (a full disk) take the whole
    /// transaction with them; then there is no savepoint to go back to, and the error ends the batch.
    fn run_job(&self, job: &mut dyn Job) -> rusqlite::Result<()> {
        if !job.is_apart() {
            job.run(&self.db);
            return if self.db.is_autocommit() { Err(rolled_back()) } else { Ok(()) };
        }
        let noted = self.db.receipts.noted();
        self.db.prepare_cached("SAVEPOINT job")?.execute([])?;
        if !job.run(&self.db) {
            self.db.prepare_cached("ROLLBACK TO job")?.execute([])?;
            self.db.receipts.forget_after(noted);
        }
        self.db.prepare_cached("RELEASE job")?.execute([])?;
        self.db.forget_surveys();
        Ok(())
    }
}

/// An error of SQLite's own for a transaction that a failed statement has taken with it.
fn rolled_back() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_ABORT_ROLLBACK), None)
}

/// What waits, as far as one transaction takes it.
fn gather(first: Box<dyn Job>, jobs: &Receiver<Box<dyn Job>>) -> Vec<Box<dyn Job>> {
    std::iter::once(first).chain(jobs.try_iter().take(BATCH - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc as sync;

    fn writer() -> Writer {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE t (n INTEGER NOT NULL UNIQUE) STRICT").unwrap();
        Writer::start(db).unwrap()
    }

    fn insert(n: i64) -> impl FnOnce(&Remembering) -> rusqlite::Result<usize> + Send {
        move |db| db.execute("INSERT INTO t VALUES (?1)", [n])
    }

    fn count(db: &Remembering) -> rusqlite::Result<i64> {
        db.query_row("SELECT count(*) FROM t", [], |row| row.get(0))
    }

    /// Keeps the writer busy until the returned sender is dropped or used.
    fn hold(writer: &Writer) -> (impl Future<Output = Result<(), StoreError>> + '_, sync::Sender<()>) {
        let (release, held) = sync::channel::<()>();
        let work = move |_: &Remembering| {
            held.recv().unwrap_or_default();
            Ok(())
        };
        (writer.write(work), release)
    }

    #[tokio::test]
    async fn a_failing_write_leaves_nothing_and_spoils_no_other_of_its_batch() {
        let writer = writer();
        let (holding, release) = hold(&writer);
        let insert_and_fail = |db: &Remembering| {
            insert(7)(db)?;
            insert(7)(db)
        };
        let release_when_all_wait = async { drop(release) };
        let (_, first, failing, second, ()) = tokio::join!(
            holding,
            writer.write(insert(1)),
            writer.write(insert_and_fail),
            writer.write(insert(2)),
            release_when_all_wait,
        );
        assert!(first.is_ok() && second.is_ok());
        assert!(matches!(failing, Err(StoreError::Engine(_))));
        assert_eq!(writer.write(count).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_full_queue_says_busy_at_once() {
        let writer = writer();
        let (holding, release) = hold(&writer);
        let fill = async {
            let mut waiting = Vec::new();
            loop {
                let mut write = Box::pin(writer.write(insert(waiting.len() as i64)));
                match std::future::poll_fn(|context| std::task::Poll::Ready(write.as_mut().poll(context)))
                    .await
                {
                    std::task::Poll::Ready(refused) => break (refused, waiting),
                    std::task::Poll::Pending => waiting.push(write),
                }
            }
        };
        let release_when_full = async {
            let (refused, waiting) = fill.await;
            drop(release);
            assert!(matches!(refused, Err(StoreError::Busy)));
            let accepted = waiting.len();
            for write in waiting {
                write.await.unwrap();
            }
            accepted
        };
        let (_, accepted) = tokio::join!(holding, release_when_full);
        assert_eq!(writer.write(count).await.unwrap(), i64::try_from(accepted).unwrap());
    }

    #[tokio::test]
    async fn a_dropped_writer_has_written_what_was_queued() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("t.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch("CREATE TABLE t (n INTEGER NOT NULL UNIQUE) STRICT").unwrap();
        let writer = Writer::start(db).unwrap();
        let (answer, _) = oneshot::channel();
        let job = Write {
            work: Some(insert(1)),
            result: None,
            care: Care { apart: true, erased: |_| false },
            answer,
        };
        writer.queue.as_ref().unwrap().try_send(Box::new(job)).ok().unwrap();
        drop(writer);
        assert_eq!(count(&Remembering::new(Connection::open(&path).unwrap())).unwrap(), 1);
    }
}
