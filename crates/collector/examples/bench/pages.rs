//! Page feedback of a large site: many responses about many pages, and how long the console takes to rank them, right after
//! a start and after that.

use crate::console;
use collector::clock;
use collector::publication;
use collector::store::{Opening, Sqlite, Store};
use rusqlite::Connection;
use std::path::Path;

const DEFINITION: &str = include_str!("../../../../examples/surveys/page-feedback.json");

/// Minutes of a quarter of a year.
const QUARTER: u64 = 90 * 24 * 60;

/// Writes so many responses about so many pages, past the store, and prints what `console` prints of the page that ranks
/// them.
pub(crate) async fn run(data: &str, rows: u64, paths: u64) {
    let store = Sqlite::open(Path::new(data), Opening::OrCreate).unwrap();
    let publication = publication::read(DEFINITION, clock::system()()).unwrap();
    let version = publication.version.clone();
    store.publish(publication).await.unwrap();
    drop(store);
    fill(data, &version, (rows, paths));
    console::open(data, "/console/surveys/page-feedback/pages", &[]).await;
}

fn fill(data: &str, version: &str, (rows, paths): (u64, u64)) {
    let mut db = Connection::open(Path::new(data).join("qulaq.db")).unwrap();
    let transaction = db.transaction().unwrap();
    let statement = "INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
         VALUES (?1, 'page-feedback', ?2, ?3, 'kk', 'embed', ?4, '{}', ?5, ?5)";
    let mut insert = transaction.prepare_cached(statement).unwrap();
    let now = clock::system()().0;
    for row in 0..rows {
        // A step that shares no factor with either, so that each page has answers of every week.
        let mixed = row.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let page = format!("/kk/qyzmetter/bolim-{}/bet-{}", mixed % paths % 50, mixed % paths);
        let answers = match mixed % 7 {
            0 => {
                serde_json::json!({"page": page, "useful": 0, "doing": "Өтінім беру", "wrong": "Батырма басылмайды"})
            }
            of => serde_json::json!({"page": page, "useful": of % 2}),
        };
        let minute = now - i64::try_from((rows - row) * QUARTER / rows).unwrap();
        let (id, hash) = (format!("{row:032x}"), row.to_be_bytes().repeat(4));
        insert.execute(rusqlite::params![id, version, minute, answers.to_string(), hash]).unwrap();
    }
    drop(insert);
    transaction.commit().unwrap();
}
