//! What the store does without a collector before it.

use crate::load::{Ids, body};
use crate::serve::SURVEY;
use collector::clock;
use collector::publication;
use collector::store::{NewResponse, Opening, Sqlite, Store};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Rows of a transaction, as many as the collector's writer takes at most.
const BATCH: u64 = 512;

/// Rows that wait for the store at the same time, when a table is made long.
const AT_ONCE: u64 = 2048;

/// Prints how many rows of the same bytes SQLite alone commits, batch after batch, and in how many seconds: the same
/// file, table and durability, and no other work.
pub(crate) fn raw(data: &str, seconds: u64) {
    drop(Sqlite::open(Path::new(data), Opening::OrCreate).unwrap());
    let mut db = Connection::open(Path::new(data).join("qulaq.db")).unwrap();
    db.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON")
        .unwrap();
    let (began, mut rows, mut ids) = (Instant::now(), 0, Ids::of(0));
    while began.elapsed() < Duration::from_secs(seconds) {
        let transaction = db.transaction().unwrap();
        for _ in 0..BATCH {
            let response = response(&mut ids, "v");
            transaction
                .prepare_cached(
                    "INSERT INTO responses
                         (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING",
                )
                .unwrap()
                .execute(rusqlite::params![
                    response.id,
                    response.survey,
                    response.version,
                    response.minute.0,
                    response.lang,
                    response.channel,
                    response.answers,
                    response.paradata,
                    response.receipt,
                    response.content,
                ])
                .unwrap();
            rows += 1;
        }
        transaction.commit().unwrap();
    }
    println!("{rows} {}", began.elapsed().as_secs_f64());
}

/// Keeps so many responses, through the store and nothing else, and prints in how many seconds.
pub(crate) async fn fill(data: &str, rows: u64) {
    let store = Arc::new(Sqlite::open(Path::new(data), Opening::OrCreate).unwrap());
    let publication = publication::read(SURVEY, clock::system()()).unwrap();
    let version: Arc<str> = publication.version.as_str().into();
    store.publish(publication).await.unwrap();
    let began = Instant::now();
    let keeping: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            let (store, version) = (Arc::clone(&store), Arc::clone(&version));
            tokio::spawn(async move {
                let mut ids = Ids::of(number + AT_ONCE);
                for _ in 0..rows.div_ceil(AT_ONCE) {
                    store.keep(response(&mut ids, &version)).await.unwrap();
                }
            })
        })
        .collect();
    for kept in keeping {
        kept.await.unwrap();
    }
    println!("{} {}", rows.div_ceil(AT_ONCE) * AT_ONCE, began.elapsed().as_secs_f64());
}

fn response(ids: &mut Ids, version: &str) -> NewResponse {
    let mut id = [b'0'; 32];
    ids.write(&mut id);
    let mut hash = [0; 32];
    ids.write(&mut hash);
    let id = String::from_utf8(id.to_vec()).unwrap();
    let body: serde_json::Value = serde_json::from_str(&body(&id, version)).unwrap();
    NewResponse {
        survey: "page-useful".to_owned(),
        version: version.to_owned(),
        minute: clock::system()(),
        lang: "kk".to_owned(),
        channel: "embed".to_owned(),
        answers: body["answers"].to_string(),
        paradata: body["paradata"].to_string(),
        receipt: hash,
        content: hash,
        id,
        quotas: Vec::new(),
    }
}
