//! Codes: a frame that two change at once, tags of which each coder has their own, and what goes with a response.

use super::{Engine, new_response, publication};
use collector::store::{
    BlockRange, Coding, Counted, FrameRecord, NewTags, Position, Store, TagRecord, Visits,
};

const ALL: BlockRange = BlockRange { after: Position(0), last: Position(i64::MAX) };

fn frame(version: u64, codes: &str) -> FrameRecord {
    let (survey, question) = ("page-useful".to_owned(), "doing".to_owned());
    FrameRecord { survey, question, version, codes: codes.to_owned() }
}

fn given(coder: &str, texts: &[(Position, Option<&[i64]>)]) -> NewTags {
    NewTags {
        survey: "page-useful".to_owned(),
        question: "doing".to_owned(),
        coder: coder.to_owned(),
        day: "2026-11-23".to_owned(),
        texts: texts.iter().map(|(position, codes)| (*position, codes.map(<[i64]>::to_vec))).collect(),
    }
}

fn told(tags: &[TagRecord]) -> Vec<(Position, &str, &[i64])> {
    tags.iter().map(|tag| (tag.response, tag.coder.as_str(), tag.codes.as_slice())).collect()
}

/// A store with three responses, and their positions.
async fn with_three(store: &impl Store) -> Vec<Position> {
    store.publish(publication("page-useful", "v1")).await.unwrap();
    for id in ["a", "b", "c"] {
        store.keep(new_response(&id.repeat(32), "v1")).await.unwrap();
    }
    let kept = store.responses("page-useful", Position(0), 9).await.unwrap();
    kept.iter().map(|response| response.position).collect()
}

pub(super) async fn of_two_who_change_a_frame_at_once_one_is_told<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert!(store.code_frames("page-useful").await.unwrap().is_empty());
    assert!(!store.keep_code_frame(frame(2, "[]")).await.unwrap(), "there is none to change");
    assert!(store.keep_code_frame(frame(1, "[1]")).await.unwrap());
    assert!(!store.keep_code_frame(frame(1, "[other]")).await.unwrap());
    assert!(store.keep_code_frame(frame(2, "[1,2]")).await.unwrap());
    assert!(!store.keep_code_frame(frame(2, "[1,3]")).await.unwrap());
    assert_eq!(engine.open().await.code_frames("page-useful").await.unwrap(), [frame(2, "[1,2]")]);
    assert!(store.code_frames("other").await.unwrap().is_empty());
}

pub(super) async fn each_coder_has_their_own_tags_and_a_decision_stands_beside_them<E: Engine>(engine: E) {
    let store = engine.open().await;
    let at = with_three(&store).await;
    let first = given("aigul", &[(at[0], Some(&[2, 1])), (at[1], Some(&[])), (at[2], None)]);
    store.keep_tags(first).await.unwrap();
    let (bolat, decision) = (given("bolat", &[(at[0], Some(&[2]))]), given("", &[(at[0], Some(&[1]))]));
    tokio::try_join!(store.keep_tags(bolat), store.keep_tags(decision)).unwrap();
    let store = engine.open().await;
    let tags = store.tags("page-useful", ALL).await.unwrap();
    let expected: Vec<(Position, &str, &[i64])> =
        vec![(at[0], "", &[1]), (at[0], "aigul", &[2, 1]), (at[0], "bolat", &[2]), (at[1], "aigul", &[])];
    assert_eq!(told(&tags), expected);
    assert_eq!((tags[0].day.as_str(), tags[0].question.as_str()), ("2026-11-23", "doing"));
    let range = BlockRange { after: at[0], last: at[1] };
    assert_eq!(told(&store.tags("page-useful", range).await.unwrap()), expected[3..]);

    store.keep_tags(given("aigul", &[(at[0], Some(&[3])), (at[1], None)])).await.unwrap();
    let tags = store.tags("page-useful", ALL).await.unwrap();
    let expected: Vec<(Position, &str, &[i64])> =
        vec![(at[0], "", &[1]), (at[0], "aigul", &[3]), (at[0], "bolat", &[2])];
    assert_eq!(told(&tags), expected);
    store.keep_tags(given("aigul", &[(at[1], Some(&[7]))])).await.unwrap();
    assert_eq!(told(&store.tags("page-useful", ALL).await.unwrap())[3], (at[1], "aigul", &[7][..]));
}

pub(super) async fn tags_go_with_their_response_and_do_not_come_after_it<E: Engine>(engine: E) {
    let store = engine.open().await;
    let at = with_three(&store).await;
    let texts: [(Position, Option<&[i64]>); 3] =
        [(at[0], Some(&[1])), (at[1], Some(&[1])), (at[2], Some(&[1]))];
    store.keep_tags(given("aigul", &texts)).await.unwrap();
    store.keep_tags(given("", &texts[1..2])).await.unwrap();
    assert!(store.withdraw(new_response(&"b".repeat(32), "v1").receipt).await.unwrap());
    let left: Vec<(Position, &str, &[i64])> = vec![(at[0], "aigul", &[1]), (at[2], "aigul", &[1])];
    assert_eq!(told(&store.tags("page-useful", ALL).await.unwrap()), left);
    let unknown = Position(at[2].0 + 9);
    store.keep_tags(given("bolat", &[(at[1], Some(&[1])), (unknown, Some(&[1]))])).await.unwrap();
    let elsewhere = NewTags { survey: "other".to_owned(), ..given("bolat", &[(at[0], Some(&[1]))]) };
    store.keep_tags(elsewhere).await.unwrap();
    assert_eq!(told(&store.tags("page-useful", ALL).await.unwrap()), left);
    assert!(store.tags("other", ALL).await.unwrap().is_empty());
}

fn counted(survey: &str, day: &str, what: &str) -> Counted {
    let own = |text: &str| text.to_owned();
    Counted { survey: own(survey), day: own(day), lang: own("kk"), channel: own("web"), what: own(what) }
}

pub(super) async fn visits_of_several_collectors_add_up<E: Engine>(engine: E) {
    let (store, other) = (engine.open().await, engine.open().await);
    let of_day = |n: u64| {
        vec![
            (counted("s", "2026-11-23", "started"), n),
            (counted("s", "2026-11-22", "opened"), 2 * n),
            (counted("other", "2026-11-22", "opened"), 1),
        ]
    };
    assert!(store.visits("s").await.unwrap().is_empty());
    tokio::try_join!(store.add_visits(of_day(1)), other.add_visits(of_day(2)), store.add_visits(of_day(4)))
        .unwrap();
    store.add_visits(Vec::new()).await.unwrap();
    let expected = [(counted("s", "2026-11-22", "opened"), 14), (counted("s", "2026-11-23", "started"), 7)];
    assert_eq!(engine.open().await.visits("s").await.unwrap(), expected);
}
