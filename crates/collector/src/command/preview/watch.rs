//! What the author has in the file at this moment.
//!
//! The file is looked at three times a second rather than followed by events of the system: these do not come from
//! network drives and out of containers, and they follow a file, where editors put a new one in its place.

use crate::advice::Report;
use crate::command::{Out, check, read_file};
use crate::consultation;
use crate::media::{self, Beside};
use crate::places::Classifier;
use crate::server;
use crate::store::{Publication, Store};
use crate::tier;
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use survey::Survey;
use tokio::sync::watch::Sender;
use tokio::time::{MissedTickBehavior, interval};

const PAUSE: Duration = Duration::from_millis(300);

/// A state of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// The name of the file.
    pub(super) file: String,
    /// Counts the states.
    pub(super) serial: u64,
    /// What there is to tell about it.
    pub(super) report: Report,
    /// The survey and its version, published; `None` while the definition is faulty.
    pub(super) shown: Option<Shown>,
}

/// A survey that can be asked.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) survey: Arc<Survey>,
    pub(super) version: String,
}

/// A file and what was last read of it.
pub(super) struct Watched {
    file: PathBuf,
    store: Arc<dyn Store>,
    classifier: Classifier,
    serial: u64,
    stamp: Option<Stamp>,
    last: Option<Result<String, String>>,
}

/// When the file was written, and how long it is; `None` when it is not there.
type Stamp = Option<(SystemTime, u64)>;

impl Watched {
    pub(super) fn new(file: PathBuf, store: Arc<dyn Store>, classifier: Classifier) -> Self {
        Self { file, store, classifier, serial: 0, stamp: None, last: None }
    }

    /// Tells each new state to `sender` and on the terminal, until the system asks the program to end.
    pub(super) async fn follow(mut self, sender: Sender<Seen>, out: &mut Out) -> Result<()> {
        let mut ticks = interval(PAUSE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut end = std::pin::pin!(server::asked_to_end());
        loop {
            tokio::select! {
                () = &mut end => return Ok(()),
                _ = ticks.tick() => {}
            }
            if let Some(seen) = self.look(out).await? {
                sender.send_replace(seen);
            }
        }
    }

    /// The state of the file, if it is another than the last one.
    pub(super) async fn look(&mut self, out: &mut Out) -> Result<Option<Seen>> {
        let (file, earlier) = (self.file.clone(), self.stamp);
        let looking = tokio::task::spawn_blocking(move || {
            let about = std::fs::metadata(&file);
            let stamp = about.ok().and_then(|about| Some((about.modified().ok()?, about.len())));
            // The stamp is older than what is read: what is written in between is read again.
            (Some(stamp) != earlier).then(|| (stamp, read_file(&file).map_err(|error| format!("{error:#}"))))
        });
        let Some((stamp, read)) = looking.await.context("the file could not be looked at")? else {
            return Ok(None);
        };
        self.stamp = Some(stamp);
        if self.last.as_ref() == Some(&read) {
            return Ok(None);
        }
        self.serial += 1;
        let seen = self.seen(&read).await?;
        self.last = Some(read);
        check::tell(&self.file, &seen.report, out)?;
        Ok(Some(seen))
    }

    async fn seen(&self, read: &Result<String, String>) -> Result<Seen> {
        let file = self.file.display().to_string();
        let report = match read {
            Ok(text) => Report::of(text, &self.file, &self.classifier, &[]),
            Err(why) => Report::of_no_file(why.clone()),
        };
        let shown = match &report.publication {
            Some(publication) => Some(self.publish(publication.clone()).await?),
            None => None,
        };
        Ok(Seen { file, serial: self.serial, report, shown })
    }

    async fn publish(&self, publication: Publication) -> Result<Shown> {
        let survey = Survey::read(&publication.definition).map_err(|faults| anyhow!("{faults:?}"))?;
        let version = publication.version.clone();
        let publication = Publication { definition: tier::opened(&publication.definition), ..publication };
        let files = Beside(self.file.parent().map(Path::to_owned).unwrap_or_default());
        media::keep(&*self.store, &publication.media, &files).await?;
        consultation::keep(&*self.store, &publication, &files).await?;
        self.store.publish(publication).await?;
        Ok(Shown { survey: Arc::new(survey), version })
    }
}

impl Seen {
    /// Tells this state from every other, also from those of a preview that was started anew.
    pub(super) fn key(&self) -> String {
        let version = self.shown.as_ref().map_or("faulty", |shown| shown.version.as_str());
        format!("{}-{version}", self.serial)
    }
}
