//! Whose pages may call the collector from a browser.

use crate::support::{Collector, Reply, answer_yes};

const AGENCY: &str = "https://agency.example";
const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

fn preflight(collector: &Collector, origin: &str, path: &str, method: &str) -> Reply {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", method),
        ("access-control-request-headers", "content-type"),
    ];
    collector.send("OPTIONS", path, &headers, "")
}

#[test]
fn a_page_of_an_allowed_origin_may_read_and_send() {
    let collector = Collector::allowing(&[AGENCY, "https://other.example"]);
    let version = collector.publish_example("page-useful");
    for (path, method) in [(RESPONSES, "POST"), ("/api/v1/responses", "DELETE")] {
        let reply = preflight(&collector, AGENCY, path, method);
        assert_eq!(reply.header("access-control-allow-origin"), AGENCY);
        assert!(reply.header("access-control-allow-methods").contains(method));
        assert_eq!(reply.header("access-control-allow-headers"), "content-type");
        assert_eq!(reply.header("access-control-allow-credentials"), "");
    }
    for path in ["/api/v1/surveys/page-useful", "/api/v1/surveys/page-useful/fragment"] {
        let reply = collector.send("GET", path, &[("origin", AGENCY)], "");
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, AGENCY));
        assert!(reply.headers.get_all("vary").iter().any(|vary| vary.to_str().unwrap().contains("origin")));
    }
    let headers = [("origin", AGENCY), ("content-type", "application/json")];
    let faulty = collector.send("POST", RESPONSES, &headers, "{}");
    assert_eq!(
        faulty.header("access-control-allow-origin"),
        AGENCY,
        "a page must be able to read its refusals"
    );
    let kept = collector.send("POST", RESPONSES, &headers, answer_yes('a', &version).to_string());
    assert_eq!((kept.status, kept.header("access-control-allow-origin")), (201, AGENCY));
}

#[test]
fn a_page_of_any_other_origin_may_not() {
    for collector in [Collector::start(), Collector::allowing(&[AGENCY])] {
        collector.publish_example("page-useful");
        for origin in ["https://agency.example.evil.example", "http://agency.example", "null"] {
            let asked = preflight(&collector, origin, RESPONSES, "POST");
            assert_eq!(asked.header("access-control-allow-origin"), "");
            let read = collector.send("GET", "/api/v1/surveys/page-useful", &[("origin", origin)], "");
            assert_eq!(read.header("access-control-allow-origin"), "");
        }
    }
}

#[test]
fn every_page_may_only_when_that_was_said() {
    let collector = Collector::allowing(&["*"]);
    let reply = preflight(&collector, "https://anybody.example", RESPONSES, "POST");
    assert_eq!(reply.header("access-control-allow-origin"), "*");
}

#[test]
fn responses_are_never_for_a_page_of_another_origin() {
    let collector = Collector::allowing(&["*"]);
    collector.publish_example("page-useful");
    let reply = preflight(&collector, AGENCY, "/api/v1/surveys/page-useful/export", "GET");
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

#[test]
fn the_widget_is_for_every_page() {
    let collector = Collector::start();
    let reply = collector.send("GET", "/widget/qulaq.js", &[("origin", "https://anybody.example")], "");
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
}
