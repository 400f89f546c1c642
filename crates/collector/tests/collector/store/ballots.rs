//! Paper ballots that were handed out.

use super::Engine;
use crate::support::NOW;
use collector::store::{BallotCount, Ballots};

fn count(survey: &str, batch: &str, issued: u32, unused: u32) -> BallotCount {
    let (survey, batch) = (survey.to_owned(), batch.to_owned());
    BallotCount { survey, batch, issued, unused, who: "aigul".to_owned(), minute: NOW }
}

pub(super) async fn a_count_of_ballots_takes_the_place_of_the_one_before<E: Engine>(engine: E) {
    let store = engine.open().await;
    for it in
        [count("a", "Б", 5, 1), count("a", "Ә", 10, 4), count("b", "Б", 7, 0), count("a", "Б", 6, u32::MAX)]
    {
        store.count_ballots(it).await.unwrap();
    }
    let store = engine.open().await;
    let expected = [count("a", "Б", 6, u32::MAX), count("a", "Ә", 10, 4)];
    assert_eq!(store.ballots("a").await.unwrap(), expected);
    assert_eq!(store.ballots("c\0").await.unwrap(), []);
}
