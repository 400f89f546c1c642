//! PostgreSQL keeps what comes together by one statement: each comes to what it would come to alone, whatever happens to
//! its survey while the statement waits.

use super::hold::Hold;
use super::{Engine, PostgresEngine, id, ids, new_response, publication, published};
use crate::support::NOW;
use collector::clock::Minute;
use collector::store::{Kept, NewResponse, Position, Postgres, Publication, Published, Store, StoreError};
use collector::times::Times;
use std::sync::Arc;
use tokio::task::{JoinHandle, yield_now};

const FIRST: &str = "AFTER INSERT ON responses FOR EACH ROW WHEN (NEW.id LIKE 'a%')";

fn keep(store: &Arc<Postgres>, response: NewResponse) -> JoinHandle<Result<Kept, StoreError>> {
    let store = Arc::clone(store);
    tokio::spawn(async move { store.keep(response).await })
}

/// Keeps these in one batch, in this order: they come while the one before them is held up.
async fn in_one_batch(
    engine: &PostgresEngine,
    store: &Arc<Postgres>,
    responses: Vec<NewResponse>,
) -> Vec<Option<Kept>> {
    let hold = Hold::up(&engine.0, FIRST).await;
    let first = keep(store, new_response(&id('a'), "v1"));
    hold.until_waiting(1);
    let mut waiting = Vec::new();
    for response in responses {
        waiting.push(keep(store, response));
        let queued = i64::try_from(waiting.len()).unwrap() + 1;
        while store.pace().queue.get() < queued {
            yield_now().await;
        }
    }
    hold.release().await;
    assert_eq!(first.await.unwrap().unwrap(), Kept::New);
    let mut kept = Vec::new();
    for response in waiting {
        kept.push(response.await.unwrap().ok());
    }
    kept
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_a_batch_comes_to_what_it_would_come_to_alone() {
    let engine = PostgresEngine::new();
    let store = Arc::new(published(&engine).await);
    let times = |opens, closes| Times { opens, closes };
    for (survey, times) in [
        ("closed", times(None, None)),
        ("later", times(Some(Minute(NOW.0 + 1)), None)),
        ("over", times(None, Some(NOW))),
        ("timed", times(Some(NOW), Some(Minute(NOW.0 + 1)))),
    ] {
        store.publish(Publication { times, ..publication(survey, "v1") }).await.unwrap();
    }
    store.close("closed").await.unwrap();
    for digit in ['1', '2', '3'] {
        store.keep(new_response(&id(digit), "v1")).await.unwrap();
    }
    store.withdraw(new_response(&id('2'), "v1").receipt).await.unwrap();
    let to =
        |survey: &str, digit| NewResponse { survey: survey.to_owned(), ..new_response(&id(digit), "v1") };
    let batch = vec![
        new_response(&id('1'), "v1"),
        new_response(&id('d'), "v1"),
        new_response(&id('2'), "v1"),
        NewResponse { content: [2; 32], ..new_response(&id('3'), "v1") },
        to("closed", '4'),
        to("later", '5'),
        to("over", '6'),
        to("timed", '7'),
        to("nothing", '8'),
        new_response(&id('9'), "v9"),
        new_response(&id('b'), "v1"),
    ];
    let kept = in_one_batch(&engine, &store, batch).await;
    let wanted = [
        Some(Kept::Again),
        Some(Kept::New),
        Some(Kept::Withdrawn),
        Some(Kept::Conflict),
        Some(Kept::Closed),
        Some(Kept::NotOpen),
        Some(Kept::Closed),
        Some(Kept::New),
        None,
        None,
        Some(Kept::New),
    ];
    assert_eq!(kept, wanted);
    assert_eq!(ids(&*store, Position::default(), 100).await, ["1", "3", "a", "d", "b"]);
    assert_eq!(store.responses("timed", Position::default(), 9).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_same_id_in_one_batch_the_first_is_kept() {
    let engine = PostgresEngine::new();
    let store = Arc::new(published(&engine).await);
    let other = NewResponse { content: [2; 32], ..new_response(&id('b'), "v1") };
    let batch =
        vec![new_response(&id('b'), "v1"), other, new_response(&id('b'), "v1"), new_response(&id('c'), "v1")];
    let kept = in_one_batch(&engine, &store, batch).await;
    assert_eq!(kept, [Kept::New, Kept::Conflict, Kept::Again, Kept::New].map(Some));
    assert_eq!(ids(&*store, Position::default(), 9).await, ["a", "b", "c"]);
}

/// The rows of so many come back before the commit, which fails for one of them.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_that_it_is_kept_before_the_commit_which_may_fail() {
    let engine = PostgresEngine::new();
    let store = Arc::new(published(&engine).await);
    engine.0.sql(
        "CREATE FUNCTION fail() RETURNS TRIGGER LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
         CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON responses DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW WHEN (NEW.id LIKE 'f%') EXECUTE FUNCTION fail()",
    );
    let names = (1..300).map(|number| format!("{number:032x}")).chain([id('f')]);
    let batch = names.map(|name| new_response(&name, "v1")).collect();
    let kept = in_one_batch(&engine, &store, batch).await;
    assert_eq!(kept.iter().filter(|kept| **kept == Some(Kept::New)).count(), 299);
    assert_eq!(kept.last(), Some(&None));
    assert_eq!(ids(&*store, Position::default(), 1000).await.len(), 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_that_is_closed_while_a_response_waits_is_closed_for_it() {
    let engine = PostgresEngine::new();
    let (one, two) = (Arc::new(published(&engine).await), Arc::new(engine.open().await));
    let hold = Hold::up(&engine.0, "AFTER UPDATE ON surveys FOR EACH ROW").await;
    let closing = tokio::spawn(async move { one.close("page-useful").await.unwrap() });
    hold.until_waiting(1);
    let late = keep(&two, new_response(&id('b'), "v1"));
    hold.until_waiting(2);
    hold.release().await;
    assert!(closing.await.unwrap());
    assert_eq!(late.await.unwrap().unwrap(), Kept::Closed);
    assert!(ids(&*two, Position::default(), 9).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_published_while_responses_wait_counts_for_them() {
    let engine = PostgresEngine::new();
    let (one, two) = (Arc::new(published(&engine).await), Arc::new(engine.open().await));
    let three = Arc::new(engine.open().await);
    let hold = Hold::up(&engine.0, "AFTER UPDATE ON surveys FOR EACH ROW").await;
    let until = Times { opens: None, closes: Some(Minute(NOW.0 + 1)) };
    let second = Publication { times: until, ..publication("page-useful", "v2") };
    let publishing = tokio::spawn(async move { one.publish(second).await.unwrap() });
    hold.until_waiting(1);
    let too_late = NewResponse { minute: Minute(NOW.0 + 1), ..new_response(&id('b'), "v1") };
    let too_late = keep(&two, too_late);
    hold.until_waiting(2);
    let to_the_second = keep(&three, new_response(&id('c'), "v2"));
    hold.until_waiting(3);
    hold.release().await;
    assert_eq!(publishing.await.unwrap(), Published::New);
    assert_eq!(too_late.await.unwrap().unwrap(), Kept::Closed);
    assert_eq!(to_the_second.await.unwrap().unwrap(), Kept::New);
}

#[tokio::test(flavor = "multi_thread")]
async fn collectors_that_get_the_same_ids_keep_each_once() {
    let engine = PostgresEngine::new();
    let stores = [Arc::new(published(&engine).await), Arc::new(engine.open().await)];
    stores[0].publish(publication("another", "v1")).await.unwrap();
    let response = |number: usize| NewResponse {
        survey: if number.is_multiple_of(3) { "another" } else { "page-useful" }.to_owned(),
        ..new_response(&format!("{number:032x}"), "v1")
    };
    // One gets them in this order, and the other in that.
    let forth = (1..=300).map(|number| keep(&stores[0], response(number)));
    let back = (1..=300).rev().map(|number| keep(&stores[1], response(number)));
    let mut kept = [0, 0];
    for task in forth.chain(back).collect::<Vec<_>>() {
        match task.await.unwrap().unwrap() {
            Kept::New => kept[0] += 1,
            Kept::Again => kept[1] += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(kept, [300, 300]);
    assert_eq!(stores[0].responses("another", Position::default(), 1000).await.unwrap().len(), 100);
    assert_eq!(ids(&*stores[1], Position::default(), 1000).await.len(), 200);
}
