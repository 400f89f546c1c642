//! Paper: of two clerks at the same moment one is told, and no sheet makes two responses.

use super::{Engine, id, new_response, published};
use collector::store::{
    Batch, Checking, Kept, NewResponse, Position, QuotaPlace, Settled, SheetEntry, SheetName, SheetRecord,
    Store,
};

const SURVEY: &str = "page-useful";
const TWICE: Settled = Settled { entries: 2, compared: 3, differing: 1 };

fn batch(name: &str, checking: Checking) -> Batch {
    Batch { name: name.to_owned(), version: "v1".to_owned(), checking }
}

fn sheet(number: i64) -> SheetName {
    SheetName { survey: SURVEY.to_owned(), batch: "A".to_owned(), number }
}

fn entry(by: &str) -> SheetEntry {
    SheetEntry { by: by.to_owned(), entry: format!(r#"{{"by":"{by}"}}"#) }
}

/// A store with a batch.
async fn with_batch<E: Engine>(engine: &E) -> E::Store {
    let store = published(engine).await;
    store.open_batch(SURVEY, batch("A", Checking::TwoClerks)).await.unwrap();
    store
}

async fn stands(store: &impl Store) -> Vec<SheetRecord> {
    store.sheets(SURVEY, "A").await.unwrap()
}

async fn responses(store: &impl Store) -> usize {
    store.responses(SURVEY, Position::default(), 10).await.unwrap().len()
}

pub(super) async fn a_batch_is_opened_once_and_stays_as_it_was_opened<E: Engine>(engine: E) {
    let store = with_batch(&engine).await;
    let again = store.open_batch(SURVEY, batch("A", Checking::Once)).await.unwrap();
    assert_eq!(again, batch("A", Checking::TwoClerks));
    store.open_batch(SURVEY, batch("0", Checking::Once)).await.unwrap();
    let all = [batch("0", Checking::Once), batch("A", Checking::TwoClerks)];
    assert_eq!(engine.open().await.batches(SURVEY).await.unwrap(), all);
    assert_eq!(store.batches("another").await.unwrap(), []);
    assert!(store.open_batch("another", batch("A", Checking::Once)).await.is_err(), "no such version");
}

pub(super) async fn an_entry_is_taken_only_by_who_saw_how_many_there_were<E: Engine>(engine: E) {
    let store = with_batch(&engine).await;
    assert!(!store.enter_sheet(sheet(7), 1, entry("a")).await.unwrap());
    assert_eq!(stands(&store).await, []);
    assert!(store.enter_sheet(sheet(7), 0, entry("a")).await.unwrap());
    assert!(!store.enter_sheet(sheet(7), 0, entry("b")).await.unwrap());
    assert!(store.enter_sheet(sheet(7), 1, entry("b")).await.unwrap());
    assert!(store.enter_sheet(sheet(2), 0, entry("c")).await.unwrap());
    let record = |number, entries| SheetRecord { number, entries, settled: None };
    let expected = [record(2, vec![entry("c")]), record(7, vec![entry("a"), entry("b")])];
    assert_eq!(stands(&engine.open().await).await, expected);
}

pub(super) async fn a_kept_sheet_is_one_response_and_its_entries_are_gone<E: Engine>(engine: E) {
    let store = with_batch(&engine).await;
    store.enter_sheet(sheet(7), 0, entry("a")).await.unwrap();
    let response = new_response(&id('a'), "v1");
    assert_eq!(store.keep_sheet(sheet(7), 0, TWICE, response.clone()).await.unwrap(), None);
    assert_eq!(store.keep_sheet(sheet(7), 1, TWICE, response.clone()).await.unwrap(), Some(Kept::New));
    assert_eq!(store.keep_sheet(sheet(7), 1, TWICE, response).await.unwrap(), None);
    assert!(!store.enter_sheet(sheet(7), 1, entry("b")).await.unwrap());
    assert!(!store.discard_sheet(sheet(7)).await.unwrap());
    let kept = SheetRecord { number: 7, entries: Vec::new(), settled: Some(TWICE) };
    assert_eq!(stands(&store).await, [kept]);
    assert_eq!(responses(&store).await, 1);
}

pub(super) async fn of_many_who_settle_a_sheet_at_once_one_does<E: Engine>(engine: E) {
    let store = std::sync::Arc::new(with_batch(&engine).await);
    store.enter_sheet(sheet(7), 0, entry("a")).await.unwrap();
    let mut clerks = tokio::task::JoinSet::new();
    for digit in ['a', 'b', 'c', 'd', 'e', 'f'] {
        let (store, response) = (store.clone(), new_response(&id(digit), "v1"));
        clerks.spawn(async move { store.keep_sheet(sheet(7), 1, TWICE, response).await.unwrap() });
    }
    let kept = clerks.join_all().await;
    assert_eq!(kept.iter().filter(|kept| **kept == Some(Kept::New)).count(), 1, "{kept:?}");
    assert_eq!(responses(&*store).await, 1);
}

pub(super) async fn a_sheet_is_kept_after_its_survey_was_closed<E: Engine>(engine: E) {
    let store = with_batch(&engine).await;
    store.close(SURVEY).await.unwrap();
    let once = Settled { entries: 1, ..Settled::default() };
    let response = new_response(&id('a'), "v1");
    assert_eq!(store.keep(response.clone()).await.unwrap(), Kept::Closed);
    assert_eq!(store.keep_sheet(sheet(1), 0, once, response).await.unwrap(), Some(Kept::New));
}

pub(super) async fn a_sheet_of_a_full_group_stays_as_it_was<E: Engine>(engine: E) {
    let store = with_batch(&engine).await;
    store.enter_sheet(sheet(7), 0, entry("a")).await.unwrap();
    let full = QuotaPlace { name: "g".to_owned(), limit: 0 };
    let response = NewResponse { quotas: vec![full], ..new_response(&id('a'), "v1") };
    assert_eq!(store.keep_sheet(sheet(7), 1, TWICE, response).await.unwrap(), Some(Kept::Full(0)));
    let stays = SheetRecord { number: 7, entries: vec![entry("a")], settled: None };
    assert_eq!(stands(&store).await, [stays]);
    assert_eq!(responses(&store).await, 0);
}

pub(super) async fn a_discarded_sheet_is_keyed_in_anew<E: Engine>(engine: E) {
    let store = with_batch(&engine).await;
    assert!(!store.discard_sheet(sheet(7)).await.unwrap());
    store.enter_sheet(sheet(7), 0, entry("a")).await.unwrap();
    store.enter_sheet(sheet(7), 1, entry("b")).await.unwrap();
    assert!(store.discard_sheet(sheet(7)).await.unwrap());
    assert_eq!(stands(&store).await, []);
    assert!(store.enter_sheet(sheet(7), 0, entry("c")).await.unwrap());
    assert_eq!(stands(&store).await[0].entries, [entry("c")]);
}
