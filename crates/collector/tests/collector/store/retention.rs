//! What is over: deleted as if it were taken back, remembered as what it is, and counted.

use super::{Engine, id, ids, new_response, published};
use crate::support::NOW;
use collector::clock::Minute;
use collector::store::{
    Due, Extents, Forgotten, Kept, NewPartial, NewResponse, Overdue, Partials, Position, QuotaPlace,
    Retention, Store, What,
};

const SURVEY: &str = "page-useful";
const EARLIER: Minute = Minute(NOW.0 - 1000);

/// What arrived before [`NOW`] is over.
fn over(what: What) -> Due {
    Due { survey: SURVEY.to_owned(), version: "v1".to_owned(), what, before: NOW }
}

fn early(digit: char) -> NewResponse {
    let quotas = vec![QuotaPlace { name: "women".to_owned(), limit: 9 }];
    NewResponse { minute: EARLIER, quotas, ..new_response(&id(digit), "v1") }
}

async fn positions(store: &impl Store, due: &Due) -> Vec<Position> {
    let due = store.due(due, Position::default(), 10).await.unwrap();
    due.into_iter().map(|response| response.position).collect()
}

pub(super) async fn what_is_over_is_deleted_as_if_taken_back_and_known_as_what_it_is<E: Engine>(engine: E) {
    let store = published(&engine).await;
    for digit in ['a', 'b'] {
        store.keep(early(digit)).await.unwrap();
    }
    store.keep(new_response(&id('c'), "v1")).await.unwrap();
    store.withdraw(early('b').receipt).await.unwrap();
    let due = over(What::Responses);
    assert_eq!(store.overdue(&due).await.unwrap(), Overdue { over: 1, oldest: Some(EARLIER) });
    let these = positions(&store, &due).await;
    assert_eq!(these.len(), 1, "neither what was taken back nor what came later");
    let everything = (1..=3).map(Position).collect();
    assert_eq!(store.expire(&due, everything, NOW).await.unwrap(), 1, "whatever is named");
    assert_eq!(store.expire(&due, these, NOW).await.unwrap(), 0, "once");
    assert_eq!(ids(&store, Position::default(), 9).await, ["c"]);
    assert_eq!(store.quotas(SURVEY).await.unwrap(), [], "its place is free");
    assert_eq!(store.keep(early('a')).await.unwrap(), Kept::Withdrawn, "it does not come again");
    assert!(store.withdraw(early('a').receipt).await.unwrap());
    let expired = async |digit| store.expired(new_response(&id(digit), "v1").receipt).await.unwrap();
    assert_eq!(expired('a').await, Some(NOW));
    assert_eq!((expired('b').await, expired('c').await, expired('d').await), (None, None, None));
    let erasures = engine.open().await.erasures().await.unwrap();
    assert_eq!((erasures.len(), erasures[0].what, erasures[0].number), (1, What::Responses, 1));
    assert_eq!(store.overdue(&due).await.unwrap(), Overdue { over: 0, oldest: Some(NOW) });
}

pub(super) async fn texts_that_are_over_are_overwritten_once_where_nothing_has_changed<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let due = over(What::Texts);
    let answers = |word: &str| format!(r#"{{"doing":"{word}","useful":0}}"#);
    for (digit, word) in [('a', "words"), ('b', "other")] {
        let response = NewResponse { answers: answers(word), ..early(digit) };
        store.keep(response).await.unwrap();
    }
    let before = store.extent(SURVEY).await.unwrap();
    let found = store.due(&due, Position::default(), 10).await.unwrap();
    let texts: Vec<Forgotten> = found
        .iter()
        .map(|response| Forgotten {
            position: response.position,
            before: response.answers.clone(),
            after: answers("     "),
        })
        .collect();
    let changed = Forgotten { before: "{}".to_owned(), ..texts[1].clone() };
    let these = vec![texts[0].clone(), changed];
    assert_eq!(store.forget(SURVEY, these, NOW).await.unwrap(), 1);
    assert_eq!(positions(&store, &due).await, [texts[1].position], "it was not seen to");
    let kept = store.responses(SURVEY, Position::default(), 9).await.unwrap();
    assert_eq!((kept[0].answers.as_str(), &kept[1].answers), (answers("     ").as_str(), &answers("other")));
    assert_ne!(store.extent(SURVEY).await.unwrap(), before, "an export is another one now");
    let again = NewResponse { answers: answers("whatever"), content: [9; 32], ..early('a') };
    assert_eq!(store.keep(again).await.unwrap(), Kept::Again, "it cannot be compared any more");
    let whole = over(What::Responses);
    assert_eq!(store.expire(&whole, positions(&store, &whole).await, NOW).await.unwrap(), 2);
    assert!(positions(&store, &due).await.is_empty());
}

pub(super) async fn parts_of_one_version_expire_by_its_own_time<E: Engine>(engine: E) {
    let store = published(&engine).await;
    for (digit, minute) in [('a', EARLIER), ('b', NOW)] {
        let part = NewPartial {
            id: id(digit),
            receipt: new_response(&id(digit), "v1").receipt,
            survey: SURVEY.to_owned(),
            version: "v1".to_owned(),
            minute,
            turn: Some(1),
            content: "{}".to_owned(),
        };
        store.keep_partial(part).await.unwrap();
    }
    let due = over(What::Partials);
    assert_eq!(store.overdue(&due).await.unwrap(), Overdue { over: 1, oldest: Some(EARLIER) });
    let other = Due { version: "v2".to_owned(), ..due.clone() };
    assert_eq!(store.expire_partials_of(&other, NOW).await.unwrap(), 0);
    assert_eq!(store.expire_partials_of(&due, NOW).await.unwrap(), 1);
    assert_eq!(store.partials(SURVEY, Position::default(), 9).await.unwrap().len(), 1);
    assert_eq!(store.erasures().await.unwrap()[0].what, What::Partials);
}

pub(super) async fn a_turn_is_taken_by_one_until_it_is_over<E: Engine>(engine: E) {
    let (one, other) = (engine.open().await, engine.open().await);
    let later = |minutes| Minute(NOW.0 + minutes);
    assert!(one.take_turn("retention", NOW, later(50)).await.unwrap());
    assert!(!other.take_turn("retention", later(49), later(99)).await.unwrap());
    assert!(other.take_turn("another", NOW, later(50)).await.unwrap());
    assert!(other.take_turn("retention", later(50), later(99)).await.unwrap());
    assert!(!one.take_turn("retention", later(60), later(110)).await.unwrap());
}
