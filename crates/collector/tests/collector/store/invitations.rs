//! Invitations: each admits one response, however many come with it at once, and nothing that stays says which.

use super::{Engine, NOW, PostgresEngine, id, ids, new_response, published};
use collector::clock::Minute;
use collector::store::{
    InvitationBatch, Invitations, Issued, Kept, NewInvitations, NewResponse, Position, QuotaPlace, Store,
    Uninvited,
};
use std::sync::Arc;

const SURVEY: &str = "page-useful";

fn hash(number: u8) -> [u8; 32] {
    [number; 32]
}

/// A batch with codes from a number on.
fn batch(name: &str, codes: std::ops::Range<u8>) -> NewInvitations {
    NewInvitations {
        survey: SURVEY.to_owned(),
        batch: name.to_owned(),
        made: NOW,
        expires: None,
        hashes: codes.map(hash).collect(),
    }
}

fn invited(id: &str, code: u8) -> NewResponse {
    NewResponse { invitation: Some(hash(code)), ..new_response(id, "v1") }
}

async fn refusal(store: &impl Store, code: u8) -> Option<Uninvited> {
    store.refusal_of_invitation(SURVEY, hash(code), NOW).await.unwrap()
}

/// A store with codes 0 to 9.
async fn issued<E: Engine>(engine: &E) -> E::Store {
    let store = published(engine).await;
    assert_eq!(store.issue(batch("A", 0..10)).await.unwrap(), Issued::New);
    store
}

pub(super) async fn a_batch_is_issued_once_with_codes_that_nobody_has<E: Engine>(engine: E) {
    let store = issued(&engine).await;
    assert_eq!(store.issue(batch("A", 20..30)).await.unwrap(), Issued::NameTaken);
    let met = store.issue(batch("B", 9..12)).await.unwrap();
    assert_eq!(met, Issued::Met(vec![hash(9)]));
    assert_eq!(refusal(&store, 10).await, Some(Uninvited::Unknown), "nothing of it was issued");
    assert_eq!(store.issue(batch("B", 10..12)).await.unwrap(), Issued::New);
    let other = NewInvitations { survey: "another".to_owned(), ..batch("A", 0..2) };
    assert_eq!(store.issue(other).await.unwrap(), Issued::New, "of another survey");
    assert_eq!(store.refusal_of_invitation("another", hash(3), NOW).await.unwrap(), Some(Uninvited::Unknown));
    let counts: Vec<_> = engine.open().await.invitations(SURVEY).await.unwrap();
    let counts: Vec<_> =
        counts.iter().map(|batch| (batch.batch.as_str(), batch.issued, batch.spent)).collect();
    assert_eq!(counts, [("A", 10, 0), ("B", 2, 0)]);
    assert_eq!(store.refusal_of_invitation("a\0b", hash(3), NOW).await.unwrap(), Some(Uninvited::Unknown));
}

pub(super) async fn a_code_admits_one_response_which_gets_its_receipt_again<E: Engine>(engine: E) {
    let store = issued(&engine).await;
    assert_eq!(refusal(&store, 1).await, None);
    assert_eq!(store.keep(invited(&id('a'), 1)).await.unwrap(), Kept::New);
    assert_eq!(store.keep(invited(&id('b'), 1)).await.unwrap(), Kept::Uninvited(Uninvited::Spent));
    assert_eq!(store.keep(invited(&id('a'), 1)).await.unwrap(), Kept::Again);
    assert_eq!(store.keep(invited(&id('b'), 99)).await.unwrap(), Kept::Uninvited(Uninvited::Unknown));
    assert_eq!(refusal(&engine.open().await, 1).await, Some(Uninvited::Spent));
    assert_eq!(ids(&store, Position::default(), 10).await, ["a"]);
    assert!(store.withdraw(new_response(&id('a'), "v1").receipt).await.unwrap());
    assert_eq!(refusal(&store, 1).await, Some(Uninvited::Spent), "nobody knows which code it was");
}

pub(super) async fn a_response_that_is_not_kept_spends_no_code<E: Engine>(engine: E) {
    let store = issued(&engine).await;
    let full = vec![QuotaPlace { name: "women".to_owned(), limit: 0 }];
    let refused = NewResponse { quotas: full, ..invited(&id('a'), 2) };
    assert_eq!(store.keep(refused).await.unwrap(), Kept::Full(0));
    store.close(SURVEY).await.unwrap();
    assert_eq!(store.keep(invited(&id('a'), 2)).await.unwrap(), Kept::Closed);
    assert_eq!(refusal(&store, 2).await, None);
}

pub(super) async fn an_expired_and_a_revoked_code_admit_nobody<E: Engine>(engine: E) {
    let store = issued(&engine).await;
    let soon = NewInvitations { expires: Some(Minute(NOW.0 + 5)), ..batch("soon", 20..22) };
    store.issue(soon).await.unwrap();
    let late = |minute| store.refusal_of_invitation(SURVEY, hash(20), Minute(NOW.0 + minute));
    assert_eq!((late(4).await.unwrap(), late(5).await.unwrap()), (None, Some(Uninvited::Over)));
    let response = NewResponse { minute: Minute(NOW.0 + 5), ..invited(&id('a'), 20) };
    assert_eq!(store.keep(response).await.unwrap(), Kept::Uninvited(Uninvited::Over));
    assert_eq!(store.keep(invited(&id('b'), 3)).await.unwrap(), Kept::New);
    assert!(store.revoke_invitations(SURVEY, "A").await.unwrap());
    assert!(!store.revoke_invitations(SURVEY, "Z").await.unwrap());
    assert_eq!(
        (refusal(&store, 4).await, refusal(&store, 3).await),
        (Some(Uninvited::Over), Some(Uninvited::Spent))
    );
    let batches = store.invitations(SURVEY).await.unwrap();
    let revoked = InvitationBatch {
        batch: "A".to_owned(),
        made: NOW,
        expires: None,
        revoked: true,
        issued: 10,
        spent: 1,
    };
    assert_eq!(batches[0], revoked);
}

pub(super) async fn of_many_who_come_with_a_code_at_once_to_two_collectors_one_is_admitted<E: Engine>(
    engine: E,
) {
    let stores = [Arc::new(issued(&engine).await), Arc::new(engine.open().await)];
    let keep = |number: u8| {
        let store = Arc::clone(&stores[usize::from(number % 2)]);
        let response = invited(&format!("{number:032x}"), number % 4);
        tokio::spawn(async move { store.keep(response).await.unwrap() })
    };
    let tasks: Vec<_> = (0..80).map(keep).collect();
    let mut kept = Vec::new();
    for task in tasks {
        kept.push(task.await.unwrap());
    }
    let count = |wanted: Kept| kept.iter().filter(|kept| **kept == wanted).count();
    assert_eq!((count(Kept::New), count(Kept::Uninvited(Uninvited::Spent))), (4, 76));
    assert_eq!(ids(&*stores[0], Position::default(), 100).await.len(), 4);
    assert_eq!(stores[1].invitations(SURVEY).await.unwrap()[0].spent, 4);
}

/// PostgreSQL keeps with each row the number of the transaction that wrote it.
#[tokio::test]
async fn no_row_about_invitations_was_written_by_a_transaction_that_kept_a_response() {
    let engine = PostgresEngine::new();
    let store = issued(&engine).await;
    for (digit, code) in ['a', 'b', 'c'].into_iter().zip(1..) {
        assert_eq!(store.keep(invited(&id(digit), code)).await.unwrap(), Kept::New);
    }
    store.revoke_invitations(SURVEY, "A").await.unwrap();
    for table in ["invitations", "invitations_left", "invitation_batches"] {
        let together =
            format!("SELECT count(*) FROM {table} WHERE xmin::TEXT IN (SELECT xmin::TEXT FROM responses)");
        assert_eq!(engine.0.sql(&together), "0", "{table}");
    }
}
