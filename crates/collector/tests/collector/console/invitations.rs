//! Invitations at the console: issued once into a file, counted, revoked, and told with the response rate.

use super::{Visitor, add};
use crate::support::{Collector, response, small};
use collector::people::rights::Role;
use serde_json::{Value, json};

const PAGE: &str = "/console/surveys/small/invitations";

#[test]
fn an_owner_issues_codes_into_a_file_counts_them_and_revokes_them() {
    let collector = Collector::start();
    let version = collector.publish(&small(&json!({"tier": "invited"}), &[]));
    add(&collector, "owner", &[(Some("small"), Role::Owner)]);
    let owner = Visitor::with_session(&collector, "owner");
    let issue = |more: &[(&str, &str)]| {
        let fields: Vec<(&str, &str)> = [("do", "issue")].into_iter().chain(more.iter().copied()).collect();
        owner.post(PAGE, &fields)
    };
    let table = issue(&[("count", "4"), ("batch", "Мектеп <5>"), ("as", "csv")]);
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(table.header("cache-control"), "no-store");
    let codes: Vec<&str> = table.body.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(codes.len(), 4);
    let mut body = response('a', "small", &version, &json!({"useful": 1}));
    body["invitation"] = Value::from(codes[0]);
    assert_eq!(collector.post_json("/api/v1/surveys/small/responses", &body).status, 201);

    let page = owner.get(PAGE);
    assert!(page.body.contains("Мектеп &lt;5&gt;") && page.body.contains("1 of 4"), "{}", page.body);
    assert!(!page.body.contains(codes[1]), "codes are shown once");
    assert!(owner.get("/console/surveys/small").body.contains("1 of 4"));
    for (fields, said) in [
        (&[("count", "0")][..], "from 1 to"),
        (&[("count", "1"), ("batch", "Мектеп <5>")], "already"),
        (&[("count", "1"), ("expires", "2027-02-30")], "day"),
    ] {
        assert!(issue(fields).body.contains(said), "{said}");
    }
    let sheet = issue(&[("count", "2"), ("batch", "B"), ("expires", "2027-06-30"), ("as", "sheet")]);
    assert_eq!(sheet.header("content-type"), "text/html; charset=utf-8");
    assert!(sheet.header("content-disposition").starts_with("attachment"));
    assert_eq!(sheet.body.matches("<article>").count(), 2);

    owner.post(PAGE, &[("do", "revoke"), ("batch", "Мектеп <5>")]);
    body["id"] = Value::from("b".repeat(32));
    body["invitation"] = Value::from(codes[1]);
    assert_eq!(collector.post_json("/api/v1/surveys/small/responses", &body).problem(), "invitation_over");
    assert!(owner.get(PAGE).body.contains("Revoked"));
    add(&collector, "all", &[(None, Role::Owner)]);
    let log = Visitor::with_session(&collector, "all").get("/console/log").body;
    assert!(log.contains("issued invitations") && log.contains("revoked invitations"));
}

#[test]
fn copied_texts_of_the_report_are_for_who_may_read_texts() {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    for digit in ['a', 'b', 'c'] {
        let answer = json!({"useful": 0, "doing": "Copied words, the same in three responses"});
        let body = response(digit, "page-useful", &version, &answer);
        assert_eq!(collector.post_json("/api/v1/surveys/page-useful/responses", &body).status, 201);
    }
    add(&collector, "viewer", &[(None, Role::Viewer)]);
    add(&collector, "analyst", &[(None, Role::Analyst)]);
    let read =
        |name: &str| Visitor::with_session(&collector, name).get("/console/surveys/page-useful/report").body;
    let (viewer, analyst) = (read("viewer"), read("analyst"));
    assert!(viewer.contains("Copied texts") || viewer.contains("Көшірілген"), "{viewer}");
    assert!(!viewer.contains("Copied words") && analyst.contains("Copied words"));
}
