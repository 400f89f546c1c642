//! Drafts of consultations, and the matters of responses by their positions.

use super::{Engine, NOW, id, new_response, published};
use collector::store::{DraftRecord, Drafts, MattersAt, NewMatter, NewResponse, Position, Store, Voice};
use matter::Shown;

fn draft(survey: &str, version: &str, content: &str) -> DraftRecord {
    let [survey, version, content] = [survey, version, content].map(str::to_owned);
    DraftRecord { survey, version, minute: NOW, content }
}

pub(super) async fn the_draft_of_a_version_is_kept_once_and_never_changes<E: Engine>(engine: E) {
    let store = engine.open().await;
    let first = draft("a", "v2", "[\"Ә\"]");
    assert!(store.keep_draft(first.clone()).await.unwrap());
    assert!(!store.keep_draft(draft("a", "v2", "[]")).await.unwrap());
    let second = draft("a", "v1", "[]");
    assert!(store.keep_draft(second.clone()).await.unwrap());
    assert!(store.keep_draft(draft("b", "v1", "[]")).await.unwrap());

    let store = engine.open().await;
    assert_eq!(store.draft("a", "v2").await.unwrap(), Some(first.clone()));
    assert_eq!(store.draft("a", "v3\0").await.unwrap(), None);
    assert_eq!(store.drafts("a").await.unwrap(), [second, first], "the last first");
    assert_eq!(store.drafts("c\0").await.unwrap(), []);
}

pub(super) async fn matters_are_found_by_where_their_responses_stand<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let matter = NewMatter {
        year: 2026,
        subject: None,
        body: None,
        responsible: None,
        registered: None,
        due: None,
        shown: Shown::Waiting,
        voice: Voice::default(),
    };
    for digit in ['a', 'b'] {
        let response = NewResponse { matter: Some(matter.clone()), ..new_response(&id(digit), "v1") };
        store.keep(response).await.unwrap();
    }
    store.keep(new_response(&id('c'), "v1")).await.unwrap();
    let responses = store.responses("page-useful", Position(0), 10).await.unwrap();
    let positions: Vec<Position> = responses.iter().map(|response| response.position).collect();
    let mut found = store.matters_at("page-useful", &positions).await.unwrap();
    found.sort_by_key(|matter| matter.number);
    let at: Vec<Position> = found.iter().map(|matter| matter.response).collect();
    assert_eq!(at, positions[..2], "of a response that opened none there is none");
    assert!(store.matters_at("another", &positions).await.unwrap().is_empty());
    assert!(store.matters_at("page-useful", &[]).await.unwrap().is_empty());
}
