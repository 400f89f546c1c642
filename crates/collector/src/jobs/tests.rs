//! Jobs that wait, are cancelled, become untrue or old, and what a start of the collector makes of them.

use super::{JobError, Jobs, KEPT, MOST, Order, Record, State, record};
use crate::clock::Minute;
use crate::download::{Download, Wanted};
use crate::export::{Export, Format};
use crate::key::Key;
use crate::publication;
use crate::random;
use crate::store::{NewResponse, Opening, Sqlite, Store};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

const SURVEY: &str = "page-useful";
const DEFINITION: &str = include_str!("../../../../examples/surveys/page-useful.json");

/// A store with one response, and jobs whose turn never comes while it is held.
struct Held {
    directory: TempDir,
    store: Arc<Sqlite>,
    minute: Arc<AtomicI64>,
    jobs: Arc<Jobs>,
}

impl Held {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = Arc::new(Sqlite::open(directory.path(), Opening::OrCreate).unwrap());
        let publication = publication::read(DEFINITION, Minute(0)).unwrap();
        let version = publication.version.clone();
        store.publish(publication).await.unwrap();
        store.keep(response(version)).await.unwrap();
        let minute = Arc::new(AtomicI64::new(1000));
        let jobs = open(&directory, &store, &minute);
        Self { directory, store, minute, jobs }
    }

    async fn order(&self) -> Result<(), JobError> {
        let export = Export::of(&*self.store, Key::new([7; 32]), SURVEY).await.unwrap().unwrap();
        let wanted = Wanted::Table(Format::Csv);
        let download = Download::of(&*self.store, export, wanted).await.unwrap();
        let (survey, who) = (SURVEY.to_owned(), "aigul".to_owned());
        self.jobs.begin(Order { survey, who, wanted, download }).await
    }

    fn only(&self) -> Record {
        let jobs = self.jobs.of_survey(SURVEY);
        assert_eq!(jobs.len(), 1);
        jobs[0].0.clone()
    }

    async fn until(&self, state: State) {
        for _ in 0..3000 {
            if self.only().state == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?}", self.only());
    }

    fn files(&self) -> Vec<String> {
        let found = fs::read_dir(self.directory.path().join("downloads")).unwrap();
        found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

fn open(directory: &TempDir, store: &Arc<Sqlite>, minute: &Arc<AtomicI64>) -> Arc<Jobs> {
    let clock = Arc::clone(minute);
    let clock = Arc::new(move || Minute(clock.load(Ordering::Relaxed)));
    let (store, downloads) = (Arc::clone(store), directory.path().join("downloads"));
    Jobs::open(downloads, store, clock, random::system()).unwrap()
}

fn response(version: String) -> NewResponse {
    NewResponse {
        id: "a".repeat(32),
        survey: SURVEY.to_owned(),
        version,
        minute: Minute(1),
        lang: "kk".to_owned(),
        channel: "web".to_owned(),
        answers: r#"{"useful":1}"#.to_owned(),
        paradata: "{}".to_owned(),
        receipt: [1; 32],
        content: [1; 32],
        quotas: Vec::new(),
        in_parts: false,
        invitation: None,
        matter: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_waits_for_its_turn_and_one_that_is_cancelled_before_it_is_never_made() {
    let held = Held::new().await;
    let turn = held.jobs.turns.acquire().await.unwrap();
    held.order().await.unwrap();
    let waiting = held.only();
    assert_eq!((waiting.state, waiting.of), (State::Waiting, 1));
    held.jobs.end(SURVEY, &waiting.id).unwrap();
    assert_eq!(held.only().state, State::Cancelled);
    held.jobs.end(SURVEY, &waiting.id).unwrap();
    assert!(held.jobs.of_survey(SURVEY).is_empty() && held.jobs.end(SURVEY, &waiting.id).is_none());
    held.order().await.unwrap();
    drop(turn);
    held.until(State::Done).await;
    assert_eq!(held.files().len(), 2, "the file and what is known of it, and nothing of the first");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_before_a_file_is_ready_makes_it_none() {
    let held = Held::new().await;
    let turn = held.jobs.turns.acquire().await.unwrap();
    held.order().await.unwrap();
    assert!(held.store.withdraw([1; 32]).await.unwrap());
    drop(turn);
    // Nobody has told the jobs: they look before they say that a file is ready.
    held.until(State::Outdated).await;
    let record = held.only();
    assert_eq!(held.files(), [format!("{}.json", record.id)]);
    assert!(held.jobs.ready(SURVEY, &record.id).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_so_many_at_most_and_who_deletes_one_may_have_another() {
    let held = Held::new().await;
    let _turn = held.jobs.turns.acquire().await.unwrap();
    for _ in 0..MOST {
        held.order().await.unwrap();
    }
    assert!(matches!(held.order().await, Err(JobError::Full)));
    let first = held.jobs.of_survey(SURVEY)[0].0.id.clone();
    held.jobs.end(SURVEY, &first).unwrap();
    held.order().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_gone_a_day_after_it_was_ready() {
    let held = Held::new().await;
    held.order().await.unwrap();
    held.until(State::Done).await;
    held.minute.fetch_add(KEPT - 1, Ordering::Relaxed);
    held.jobs.clean();
    assert_eq!(held.files().len(), 2);
    held.minute.fetch_add(1, Ordering::Relaxed);
    held.jobs.clean();
    assert!(held.files().is_empty() && held.jobs.of_survey(SURVEY).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_finds_what_is_ready_and_says_that_the_rest_broke_off() {
    let held = Held::new().await;
    held.order().await.unwrap();
    held.until(State::Done).await;
    let ready = held.only();
    let directory: PathBuf = held.directory.path().join("downloads");
    let broken = Record { id: "f".repeat(32), state: State::Running, asked: 1001, ..ready.clone() };
    record::save(&directory, &broken).unwrap();
    fs::write(directory.join(&broken.id), "half").unwrap();
    fs::write(directory.join("stray"), "of nothing").unwrap();
    let again = open(&held.directory, &held.store, &held.minute);
    let states: Vec<State> = again.of_survey(SURVEY).iter().map(|(record, _)| record.state).collect();
    assert_eq!(states, [State::Failed, State::Done]);
    let (found, file) = again.ready(SURVEY, &ready.id).await.unwrap().unwrap();
    assert_eq!(found, ready);
    assert_eq!(fs::read(file).unwrap().len() as u64, ready.bytes);
    assert!(!directory.join(&broken.id).exists() && !directory.join("stray").exists());
    assert!(again.ready("another-survey", &ready.id).await.unwrap().is_none(), "of its own survey alone");
}
