//! Work: a challenge is good for one response, however many collectors it is brought to, and is forgotten when it expires.

use super::{Engine, NOW};
use collector::clock::Minute;
use collector::store::{SpentWork, Works};
use std::sync::Arc;

fn work(challenge: u8, response: u8) -> SpentWork {
    SpentWork { challenge: [challenge; 32], response: [response; 32], expires: NOW }
}

pub(super) async fn a_challenge_is_good_for_one_response_as_often_as_it_comes<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert!(store.spend_work(work(1, 1)).await.unwrap());
    assert!(store.spend_work(work(1, 1)).await.unwrap(), "the same response again");
    let other = engine.open().await;
    assert!(!other.spend_work(work(1, 2)).await.unwrap(), "another response, at another collector");
    assert!(other.spend_work(work(2, 2)).await.unwrap());
}

pub(super) async fn of_many_responses_with_a_challenge_at_once_to_two_collectors_one_is_first<E: Engine>(
    engine: E,
) {
    let stores = [Arc::new(engine.open().await), Arc::new(engine.open().await)];
    let spend = |response: u8| {
        let store = Arc::clone(&stores[usize::from(response % 2)]);
        tokio::spawn(async move { store.spend_work(work(7, response)).await.unwrap() })
    };
    let spending: Vec<_> = (0..20).map(spend).collect();
    let mut first = 0;
    for spent in spending {
        first += u32::from(spent.await.unwrap());
    }
    assert_eq!(first, 1);
}

pub(super) async fn a_challenge_is_forgotten_when_it_expires<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert!(store.spend_work(work(1, 1)).await.unwrap());
    assert_eq!(store.expire_work(NOW).await.unwrap(), 0, "in its last minute");
    assert!(!store.spend_work(work(1, 2)).await.unwrap());
    assert_eq!(store.expire_work(Minute(NOW.0 + 1)).await.unwrap(), 1);
    assert!(store.spend_work(work(1, 2)).await.unwrap());
}
