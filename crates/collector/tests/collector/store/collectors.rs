//! Several collectors on one PostgreSQL database, and a database that goes away and comes back.

use super::hold::Hold;
use super::{Engine, PostgresEngine, id, ids, new_response, published};
use crate::support::Database;
use collector::store::{Kept, NewResponse, Opening, Position, Postgres, QuotaPlace, Store, StoreError};
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_from_position_to_position_misses_nothing_that_was_committed_late() {
    let engine = PostgresEngine::new();
    let (one, two) = (Arc::new(published(&engine).await), Arc::new(engine.open().await));
    let event = "AFTER INSERT ON responses FOR EACH ROW WHEN (NEW.id LIKE 'a%')";
    let hold = Hold::up(&engine.0, event).await;

    let keep = |store: &Arc<Postgres>, digit| {
        let store = Arc::clone(store);
        tokio::spawn(async move { store.keep(new_response(&id(digit), "v1")).await.unwrap() })
    };
    let late = keep(&one, 'a');
    hold.until_waiting(1);
    let later = keep(&two, 'b');
    hold.until_waiting(2);
    assert!(ids(&*two, Position::default(), 10).await.is_empty(), "nobody sees the second before the first");

    hold.release().await;
    assert_eq!((late.await.unwrap(), later.await.unwrap()), (Kept::New, Kept::New));
    let first = two.responses("page-useful", Position::default(), 1).await.unwrap();
    assert_eq!(first[0].id, id('a'));
    assert_eq!(ids(&*two, first[0].position, 10).await, ["b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_collectors_keep_each_id_once_and_no_more_of_a_group_than_its_limit() {
    let engine = PostgresEngine::new();
    let stores = [Arc::new(published(&engine).await), Arc::new(engine.open().await)];
    let keep = |number: usize| {
        let store = Arc::clone(&stores[number % 2]);
        // Each id comes to both; groups are named in either order.
        let response = new_response(&format!("{:032x}", number / 2), "v1");
        let mut quotas = vec![
            QuotaPlace { name: "women".to_owned(), limit: 30 },
            QuotaPlace { name: "young".to_owned(), limit: 1000 },
        ];
        if number % 4 < 2 {
            quotas.reverse();
        }
        tokio::spawn(async move { store.keep(NewResponse { quotas, ..response }).await.unwrap() })
    };
    let tasks: Vec<_> = (0..200).map(keep).collect();
    let mut kept = Vec::new();
    for task in tasks {
        kept.push(task.await.unwrap());
    }
    let count = |wanted: fn(&Kept) -> bool| kept.iter().filter(|kept| wanted(kept)).count();
    assert_eq!(count(|kept| *kept == Kept::New), 30);
    assert_eq!(count(|kept| matches!(kept, Kept::New | Kept::Again | Kept::Full(_))), 200);
    assert_eq!(ids(&*stores[0], Position::default(), 1000).await.len(), 30);
    let quotas = [("women".to_owned(), 30), ("young".to_owned(), 30)];
    assert_eq!(stores[1].quotas("page-useful").await.unwrap(), quotas);
}

#[tokio::test]
async fn the_same_id_for_two_surveys_from_two_collectors_is_one_response() {
    let engine = PostgresEngine::new();
    let (one, two) = (published(&engine).await, engine.open().await);
    one.publish(super::publication("another", "v1")).await.unwrap();
    for number in 0..20 {
        let first = new_response(&format!("{number:032x}"), "v1");
        let second = NewResponse { survey: "another".to_owned(), content: [2; 32], ..first.clone() };
        let mut kept = <[Kept; 2]>::from(tokio::try_join!(one.keep(first), two.keep(second)).unwrap());
        kept.sort_by_key(|kept| *kept != Kept::New);
        assert_eq!(kept, [Kept::New, Kept::Conflict]);
    }
}

#[tokio::test]
async fn connections_that_broke_are_replaced_and_nothing_is_kept_twice() {
    let engine = PostgresEngine::new();
    let store = published(&engine).await;
    assert_eq!(store.keep(new_response(&id('a'), "v1")).await.unwrap(), Kept::New);
    engine.0.disconnect();
    assert_eq!(store.keep(new_response(&id('a'), "v1")).await.unwrap(), Kept::Again);
    assert_eq!(store.keep(new_response(&id('b'), "v1")).await.unwrap(), Kept::New);
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_unavailable_until_it_can_be_again() {
    let engine = PostgresEngine::new();
    let store = published(&engine).await;
    let limit = |limit| engine.0.sql(&format!("ALTER DATABASE {} CONNECTION LIMIT {limit}", engine.0.name()));
    limit(0);
    engine.0.disconnect();
    assert!(matches!(store.keep(new_response(&id('a'), "v1")).await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.probe().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.survey("page-useful").await, Err(StoreError::Unavailable(_))));
    limit(-1);
    assert_eq!(store.keep(new_response(&id('a'), "v1")).await.unwrap(), Kept::New);
    store.probe().await.unwrap();
}

#[tokio::test]
async fn a_commit_waits_for_the_disk_whatever_the_database_is_set_to() {
    let database = Database::new();
    database.sql(&format!("ALTER DATABASE {} SET synchronous_commit = off", database.name()));
    let store = Postgres::open(&database.url().parse().unwrap(), Opening::OrCreate).await.unwrap();
    let findings = store.examine(crate::support::NOW).await.unwrap();
    let durability = findings.iter().find(|finding| finding.check == "durability").unwrap();
    assert!(durability.found.contains("synchronous_commit is on"), "{durability:?}");
}

#[tokio::test]
async fn of_several_hosts_the_one_that_takes_writes_is_found() {
    let database = Database::new();
    let url = database.url_with_two_hosts().parse().unwrap();
    let store = Postgres::open(&url, Opening::OrCreate).await.unwrap();
    store.probe().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_can_be_opened_by_many_at_the_same_moment() {
    let engine = PostgresEngine::new();
    let url: collector::store::DatabaseUrl = engine.0.url().parse().unwrap();
    let openings: Vec<_> = (0..8)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Postgres::open(&url, Opening::OrCreate).await.map(drop) })
        })
        .collect();
    for opening in openings {
        opening.await.unwrap().unwrap();
    }
    assert_eq!(engine.0.sql("SELECT count(*) FROM schema_version"), "1");
}

#[tokio::test]
async fn a_database_with_nothing_of_ours_or_of_a_newer_collector_is_left_alone() {
    let database = Database::new();
    let url = database.url().parse().unwrap();
    let said = Postgres::open(&url, Opening::Existing).await.unwrap_err().to_string();
    assert!(said.starts_with("there is nothing of Qulaq in the database test"), "{said}");
    assert_eq!(database.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");

    drop(Postgres::open(&url, Opening::OrCreate).await.unwrap());
    database.sql("UPDATE schema_version SET version = 99");
    let said = Postgres::open(&url, Opening::OrCreate).await.unwrap_err().to_string();
    assert!(said.contains("was changed by a newer qulaq"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_overwritten_and_cleared_away() {
    let engine = PostgresEngine::new();
    let store = published(&engine).await;
    let quotas = vec![QuotaPlace { name: "women".to_owned(), limit: 9 }];
    let response = NewResponse { quotas, answers: "words".repeat(99), ..new_response(&id('a'), "v1") };
    store.keep(response.clone()).await.unwrap();
    assert!(store.withdraw(response.receipt).await.unwrap());
    let left = engine.0.sql(
        "SELECT trim(lang || channel || answers || paradata || quotas), minute
         FROM responses JOIN quota_members USING (seq)",
    );
    assert_eq!(left, "|2147483647");
    let cleared = "SELECT sum(vacuum_count) FROM pg_stat_user_tables
         WHERE relname IN ('responses', 'quota_members')";
    engine.0.until(cleared, "2");
}
