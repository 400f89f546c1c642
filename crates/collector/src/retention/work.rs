//! Deleting what is over: a few responses at a time, so that whoever answers meanwhile does not wait.

use super::{Bound, bounds};
use crate::clock::{Clock, Minute};
use crate::metrics::Metrics;
use crate::people::deed::{Act, Deed};
use crate::random::{self, Random};
use crate::refusal::log_failure;
use crate::store::{DueResponse, Erasure, Forgotten, Position, Store, StoreError, What};
use std::sync::Arc;
use std::time::Duration;
use survey::canonical::canonical;
use survey::{Answers, Survey, forget};

/// Responses of one transaction.
const BATCH: usize = 100;

/// Votes of one transaction, which are a row each.
const VOTES: usize = 1_000;

/// How often it is looked whether something is over.
const ROUND: Duration = Duration::from_secs(60 * 60);

/// Within so many seconds the first look comes, so that several collectors that start together do not all look together.
const FIRST: u16 = 60;

/// The turn that one of several collectors takes, for fewer minutes than a round has.
const TURN: &str = "retention";
const TURN_MINUTES: i64 = 50;

/// Who does it, in the log of what everybody did.
const WHO: &str = "retention";

/// Deletes what is over every hour, for as long as the collector runs. Of several collectors one does it at a time.
pub(crate) async fn keep_up(store: Arc<dyn Store>, clock: Clock, random: Random, metrics: Metrics) {
    let spread = random::bytes(&random).map_or(0, u16::from_le_bytes) % FIRST;
    tokio::time::sleep(Duration::from_secs(spread.into())).await;
    let mut rounds = tokio::time::interval(ROUND);
    loop {
        rounds.tick().await;
        let now = clock();
        let turn = store.take_turn(TURN, now, Minute(now.0.saturating_add(TURN_MINUTES))).await;
        let done = match turn {
            Ok(true) => round(&*store, now).await,
            Ok(false) => continue,
            Err(error) => Err(error),
        };
        match done {
            Ok(erasures) => erasures.iter().for_each(|erasure| metrics.erased(erasure)),
            Err(error) => log_failure("what is over is not deleted yet", &error),
        }
    }
}

/// Deletes everything that is over at this minute, writes it down, and says what it was.
pub(crate) async fn round(store: &dyn Store, now: Minute) -> Result<Vec<Erasure>, StoreError> {
    let mut erasures = Vec::new();
    for bound in bounds(store).await? {
        let number = match bound.what {
            What::Responses => expire(store, &bound, now).await?,
            What::Texts => forget_texts(store, &bound, now).await?,
            What::Partials => store.expire_partials_of(&bound.due(now), now).await?,
            What::Votes => expire_votes(store, &bound, now).await?,
        };
        if number > 0 {
            let erasure = Erasure { survey: bound.survey, minute: now, what: bound.what, number };
            write_down(store, &erasure).await?;
            erasures.push(erasure);
        }
    }
    Ok(erasures)
}

async fn write_down(store: &dyn Store, erasure: &Erasure) -> Result<(), StoreError> {
    let Erasure { survey, minute, what, number } = erasure;
    tracing::info!(survey, what = what.name(), number, "deleted what is over");
    let details = format!("{} {number}", what.name());
    let who = WHO.to_owned();
    store
        .write_down(Deed { minute: *minute, who, act: Act::Expired, survey: Some(survey.clone()), details })
        .await
}

async fn expire(store: &dyn Store, bound: &Bound, now: Minute) -> Result<u64, StoreError> {
    let due = bound.due(now);
    let (mut after, mut number) = (Position::default(), 0);
    loop {
        let batch = store.due(&due, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(number) };
        after = last.position;
        let these = batch.iter().map(|response| response.position).collect();
        number += store.expire(&due, these, now).await?;
    }
}

async fn expire_votes(store: &dyn Store, bound: &Bound, now: Minute) -> Result<u64, StoreError> {
    let (due, mut number) = (bound.due(now), 0);
    loop {
        let expired = store.expire_votes(&due, VOTES, now).await?;
        number += expired;
        if expired < VOTES as u64 {
            return Ok(number);
        }
    }
}

async fn forget_texts(store: &dyn Store, bound: &Bound, now: Minute) -> Result<u64, StoreError> {
    let due = bound.due(now);
    let definition = store.definition(&bound.survey, &bound.version).await?.unwrap_or_default();
    let definition = serde_json::from_str(&definition).unwrap_or_default();
    let Some(survey) = Survey::from_published(&definition) else { return Ok(0) };
    let (mut after, mut number) = (Position::default(), 0);
    loop {
        let batch = store.due(&due, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(number) };
        after = last.position;
        let these = batch.into_iter().map(|response| forgotten(&survey, response)).collect();
        number += store.forget(&bound.survey, these, now).await?;
    }
}

fn forgotten(survey: &Survey, response: DueResponse) -> Forgotten {
    let DueResponse { position, answers: before } = response;
    let answers = serde_json::from_str(&before).ok().and_then(|value| Answers::read(survey, &value).ok());
    let after = answers.and_then(|answers| forget::texts(survey, &answers));
    let after =
        after.map_or_else(|| before.clone(), |after| padded(canonical(&after.to_value()), before.len()));
    Forgotten { position, before, after }
}

/// With spaces behind, which JSON may have, so that it is written over what was there.
fn padded(text: String, bytes: usize) -> String {
    let spaces = " ".repeat(bytes.saturating_sub(text.len()));
    text + &spaces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publication;
    use crate::retention::DAY;
    use crate::store::{NewResponse, Opening, People, Retention, Sqlite};
    use std::sync::atomic::{AtomicI64, Ordering};

    const NOW: Minute = Minute(29_550_000);

    /// A store with a response of now, which is over after a day.
    async fn store(directory: &std::path::Path) -> Arc<Sqlite> {
        let store = Arc::new(Sqlite::open(directory, Opening::OrCreate).unwrap());
        let definition = r#"{"format": 1, "id": "s", "languages": ["kk"], "title": "S",
            "retention": {"responses": 1},
            "pages": [{"id": "p", "questions": [{"name": "why", "type": "text", "text": "Why?"}]}]}"#;
        let publication = publication::read(definition, NOW).unwrap();
        let response = NewResponse {
            id: "a".repeat(32),
            survey: "s".to_owned(),
            version: publication.version.clone(),
            minute: NOW,
            lang: "kk".to_owned(),
            channel: "embed".to_owned(),
            answers: "{}".to_owned(),
            paradata: "{}".to_owned(),
            receipt: [7; 32],
            content: [8; 32],
            quotas: Vec::new(),
            in_parts: false,
            invitation: None,
            matter: None,
        };
        store.publish(publication).await.unwrap();
        store.keep(response).await.unwrap();
        store
    }

    #[tokio::test(start_paused = true)]
    async fn a_collector_deletes_what_is_over_within_the_hour_and_writes_it_down() {
        let directory = tempfile::tempdir().unwrap();
        let store = store(directory.path()).await;
        let minute = Arc::new(AtomicI64::new(NOW.0 + DAY));
        let told = Arc::clone(&minute);
        let clock: Clock = Arc::new(move || Minute(told.load(Ordering::Relaxed)));
        let metrics = Metrics::default();
        let random: Random = Arc::new(|bytes| {
            bytes.fill(1);
            Ok(())
        });
        let keeping = tokio::spawn(keep_up(store.clone(), clock, random, metrics.clone()));
        // It sleeps before the clock moves.
        tokio::task::yield_now().await;
        tokio::time::advance(Duration::from_secs(FIRST.into())).await;
        while store.take_turn(TURN, NOW, NOW).await.unwrap() {
            tokio::task::yield_now().await;
        }
        assert_eq!(store.erasures().await.unwrap(), [], "the day is not over");
        minute.store(NOW.0 + DAY + 60, Ordering::Relaxed);
        tokio::time::advance(ROUND).await;
        while !metrics.text().unwrap().contains("qulaq_erased_total{what=\"responses\"} 1") {
            tokio::task::yield_now().await;
        }
        keeping.abort();
        let deeds = store.deeds(None, 9).await.unwrap();
        assert_eq!((deeds[0].1.who.as_str(), deeds[0].1.details.as_str()), (WHO, "responses 1"));
        assert_eq!(store.erasures().await.unwrap()[0].number, 1);
    }

    #[test]
    fn answers_without_their_texts_are_as_long_as_they_were() {
        let definition = include_str!("../../../../examples/surveys/page-useful.json");
        let survey = Survey::read(definition).unwrap();
        let before = r#"{"doing":"Әйгүл \"және\"\n","useful":0}"#.to_owned();
        let due = DueResponse { position: Position(1), answers: before.clone() };
        let Forgotten { after, .. } = forgotten(&survey, due);
        assert_eq!(after.len(), before.len());
        assert_eq!(after.trim_end(), "{\"doing\":\"\u{7f}\",\"useful\":0}");
        let again = forgotten(&survey, DueResponse { position: Position(1), answers: after.clone() });
        assert_eq!(again.after, after, "nothing is left to forget");
    }

    #[tokio::test]
    async fn votes_go_by_the_shortest_promise_that_was_ever_made() {
        let directory = tempfile::tempdir().unwrap();
        let store = Sqlite::open(directory.path(), Opening::OrCreate).unwrap();
        for (days, title) in [(10, "A"), (30, "B")] {
            let definition = format!(
                r#"{{"format": 1, "id": "s", "languages": ["kk"], "title": "{title}",
                    "retention": {{"responses": {days}}},
                    "pages": [{{"id": "p", "questions": [{{"name": "why", "type": "text", "text": "Why?"}}]}}]}}"#
            );
            store.publish(publication::read(&definition, NOW).unwrap()).await.unwrap();
        }
        let bounds = bounds(&store).await.unwrap();
        let of = |what| {
            bounds.iter().filter(|bound| bound.what == what).map(|bound| bound.days).collect::<Vec<_>>()
        };
        assert_eq!(of(What::Votes), [10], "once for all versions");
        let mut of_responses = of(What::Responses);
        of_responses.sort_unstable();
        assert_eq!(of_responses, [10, 30]);
        let round = round(&store, NOW).await.unwrap();
        assert_eq!(round, [], "there are none");
    }
}
