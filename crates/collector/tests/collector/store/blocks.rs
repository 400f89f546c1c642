//! The promises of blocks: they stand for what is in the log, and for nothing that was taken back.

use super::{Engine, id, new_response, published};
use collector::store::{BlockRange, Blocks, NewBlock, Position, Store};

fn range(after: i64, last: i64) -> BlockRange {
    BlockRange { after: Position(after), last: Position(last) }
}

fn block(range: BlockRange, responses: u64, content: &[u8]) -> NewBlock {
    let survey = "page-useful".to_owned();
    NewBlock { survey, range, responses, dictionary: content.to_vec(), cells: content.repeat(3) }
}

/// A store with so many responses, and their positions.
async fn kept<E: Engine>(engine: &E, responses: usize) -> (E::Store, Vec<i64>) {
    let store = published(engine).await;
    for number in 0..responses {
        store.keep(new_response(&id(char::from_digit(number as u32, 16).unwrap()), "v1")).await.unwrap();
    }
    let kept = store.responses("page-useful", Position::default(), 100).await.unwrap();
    (store, kept.into_iter().map(|response| response.position.0).collect())
}

async fn ranges(store: &impl Store) -> Vec<BlockRange> {
    let blocks = store.blocks("page-useful", Position::default(), 100).await.unwrap();
    blocks.into_iter().map(|block| block.range).collect()
}

pub(super) async fn a_block_is_kept_while_its_responses_are_there<E: Engine>(engine: E) {
    let (store, at) = kept(&engine, 5).await;
    assert!(!store.keep_block(block(range(0, at[1]), 3, b"three")).await.unwrap());
    assert!(store.keep_block(block(range(0, at[1]), 2, b"two")).await.unwrap());
    assert!(store.keep_block(block(range(at[1], at[3]), 2, b"next")).await.unwrap());
    assert_eq!(ranges(&store).await, [range(0, at[1]), range(at[1], at[3])]);
    assert_eq!(store.count_responses("page-useful", range(at[1], at[3])).await.unwrap(), 2);
    let (record, cells) = store.block("page-useful", Position(1)).await.unwrap().unwrap();
    assert_eq!(
        (record.range, &*record.dictionary, &*cells),
        (range(at[1], at[3]), &b"next"[..], &b"nextnextnext"[..])
    );
    assert!(store.blocks("another", Position::default(), 9).await.unwrap().is_empty());
    assert!(store.block("\0", Position::default()).await.unwrap().is_none());
}

pub(super) async fn no_two_blocks_overlap<E: Engine>(engine: E) {
    let (store, at) = kept(&engine, 5).await;
    assert!(store.keep_block(block(range(at[0], at[2]), 2, b"first")).await.unwrap());
    for (after, last, responses) in [(0, at[1], 2), (at[1], at[3], 2), (0, at[4], 5)] {
        assert!(!store.keep_block(block(range(after, last), responses, b"over")).await.unwrap());
    }
    assert!(store.keep_block(block(range(0, at[0]), 1, b"before")).await.unwrap());
    assert!(store.keep_block(block(range(at[0], at[2]), 2, b"again")).await.unwrap());
    assert_eq!(ranges(&store).await, [range(0, at[0]), range(at[0], at[2])]);
}

pub(super) async fn what_is_taken_back_takes_its_block_away_and_no_other<E: Engine>(engine: E) {
    let (store, at) = kept(&engine, 4).await;
    for (after, last) in [(0, at[1]), (at[1], at[3])] {
        assert!(store.keep_block(block(range(after, last), 2, b"content")).await.unwrap());
    }
    assert!(store.withdraw(new_response(&id('1'), "v1").receipt).await.unwrap());
    assert_eq!(ranges(&store).await, [range(at[1], at[3])]);
    assert!(!store.keep_block(block(range(0, at[1]), 2, b"stale")).await.unwrap(), "one is no longer there");

    assert!(store.keep_block(block(range(0, at[1]), 1, b"less")).await.unwrap());
    let (record, cells) = store.block("page-useful", Position::default()).await.unwrap().unwrap();
    assert_eq!((record.range, &*record.dictionary), (range(0, at[1]), &b"less\0\0\0"[..]));
    assert_eq!(cells, b"lesslessless\0\0\0\0\0\0\0\0\0");
    assert!(store.withdraw(new_response(&id('0'), "v1").receipt).await.unwrap());
    assert!(store.keep_block(block(range(0, at[1]), 0, b"longer than it was")).await.unwrap());
    let (record, _) = store.block("page-useful", Position::default()).await.unwrap().unwrap();
    assert_eq!(record.dictionary, b"longer than it was");
    assert_eq!(ranges(&store).await, [range(0, at[1]), range(at[1], at[3])]);
}

pub(super) async fn surveys_with_a_full_block_to_make_are_named<E: Engine>(engine: E) {
    let (store, at) = kept(&engine, 5).await;
    assert_eq!(store.surveys_behind(5).await.unwrap(), ["page-useful"]);
    assert!(store.surveys_behind(6).await.unwrap().is_empty());
    assert!(store.keep_block(block(range(0, at[2]), 3, b"three")).await.unwrap());
    assert_eq!(store.surveys_behind(2).await.unwrap(), ["page-useful"]);
    assert!(store.surveys_behind(3).await.unwrap().is_empty());
}
