//! Page feedback: the path of a page as it may be kept, and the pages of a site ranked for officials (domain M2).

use crate::console::{Visitor, add};
use crate::support::{Collector, filled, hidden, on_both_engines, response};
use collector::people::rights::Role;
use serde_json::{Value, json};

on_both_engines! { Collector:
    pages_are_ranked_by_those_who_were_not_helped_once_enough_have_answered
    what_is_taken_back_is_counted_no_more
    of_an_address_the_path_alone_is_written
}

const PAGES: &str = "/console/surveys/page-feedback/pages";
const RESPONSES: &str = "/api/v1/surveys/page-feedback/responses";

/// Sends so many answers about a page, with ids from this number on, and gives their receipts.
fn send(collector: &Collector, version: &str, ids: std::ops::Range<u32>, answers: &Value) -> Vec<String> {
    let send = |number: u32| {
        let mut body = response('a', "page-feedback", version, answers);
        body["id"] = json!(format!("{number:032x}"));
        let reply = collector.post_json(RESPONSES, &body);
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.receipt()
    };
    ids.map(send).collect()
}

/// The rows of the ranking as a file.
fn ranking(owner: &Visitor<'_>, prefix: &str) -> Vec<String> {
    let reply = owner.get(&format!("{PAGES}?as=csv&prefix={prefix}"));
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
    reply
        .body
        .trim_start_matches('\u{feff}')
        .lines()
        .skip(1)
        .map(|line| line.replace('"', "").replace(';', ","))
        .collect()
}

fn pages_are_ranked_by_those_who_were_not_helped_once_enough_have_answered(collector: &Collector) {
    let version = collector.publish_example("page-feedback");
    for (ids, answers) in [
        (0..8, json!({"page": "/kk/a", "useful": 1})),
        (10..13, json!({"page": "/kk/a", "useful": 0})),
        (20..26, json!({"page": "/kk/b", "useful": 1})),
        (30..33, json!({"page": "/kk/b", "useful": 0, "doing": "Іздедім <b>"})),
        (40..43, json!({"page": "/kk/b", "useful": 2, "wrong": "+7 балл, 8 701 123 45 67"})),
        (50..59, json!({"page": "/ru/c", "useful": 0})),
        // Without a page.
        (60..61, json!({"useful": 1})),
    ] {
        send(collector, &version, ids, &answers);
    }
    add(collector, "owner", &[(None, Role::Owner)]);
    add(collector, "viewer", &[(None, Role::Viewer)]);
    let owner = Visitor::with_session(collector, "owner");
    assert_eq!(ranking(&owner, ""), ["/kk/b,12,3,3,0.5000", "/kk/a,11,3,0,0.2727"]);
    assert_eq!(ranking(&owner, "/ru"), Vec::<String>::new(), "nine answers are too few");
    send(collector, &version, 70..71, &json!({"page": "/ru/c", "useful": 1}));
    assert_eq!(ranking(&owner, "/ru"), ["/ru/c,10,9,0,0.9000"]);

    let page = owner.get(PAGES).body;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("/ru/c</a>") < at("/kk/b</a>") && at("/kk/b</a>") < at("/kk/a</a>"));
    assert!(!page.contains("балл"), "no texts among the pages");
    let one = owner.get(&format!("{PAGES}?page=/kk/b")).body;
    assert!(one.contains("Іздедім &lt;b&gt;") && one.contains("+7 балл, [телефон]"), "{one}");
    let viewer = Visitor::with_session(collector, "viewer").get(&format!("{PAGES}?page=/kk/b")).body;
    assert!(!viewer.contains("балл") && viewer.contains("50%"), "{viewer}");
    // Of a page that is not ranked nothing is shown.
    send(collector, &version, 80..81, &json!({"page": "/few", "useful": 2, "wrong": "жалғыз"}));
    assert!(!owner.get(&format!("{PAGES}?page=/few")).body.contains("жалғыз"));
    let log = owner.get("/console/log").body;
    assert!(log.contains("read texts") && log.contains("downloaded"), "{log}");
}

fn what_is_taken_back_is_counted_no_more(collector: &Collector) {
    let version = collector.publish_example("page-feedback");
    let receipts = send(collector, &version, 0..11, &json!({"page": "/a", "useful": 0}));
    add(collector, "owner", &[(None, Role::Owner)]);
    let owner = Visitor::with_session(collector, "owner");
    assert_eq!(ranking(&owner, ""), ["/a,11,11,0,1.0000"]);
    let reply = collector.withdraw(&receipts[3]);
    assert!((200..300).contains(&reply.status), "{reply:?}");
    assert_eq!(ranking(&owner, ""), ["/a,10,10,0,1.0000"]);
    send(collector, &version, 20..21, &json!({"page": "/a", "useful": 1}));
    assert_eq!(ranking(&owner, ""), ["/a,11,10,0,0.9091"]);
}

fn of_an_address_the_path_alone_is_written(collector: &Collector) {
    let version = collector.publish_example("page-feedback");
    let given = "https://agency.example/kk/%D2%9B%D0%B0%D0%BB%D0%B0/?phone=87011234567#a";
    send(collector, &version, 0..1, &json!({"page": given, "useful": 1}));
    send(collector, &version, 1..2, &json!({"page": "/u/aigul%40example.kz", "useful": 1}));
    // As a page that has no scripts leads there, and as the hosted page posts it.
    let page = collector.get("/s/page-feedback?lang=kk&value-page=/kk/from-link/%3Fa=b");
    let sent =
        collector.post_form("/s/page-feedback?lang=kk", &filled(&page, &[("useful", "1"), ("_go", "next")]));
    assert!(sent.body.contains("<output"), "{sent:?}");
    assert!(!hidden(&page, "_answers").is_empty());
    let from = collector::store::Position::default();
    let kept = collector.wait(collector.store.responses("page-feedback", from, 9)).unwrap();
    let pages: Vec<Value> = kept
        .iter()
        .map(|kept| serde_json::from_str::<Value>(&kept.answers).unwrap()["page"].clone())
        .collect();
    assert_eq!(pages, ["/kk/қала", "/u/[@]", "/kk/from-link"]);
}

#[test]
fn the_form_in_a_page_names_the_script_that_says_which_page_it_is() {
    let collector = Collector::start();
    collector.publish_example("page-feedback");
    let form = collector.get("/api/v1/surveys/page-feedback/fragment?lang=kk").body;
    assert!(form.contains(r#" data-module="where" data-where="page" data-then="app""#), "{form}");
    let hosted = collector.get("/s/page-feedback?lang=kk").body;
    assert!(hosted.contains(r#" data-module="app""#), "its own address is none of the site");
    collector.publish_example("page-useful");
    let other = collector.get("/api/v1/surveys/page-useful/fragment?lang=kk").body;
    assert!(!other.contains("data-where"));
}
