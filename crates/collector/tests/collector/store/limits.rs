//! What keeps a response out, and what belongs to a version.

use super::{Engine, id, new_response, publication};
use crate::support::NOW;
use collector::clock::Minute;
use collector::store::{Kept, Medium, NewResponse, Publication, QuotaPlace, Store};
use collector::times::{Standing, Times};
use std::sync::Arc;

fn of_group(digit: char, limit: u64) -> NewResponse {
    let quotas = vec![QuotaPlace { name: "women".to_owned(), limit }];
    NewResponse { quotas, ..new_response(&id(digit), "v1") }
}

pub(super) async fn a_response_is_kept_from_the_minute_of_opening_until_that_of_closing<E: Engine>(
    engine: E,
) {
    let store = engine.open().await;
    let times = Times { opens: Some(NOW), closes: Some(Minute(NOW.0 + 2)) };
    store.publish(Publication { times, ..publication("page-useful", "v1") }).await.unwrap();
    let record = store.survey("page-useful").await.unwrap().unwrap();
    assert_eq!((record.open, record.times), (true, times));
    assert_eq!(record.standing(Minute(NOW.0 + 2)), Standing::Closed);

    let keep = async |digit, minute| {
        let response = NewResponse { minute: Minute(NOW.0 + minute), ..new_response(&id(digit), "v1") };
        store.keep(response).await.unwrap()
    };
    assert_eq!(keep('a', -1).await, Kept::NotOpen);
    assert_eq!(keep('a', 0).await, Kept::New);
    assert_eq!(keep('b', 1).await, Kept::New);
    assert_eq!(keep('c', 2).await, Kept::Closed);
    assert_eq!(keep('b', 9).await, Kept::Again);
    store.close("page-useful").await.unwrap();
    assert_eq!(keep('c', -1).await, Kept::Closed, "closed by hand before it opened");
    store.publish(publication("page-useful", "v2")).await.unwrap();
    assert_eq!(keep('c', 9).await, Kept::New, "the times of the current version count");
}

pub(super) async fn a_group_never_has_more_than_its_limit_however_many_come_at_once<E: Engine>(engine: E) {
    let store = Arc::new(super::published(&engine).await);
    let keeping = "0123456789abcdef".chars().map(|digit| {
        let store = Arc::clone(&store);
        async move { store.keep(of_group(digit, 5)).await.unwrap() }
    });
    let mut kept = Vec::new();
    let tasks: Vec<_> = keeping.map(tokio::spawn).collect();
    for task in tasks {
        kept.push(task.await.unwrap());
    }
    assert_eq!(kept.iter().filter(|kept| **kept == Kept::New).count(), 5);
    assert_eq!(kept.iter().filter(|kept| **kept == Kept::Full(0)).count(), 11);
    assert_eq!(store.quotas("page-useful").await.unwrap(), [("women".to_owned(), 5)]);
    assert_eq!(super::ids(&*store, Default::default(), 100).await.len(), 5);
    assert_eq!(store.keep(new_response(&"f".repeat(32), "v1")).await.unwrap(), Kept::New, "of no group");
}

pub(super) async fn a_response_that_is_taken_back_gives_its_place_back<E: Engine>(engine: E) {
    let store = super::published(&engine).await;
    let mut first = of_group('a', 1);
    first.quotas.push(QuotaPlace { name: "young \"x\"".to_owned(), limit: 9 });
    assert_eq!(store.keep(first.clone()).await.unwrap(), Kept::New);
    assert_eq!(store.keep(of_group('b', 1)).await.unwrap(), Kept::Full(0));
    store.withdraw(first.receipt).await.unwrap();
    store.withdraw(first.receipt).await.unwrap();
    assert_eq!(store.quotas("page-useful").await.unwrap(), []);
    assert_eq!(store.keep(of_group('b', 1)).await.unwrap(), Kept::New);
    assert_eq!(store.quotas("page-useful").await.unwrap(), [("women".to_owned(), 1)]);
    assert_eq!(store.quotas("another").await.unwrap(), []);
}

pub(super) async fn a_full_group_does_not_hide_what_was_kept_before<E: Engine>(engine: E) {
    let store = super::published(&engine).await;
    assert_eq!(store.keep(of_group('a', 1)).await.unwrap(), Kept::New);
    assert_eq!(store.keep(of_group('a', 1)).await.unwrap(), Kept::Again);
    let other = NewResponse { content: [2; 32], ..of_group('a', 1) };
    assert_eq!(store.keep(other).await.unwrap(), Kept::Conflict);
    assert_eq!(
        store.keep(of_group('b', 2)).await.unwrap(),
        Kept::New,
        "a later version has raised the limit"
    );
    store.close("page-useful").await.unwrap();
    assert_eq!(store.keep(of_group('c', 2)).await.unwrap(), Kept::Closed);
}

pub(super) async fn contents_are_kept_under_their_hash_and_nothing_else_under_it<E: Engine>(engine: E) {
    let (store, other) = (engine.open().await, engine.open().await);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("video");
    for content in [Vec::new(), vec![7; 100], (0..700_001_u32).map(|place| place as u8).collect()] {
        std::fs::write(&path, &content).unwrap();
        let name = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(&content));
        assert_eq!(other.content(&name).await.unwrap(), None);
        store.keep_content(&name, &path).await.unwrap();
        store.keep_content(&name, &path).await.unwrap();
        let found = other.content(&name).await.unwrap().unwrap();
        assert_eq!(std::fs::read(found).unwrap(), content);
    }
    let wrong = "ab".repeat(32);
    assert!(store.keep_content(&wrong, &path).await.is_err());
    assert_eq!(other.content(&wrong).await.unwrap(), None);
}

pub(super) async fn the_files_of_a_version_are_found_by_their_paths<E: Engine>(engine: E) {
    let store = engine.open().await;
    let park = Medium {
        path: "media/park.jpg".to_owned(),
        content: "ab".repeat(32),
        content_type: "image/jpeg".to_owned(),
    };
    let media = vec![park.clone()];
    store.publish(Publication { media, ..publication("page-useful", "v1") }).await.unwrap();
    store.publish(publication("page-useful", "v2")).await.unwrap();
    let medium = async |version, path| store.medium("page-useful", version, path).await.unwrap();
    assert_eq!(medium("v1", "media/park.jpg").await, Some(park));
    assert_eq!(medium("v2", "media/park.jpg").await, None);
    assert_eq!(medium("v1", "media/other.jpg").await, None);
}
