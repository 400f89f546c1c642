//! What the store does without a collector before it.

use crate::load::{Ids, body};
use crate::serve::SURVEY;
use collector::clock;
use collector::publication;
use collector::store::{Opening, Sqlite, Store};
use rusqlite::Connection;
use std::path::Path;
use std::time::{Duration, Instant};

/// Rows of a transaction, as many as the collector's writer takes at most.
const BATCH: u64 = 512;

/// Rows of a transaction when a table is made long.
const FILLED: u64 = 10_000;

/// Prints how many rows of the same bytes SQLite alone commits, batch after batch, and in how many seconds: the same
/// file, table and durability, and no other work.
pub(crate) fn raw(data: &str, seconds: u64) {
    drop(Sqlite::open(Path::new(data), Opening::OrCreate).unwrap());
    let mut db = connect(data, "FULL");
    let (began, mut rows, mut ids) = (Instant::now(), 0, Ids::of(0));
    while began.elapsed() < Duration::from_secs(seconds) {
        insert(&mut db, &mut ids, BATCH, "v");
        rows += BATCH;
    }
    println!("{rows} {}", began.elapsed().as_secs_f64());
}

/// Writes so many rows into the table, past the store, which finds them when it is asked for the next; prints in how many
/// seconds.
pub(crate) async fn fill(data: &str, rows: u64) {
    let store = Sqlite::open(Path::new(data), Opening::OrCreate).unwrap();
    let publication = publication::read(SURVEY, clock::system()()).unwrap();
    let version = publication.version.clone();
    store.publish(publication).await.unwrap();
    let (began, mut db, mut ids) = (Instant::now(), connect(data, "OFF"), Ids::of(1));
    for _ in 0..rows.div_ceil(FILLED) {
        insert(&mut db, &mut ids, FILLED, &version);
    }
    store.withdraw([0; 32]).await.unwrap();
    println!("{} {}", rows.div_ceil(FILLED) * FILLED, began.elapsed().as_secs_f64());
}

fn connect(data: &str, synchronous: &str) -> Connection {
    let db = Connection::open(Path::new(data).join("qulaq.db")).unwrap();
    db.pragma_update(None, "synchronous", synchronous).unwrap();
    db.pragma_update(None, "foreign_keys", false).unwrap();
    db.pragma_update(None, "secure_delete", true).unwrap();
    db
}

/// Writes so many rows in one transaction.
fn insert(db: &mut Connection, ids: &mut Ids, rows: u64, version: &str) {
    let body: serde_json::Value = serde_json::from_str(&body("", version)).unwrap();
    let (answers, paradata) = (body["answers"].to_string(), body["paradata"].to_string());
    let minute = clock::system()().0;
    let transaction = db.transaction().unwrap();
    let statement = "INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
         VALUES (?1, 'page-useful', ?2, ?3, 'kk', 'embed', ?4, ?5, ?6, ?6)";
    let mut insert = transaction.prepare_cached(statement).unwrap();
    for _ in 0..rows {
        let (mut id, mut hash) = ([b'0'; 32], [0; 32]);
        ids.write(&mut id);
        ids.write(&mut hash);
        let id = std::str::from_utf8(&id).unwrap();
        insert.execute(rusqlite::params![id, version, minute, answers, paradata, hash]).unwrap();
    }
    drop(insert);
    transaction.commit().unwrap();
}
