//! What watches over a collector asks.

use crate::support::Collector;
use rusqlite::Connection;

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
    assert_eq!((reply.status, reply.problem().as_str()), (500, "internal"));
    assert_eq!(collector.get("/healthz").status, 200);
}
