//! What befalls a machine, seen from outside: each is told honestly, keeps nothing by halves, and is over when it is
//! over. What needs another disk, limits or a second machine is broken by `cargo xtask chaos`.

use crate::support::{Collector, answer_no, answer_yes};
use std::fs;

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

#[test]
fn nothing_is_acknowledged_while_the_database_is_moved_away_and_everything_after_it_is_back() {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    let (here, away) = (collector.directory.path().join("data"), collector.directory.path().join("away"));
    let kept = collector.post_json(RESPONSES, &answer_yes('a', &version)).receipt();

    fs::rename(&here, &away).unwrap();
    let refused = collector.post_json(RESPONSES, &answer_yes('b', &version));
    assert_eq!((refused.status, refused.problem().as_str()), (503, "unavailable"));
    assert_eq!(refused.header("retry-after"), "10");
    assert_eq!(collector.get("/readyz").status, 503);

    fs::rename(&away, &here).unwrap();
    assert_eq!(collector.get("/readyz").status, 200);
    assert_eq!(collector.post_json(RESPONSES, &answer_yes('b', &version)).status, 201);
    let again = collector.post_json(RESPONSES, &answer_yes('a', &version));
    assert_eq!((again.status, again.receipt()), (200, kept));
    assert_eq!(collector.rows(), 2);
}

#[test]
fn another_database_in_the_place_of_the_first_is_not_taken_for_it() {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    let database = collector.directory.path().join("data/qulaq.db");
    let copy = database.with_extension("copy");
    fs::copy(&database, &copy).unwrap();
    fs::rename(&copy, &database).unwrap();
    assert_eq!(collector.post_json(RESPONSES, &answer_yes('a', &version)).problem(), "unavailable");
}

#[test]
fn a_clock_that_is_set_back_loses_and_doubles_nothing() {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    collector.set_clock("2026-06-01T12:00:00Z");
    let first = collector.post_json(RESPONSES, &answer_no('a', &version, "before"));
    assert_eq!(first.status, 201);
    collector.set_clock("2001-01-01T00:00:00Z");
    let again = collector.post_json(RESPONSES, &answer_no('a', &version, "before"));
    assert_eq!((again.status, again.receipt()), (200, first.receipt()));
    assert_eq!(collector.post_json(RESPONSES, &answer_no('b', &version, "after")).status, 201);
    assert_eq!(collector.rows(), 2);

    collector.let_in("analyst", None);
    let csv = collector.send(
        "GET",
        "/api/v1/surveys/page-useful/export?format=csv",
        &[("authorization", "Bearer analyst")],
        "",
    );
    let order: Vec<_> = ["before", "after"].map(|words| csv.body.find(words)).into();
    assert!(order[0].is_some() && order[0] < order[1], "in the order in which they came: {}", csv.body);
}
