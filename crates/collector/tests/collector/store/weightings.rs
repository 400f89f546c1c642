//! Margins by which responses are weighted.

use super::Engine;
use crate::support::NOW;
use collector::store::{Weighting, Weightings};

fn weighting(survey: &str, name: &str, version: u32, margins: &str) -> Weighting {
    let (survey, name, margins) = (survey.to_owned(), name.to_owned(), margins.to_owned());
    Weighting { survey, name, version, who: "aigul".to_owned(), minute: NOW, margins }
}

pub(super) async fn a_version_of_a_weighting_is_kept_once_and_never_changes<E: Engine>(engine: E) {
    let store = engine.open().await;
    let first = weighting("a", "census", 1, "[\"Ә\"]");
    assert!(store.keep_weighting(first.clone()).await.unwrap());
    assert!(!store.keep_weighting(weighting("a", "census", 1, "[]")).await.unwrap());
    let second = weighting("a", "census", 2, "[]");
    assert!(store.keep_weighting(second.clone()).await.unwrap());
    let other = weighting("a", "age", 1, "[]");
    assert!(store.keep_weighting(other.clone()).await.unwrap());
    assert!(store.keep_weighting(weighting("b", "census", 1, "[]")).await.unwrap());

    let store = engine.open().await;
    assert_eq!(store.weightings("a").await.unwrap(), [other, first, second]);
    assert_eq!(store.weightings("c\0").await.unwrap(), []);
}
