//! What watches over a collector asks.

use crate::support::Collector;
use rusqlite::Connection;
use std::time::{Duration, Instant};

#[test]
fn a_collector_that_can_write_is_ready_and_leaves_nothing_behind_by_saying_so() {
    let collector = Collector::start();
    assert_eq!(collector.get("/healthz").status, 200);
    for _ in 0..3 {
        let reply = collector.get("/readyz");
        assert_eq!((reply.status, reply.body.as_str()), (200, "ready\n"));
    }
    let db = Connection::open(collector.directory.path().join("data/qulaq.db")).unwrap();
    let secrets: i64 = db.query_row("SELECT count(*) FROM secrets", [], |row| row.get(0)).unwrap();
    assert_eq!(secrets, 1);
}

#[test]
fn a_collector_that_cannot_write_is_not_ready() {
    let collector = Collector::start();
    let db = Connection::open(collector.directory.path().join("data/qulaq.db")).unwrap();
    db.execute_batch("DROP TABLE secrets").unwrap();
    let reply = collector.get("/readyz");
    assert_eq!((reply.status, reply.problem().as_str()), (503, "not_ready"));
    assert_eq!(collector.get("/healthz").status, 200);
}

#[test]
fn a_collector_whose_store_does_not_answer_says_so_in_a_few_seconds() {
    let collector = Collector::start();
    let db = Connection::open(collector.directory.path().join("data/qulaq.db")).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    let reply = collector.get("/readyz");
    assert_eq!((reply.status, reply.problem().as_str()), (503, "not_ready"));
    assert_eq!(reply.header("retry-after"), "2");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(collector.get("/healthz").status, 200);
    db.execute_batch("ROLLBACK").unwrap();
    assert_eq!(collector.get("/readyz").status, 200);
}
