//! Parts of responses: one of each response, the latest, and none beside the whole.

use super::hold::Hold;
use super::{Engine, PostgresEngine, id, new_response, publication, published};
use crate::support::NOW;
use collector::clock::Minute;
use collector::store::{
    Kept, KeptPartial, NewPartial, NewResponse, PartialName, Partials, Position, Publication, QuotaPlace,
    Store,
};
use collector::times::Times;
use std::sync::Arc;

const SURVEY: &str = "page-useful";

/// A whole response to a survey that asks for parts.
fn whole(id: &str) -> NewResponse {
    NewResponse { in_parts: true, ..new_response(id, "v1") }
}

/// Which response of a survey is meant.
fn name(survey: &str, digit: char) -> PartialName {
    PartialName { survey: survey.to_owned(), id: id(digit), receipt: new_response(&id(digit), "v1").receipt }
}

/// A part of the response whose id is made of this digit.
fn part(digit: char, turn: impl Into<Option<u32>>, content: &str) -> NewPartial {
    NewPartial {
        id: id(digit),
        receipt: new_response(&id(digit), "v1").receipt,
        survey: SURVEY.to_owned(),
        version: "v1".to_owned(),
        minute: NOW,
        turn: turn.into(),
        content: format!(r#"{{"said":"{content}"}}"#),
    }
}

/// What is kept: the digit of each id, and what was said.
async fn kept(store: &impl Store) -> Vec<(String, String)> {
    let parts = store.partials(SURVEY, Position::default(), 100).await.unwrap();
    let said = |content: &str| content.split('"').nth(3).unwrap().to_owned();
    parts.into_iter().map(|part| (part.id[..1].to_owned(), said(&part.content))).collect()
}

fn entry(digit: char, said: &str) -> (String, String) {
    (digit.to_string(), said.to_owned())
}

pub(super) async fn a_later_part_replaces_an_earlier_one_and_never_the_other_way<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let long = "word ".repeat(900);
    assert_eq!(store.keep_partial(part('a', 2, "two")).await.unwrap(), KeptPartial::Kept(2));
    assert_eq!(store.keep_partial(part('a', 1, "one")).await.unwrap(), KeptPartial::Later(2));
    assert_eq!(store.keep_partial(part('a', 2, "again")).await.unwrap(), KeptPartial::Later(2));
    assert_eq!(kept(&store).await, [entry('a', "two")]);
    assert_eq!(store.keep_partial(part('a', 10, &long)).await.unwrap(), KeptPartial::Kept(10));
    assert_eq!(kept(&store).await, [entry('a', &long)], "ten comes after two, and may be longer");
    assert_eq!(store.keep_partial(part('a', 11, "short")).await.unwrap(), KeptPartial::Kept(11));
    assert_eq!(store.keep_partial(part('a', None, "a form")).await.unwrap(), KeptPartial::Kept(12));
    assert_eq!(store.keep_partial(part('b', None, "another")).await.unwrap(), KeptPartial::Kept(1));
    let all = kept(&engine.open().await).await;
    assert!(all.len() == 2 && all.contains(&entry('a', "a form")) && all.contains(&entry('b', "another")));
}

pub(super) async fn parts_are_read_from_position_to_position<E: Engine>(engine: E) {
    let store = published(&engine).await;
    store.publish(publication("another", "v1")).await.unwrap();
    for digit in ['a', 'b', 'c'] {
        store.keep_partial(part(digit, 1, "said")).await.unwrap();
    }
    let elsewhere = NewPartial { survey: "another".to_owned(), ..part('d', 1, "elsewhere") };
    store.keep_partial(elsewhere).await.unwrap();
    let first = store.partials(SURVEY, Position::default(), 2).await.unwrap();
    let rest = store.partials(SURVEY, first[1].position, 2).await.unwrap();
    let ids: Vec<&str> = first.iter().chain(&rest).map(|part| &part.id[..1]).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!((first[0].version.as_str(), first[0].minute), ("v1", NOW));
    assert!(store.partials("nothing", Position::default(), 9).await.unwrap().is_empty());
    assert!(store.partials("\0", Position::default(), 9).await.unwrap().is_empty());
    let other = NewPartial { survey: "another".to_owned(), ..part('a', 9, "stolen") };
    assert_eq!(store.keep_partial(other).await.unwrap(), KeptPartial::Conflict);
}

pub(super) async fn a_part_is_gone_when_the_whole_is_kept_and_a_late_one_changes_nothing<E: Engine>(
    engine: E,
) {
    let store = published(&engine).await;
    let quotas = vec![QuotaPlace { name: "all".to_owned(), limit: 1 }];
    for digit in ['a', 'b'] {
        store.keep_partial(part(digit, 1, "said")).await.unwrap();
    }
    let whole = NewResponse { quotas: quotas.clone(), ..whole(&id('a')) };
    assert_eq!(store.keep(whole.clone()).await.unwrap(), Kept::New);
    assert_eq!(kept(&store).await, [entry('b', "said")]);
    let refused = NewResponse { quotas, ..self::whole(&id('b')) };
    assert_eq!(store.keep(refused).await.unwrap(), Kept::Full(0));
    assert_eq!(kept(&store).await, [entry('b', "said")], "what was not kept takes nothing with it");
    assert_eq!(store.keep_partial(part('a', 9, "late")).await.unwrap(), KeptPartial::Complete);
    assert!(store.withdraw(whole.receipt).await.unwrap());
    assert_eq!(store.keep_partial(part('a', 10, "later")).await.unwrap(), KeptPartial::TakenBack);
    assert_eq!(kept(&store).await, [entry('b', "said")]);
    assert_eq!(store.quotas(SURVEY).await.unwrap(), [], "no part is counted");
}

pub(super) async fn what_was_taken_back_comes_no_more_but_as_a_whole<E: Engine>(engine: E) {
    let store = published(&engine).await;
    store.publish(publication("another", "v1")).await.unwrap();
    store.keep_partial(part('a', 1, "said")).await.unwrap();
    store.take_back_partial(name("another", 'a'), NOW).await.unwrap();
    assert_eq!(kept(&store).await, [entry('a', "said")], "not by way of another survey");
    for digit in ['a', 'a', 'b'] {
        store.take_back_partial(name(SURVEY, digit), NOW).await.unwrap();
    }
    store.take_back_partial(name("nothing", 'c'), NOW).await.unwrap();
    for digit in ['a', 'b'] {
        let late = store.keep_partial(part(digit, 9, "on its way")).await.unwrap();
        assert_eq!(late, KeptPartial::TakenBack);
    }
    assert_eq!(store.keep_partial(part('c', 1, "said")).await.unwrap(), KeptPartial::Kept(1));
    assert_eq!(store.keep(new_response(&id('a'), "v1")).await.unwrap(), Kept::New);
    assert_eq!(kept(&store).await, [entry('c', "said")]);
}

pub(super) async fn parts_are_kept_while_the_survey_takes_responses<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let times = Times { opens: Some(NOW), closes: Some(Minute(NOW.0 + 5)) };
    let timed = Publication { times, ..publication(SURVEY, "v1") };
    store.publish(timed).await.unwrap();
    let at = async |minute: i64| {
        let part = NewPartial { minute: Minute(NOW.0 + minute), ..part('a', None, "said") };
        store.keep_partial(part).await.unwrap()
    };
    assert_eq!(at(-1).await, KeptPartial::NotOpen);
    assert_eq!((at(0).await, at(4).await), (KeptPartial::Kept(1), KeptPartial::Kept(2)));
    assert_eq!(at(5).await, KeptPartial::Closed);
    let unknown = NewPartial { survey: "nothing".to_owned(), ..part('b', 1, "said") };
    assert_eq!(store.keep_partial(unknown).await.unwrap(), KeptPartial::Closed);
    assert!(
        store.keep_partial(NewPartial { version: "v9".to_owned(), ..part('b', 1, "said") }).await.is_err()
    );
}

pub(super) async fn what_was_changed_last_before_a_minute_expires<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let at = |digit, minute: i64| NewPartial { minute: Minute(NOW.0 + minute), ..part(digit, None, "said") };
    for (digit, minute) in [('a', 0), ('b', 0), ('c', 7), ('b', 9)] {
        store.keep_partial(at(digit, minute)).await.unwrap();
    }
    store.take_back_partial(name(SURVEY, 'd'), NOW).await.unwrap();
    assert_eq!(store.expire_partials(Minute(NOW.0 + 7)).await.unwrap(), 2);
    assert_eq!(store.expire_partials(Minute(NOW.0 + 7)).await.unwrap(), 0);
    let mut left = kept(&store).await;
    left.sort();
    assert_eq!(left, [entry('b', "said"), entry('c', "said")]);
    // The rows may be used again, and what was taken back so long ago is no longer remembered.
    for digit in ['a', 'd', 'e'] {
        assert_eq!(store.keep_partial(part(digit, 1, "anew")).await.unwrap(), KeptPartial::Kept(1));
    }
    assert_eq!(kept(&store).await.len(), 5);
}

/// Parts and wholes of the same ids at the same time, in any order, on two stores: no part is left beside its whole.
pub(super) async fn of_a_part_and_its_whole_at_once_the_whole_is_left<E: Engine>(engine: E) {
    let stores = [Arc::new(published(&engine).await), Arc::new(engine.open().await)];
    let one = |number: usize| {
        let (store, name) = (Arc::clone(&stores[number % 2]), format!("{:032x}", number / 8));
        tokio::spawn(async move {
            if number % 8 == 3 {
                store.keep(whole(&name)).await.map(|_| ()).unwrap();
            } else {
                let receipt = new_response(&name, "v1").receipt;
                let part =
                    NewPartial { id: name, receipt, ..part('a', u32::try_from(number).unwrap(), "said") };
                store.keep_partial(part).await.map(|_| ()).unwrap();
            }
        })
    };
    let tasks: Vec<_> = (0..320).map(one).collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(kept(&*stores[0]).await, []);
    assert_eq!(stores[1].responses(SURVEY, Position::default(), 100).await.unwrap().len(), 40);
}

/// The whole is written and its commit waits: a part of it that comes to another collector meanwhile waits too, and sees it.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_comes_to_one_collector_sees_the_whole_that_another_is_about_to_keep() {
    let engine = PostgresEngine::new();
    let (one, two) = (Arc::new(published(&engine).await), Arc::new(engine.open().await));
    let hold = Hold::up(&engine.0, "AFTER INSERT ON responses FOR EACH ROW").await;
    let whole = tokio::spawn(async move { one.keep(new_response(&id('a'), "v1")).await.unwrap() });
    hold.until_waiting(1);
    let late = Arc::clone(&two);
    let late = tokio::spawn(async move { late.keep_partial(part('a', 5, "late")).await.unwrap() });
    hold.until_waiting(2);
    hold.release().await;
    assert_eq!((whole.await.unwrap(), late.await.unwrap()), (Kept::New, KeptPartial::Complete));
    assert_eq!(kept(&*two).await, []);
}

/// The other way round: the whole waits for a part, which its statement did not see when it began.
#[tokio::test(flavor = "multi_thread")]
async fn a_whole_that_waits_for_a_part_of_it_takes_the_part_away() {
    let engine = PostgresEngine::new();
    let (one, two) = (Arc::new(published(&engine).await), Arc::new(engine.open().await));
    let hold = Hold::up(&engine.0, "AFTER INSERT ON partials FOR EACH ROW").await;
    let early = Arc::clone(&two);
    let early = tokio::spawn(async move { early.keep_partial(part('a', 5, "early")).await.unwrap() });
    hold.until_waiting(1);
    let whole = tokio::spawn(async move { one.keep(whole(&id('a'))).await.unwrap() });
    hold.until_waiting(2);
    hold.release().await;
    assert_eq!((early.await.unwrap(), whole.await.unwrap()), (KeptPartial::Kept(5), Kept::New));
    assert_eq!(kept(&*two).await, []);
}
