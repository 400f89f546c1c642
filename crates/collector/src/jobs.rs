//! Downloads that are made in the background and fetched later. A job belongs to the collector that took it: its file and
//! what is known of it lie in a directory of this machine (`record`), and are gone a day after the file was ready.
//!
//! A file holds answers, so it goes as soon as one of them is taken back: whoever takes an answer back calls
//! [`Jobs::look`], other collectors are found out once a minute, and no file is handed out without a look.

mod record;
mod work;

use crate::clock::Clock;
use crate::download::{Download, Wanted};
use crate::export::name_of;
use crate::random::{self, Random};
use crate::refusal::log_failure;
use crate::store::{Position, Store, StoreError};
use data_encoding::HEXLOWER;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::Semaphore;

pub(crate) use record::{Record, State};

/// Minutes that a file is kept after it was ready, and what is known of a job after it ended.
const KEPT: i64 = 24 * 60;

/// Jobs at most that wait, are made or lie ready: each may be as large as all responses of a survey.
const MOST: usize = 10;

/// Jobs that are made at the same time; the responses that come in go first.
const AT_ONCE: usize = 1;

/// How often it is looked what must go.
const ROUND: Duration = Duration::from_secs(60);

/// What is wanted, and by whom.
pub(crate) struct Order {
    pub(crate) survey: String,
    pub(crate) who: String,
    pub(crate) wanted: Wanted,
    pub(crate) download: Download,
}

/// Why a job was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JobError {
    /// There are as many as may be.
    #[error("there are as many downloads in the background as may be")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
    /// The directory cannot be used, or there is no randomness for a name.
    #[error("a download in the background cannot be kept")]
    Directory(#[source] io::Error),
}

/// The jobs of this collector.
pub(crate) struct Jobs {
    directory: PathBuf,
    store: Arc<dyn Store>,
    clock: Clock,
    random: Random,
    list: Mutex<Vec<Arc<Job>>>,
    turns: Semaphore,
}

/// One job.
pub(crate) struct Job {
    record: Mutex<Record>,
    /// Rows that are written so far.
    rows: AtomicU64,
    /// Set when it shall stop.
    stopped: AtomicBool,
}

impl Job {
    fn of(record: Record) -> Arc<Self> {
        let stopped = AtomicBool::new(false);
        Arc::new(Self { record: Mutex::new(record), rows: AtomicU64::new(0), stopped })
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it stands, and how many rows are written.
    fn told(&self) -> (Record, u64) {
        (self.record().clone(), self.rows.load(Ordering::Relaxed))
    }
}

impl Jobs {
    /// The jobs that lie in a directory, which need not be there yet. What was being made when a collector stopped was
    /// not finished, and its file goes.
    pub(crate) fn open(
        directory: PathBuf,
        store: Arc<dyn Store>,
        clock: Clock,
        random: Random,
    ) -> io::Result<Arc<Self>> {
        let list = record::load(&directory)?.into_iter().map(Job::of).collect();
        let (list, turns) = (Mutex::new(list), Semaphore::new(AT_ONCE));
        let jobs = Arc::new(Self { directory, store, clock, random, list, turns });
        tokio::spawn(keep_clean(Arc::downgrade(&jobs)));
        Ok(jobs)
    }

    /// Takes a job: it is made as soon as it is its turn.
    pub(crate) async fn begin(self: &Arc<Self>, order: Order) -> Result<(), JobError> {
        let Order { survey, who, wanted, download } = order;
        let extent = download.export().extent();
        // Counted before the first row is read: what is taken back after this is noticed, and before it is not read.
        let withdrawn = self.store.count_withdrawn(&survey, extent.last).await.map_err(JobError::Store)?;
        let id = random::bytes::<16>(&self.random).map_err(io::Error::other).map_err(JobError::Directory)?;
        let record = Record {
            id: HEXLOWER.encode(&id),
            survey,
            who,
            wanted: name_of(&wanted),
            asked: (self.clock)().0,
            state: State::Waiting,
            ended: None,
            of: extent.responses * wanted.passes(),
            bytes: 0,
            sha256: String::new(),
            last: extent.last.0,
            withdrawn,
        };
        let job = self.add(record)?;
        tokio::spawn(work::make(Arc::clone(self), job, download));
        Ok(())
    }

    fn add(&self, record: Record) -> Result<Arc<Job>, JobError> {
        let mut list = self.list();
        if list.iter().filter(|job| job.record().state.is_live()).count() >= MOST {
            return Err(JobError::Full);
        }
        record::save(&self.directory, &record).map_err(JobError::Directory)?;
        let job = Job::of(record);
        list.push(Arc::clone(&job));
        Ok(job)
    }

    /// The jobs of a survey, the latest first, with the rows that are written of each.
    pub(crate) fn of_survey(&self, survey: &str) -> Vec<(Record, u64)> {
        let told: Vec<_> = self.list().iter().map(|job| job.told()).collect();
        told.into_iter().rev().filter(|(record, _)| record.survey == survey).collect()
    }

    /// The file of a job that is ready, and what is known of it. It is looked once more whether it may still be given.
    pub(crate) async fn ready(
        &self,
        survey: &str,
        id: &str,
    ) -> Result<Option<(Record, PathBuf)>, StoreError> {
        let Some(job) = self.find(survey, id) else { return Ok(None) };
        self.look_at(&job).await?;
        let record = job.record().clone();
        let file = self.file(&record.id);
        Ok((record.state == State::Done).then_some((record, file)))
    }

    /// Ends a job: what is being made is cancelled, and what has ended is forgotten. `None` when there is no such job.
    pub(crate) fn end(&self, survey: &str, id: &str) -> Option<Record> {
        let job = self.find(survey, id)?;
        let before = job.record().clone();
        if matches!(before.state, State::Waiting | State::Running) {
            self.settle(&job, State::Cancelled);
        } else {
            self.forget(id);
        }
        Some(before)
    }

    /// Looks at every job whether one of its responses was taken back meanwhile, and takes those away. When the store
    /// cannot say it now, it is asked again within a minute, and nothing is handed out meanwhile.
    pub(crate) async fn look(&self) {
        let jobs: Vec<Arc<Job>> = self.list().clone();
        for job in jobs {
            if let Err(error) = self.look_at(&job).await {
                log_failure("a download in the background cannot be checked", &error);
            }
        }
    }

    async fn look_at(&self, job: &Job) -> Result<(), StoreError> {
        let Record { survey, last, withdrawn, state, .. } = job.record().clone();
        if state.is_live() && self.store.count_withdrawn(&survey, Position(last)).await? != withdrawn {
            self.settle(job, State::Outdated);
        }
        Ok(())
    }

    /// Forgets what has been there long enough.
    fn clean(&self) {
        let since = (self.clock)().0 - KEPT;
        let over = |job: &&Arc<Job>| job.record().ended.is_some_and(|ended| ended <= since);
        let over: Vec<String> = self.list().iter().filter(over).map(|job| job.record().id.clone()).collect();
        over.iter().for_each(|id| self.forget(id));
    }

    /// Ends a job that has not ended in another way before, and takes its file away unless it is ready now. Gives whether
    /// it was this that ended it.
    fn settle(&self, job: &Job, state: State) -> bool {
        let mut record = job.record();
        let settles = record.state.is_live() && record.state != state;
        if settles {
            (record.state, record.ended) = (state, Some((self.clock)().0));
        }
        if record.state != State::Done {
            job.stopped.store(true, Ordering::Relaxed);
            record::remove(&self.file(&record.id));
        }
        if settles {
            self.save(&record);
        }
        settles
    }

    /// It is its turn; `false` when it has ended before that.
    fn starts(&self, job: &Job) -> bool {
        let mut record = job.record();
        let starts = record.state == State::Waiting;
        if starts {
            record.state = State::Running;
            self.save(&record);
        }
        starts
    }

    fn save(&self, record: &Record) {
        if let Err(error) = record::save(&self.directory, record) {
            log_failure("what is known of a download cannot be kept", &error);
        }
    }

    fn forget(&self, id: &str) {
        let mut list = self.list();
        if let Some(place) = list.iter().position(|job| job.record().id == id) {
            let job = list.remove(place);
            job.stopped.store(true, Ordering::Relaxed);
            [self.file(id), record::path(&self.directory, id)].iter().for_each(|file| record::remove(file));
        }
    }

    fn find(&self, survey: &str, id: &str) -> Option<Arc<Job>> {
        let list = self.list();
        let is_it = |job: &&Arc<Job>| {
            let record = job.record();
            record.id == id && record.survey == survey
        };
        list.iter().find(is_it).map(Arc::clone)
    }

    fn file(&self, id: &str) -> PathBuf {
        self.directory.join(id)
    }

    fn list(&self) -> MutexGuard<'_, Vec<Arc<Job>>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes away what must go, once a minute, for as long as there is a collector.
async fn keep_clean(jobs: Weak<Jobs>) {
    loop {
        let Some(jobs) = jobs.upgrade() else { return };
        jobs.look().await;
        jobs.clean();
        drop(jobs);
        tokio::time::sleep(ROUND).await;
    }
}

#[cfg(test)]
mod tests;
