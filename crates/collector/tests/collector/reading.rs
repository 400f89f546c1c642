//! What browsers read: the widget, definitions, fragments; what caches may do with each.

use crate::support::{Collector, Reply, definition, on_both_engines};

on_both_engines! { Collector:
    the_loader_is_asked_for_before_each_use_and_what_has_a_version_never_again
    what_a_browser_has_already_is_not_sent_again
    the_widget_is_sent_as_small_as_the_browser_takes_it
    no_path_leads_out_of_the_package
    a_definition_comes_with_its_version_which_posts_and_caches_go_by
    an_older_version_can_still_be_read
    a_fragment_is_the_form_in_the_language_and_at_the_level_asked_for
    a_fragment_changes_its_tag_with_a_new_version_and_with_the_end_of_the_survey
    a_fragment_says_whether_it_was_rendered_for_this_request
}

const SURVEY: &str = "/api/v1/surveys/page-useful";

fn again(collector: &Collector, path: &str, tag: &str) -> Reply {
    collector.send("GET", path, &[("if-none-match", tag)], "")
}

fn accepting(collector: &Collector, path: &str, encodings: &str) -> Reply {
    collector.send("HEAD", path, &[("accept-encoding", encodings)], "")
}

fn the_loader_is_asked_for_before_each_use_and_what_has_a_version_never_again(collector: &Collector) {
    let loader = collector.get("/widget/qulaq.js");
    assert_eq!(loader.body, "plain qulaq.js");
    assert_eq!(loader.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(loader.header("x-content-type-options"), "nosniff");
    assert_eq!(loader.header("cache-control"), "no-cache");

    let module = collector.get("/widget/1.0.0-abc/app.wasm");
    assert_eq!(module.header("content-type"), "application/wasm");
    assert_eq!(module.header("cache-control"), "public, max-age=31536000, immutable");
}

fn what_a_browser_has_already_is_not_sent_again(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let fragment = format!("{SURVEY}/fragment?lang=ru");
    let pinned = format!("{SURVEY}?version={version}");
    let module = "/widget/1.0.0-abc/app.wasm";
    for path in ["/widget/qulaq.js", module, SURVEY, &pinned, &fragment, "/assets/page.css"] {
        let first = collector.get(path);
        let known = again(collector, path, first.header("etag"));
        assert_eq!((first.status, known.status, known.body.as_str()), (200, 304, ""), "{path}");
        for name in ["etag", "cache-control", "vary"] {
            assert_eq!(known.header(name), first.header(name), "{path}: {name}");
        }
        assert_eq!(again(collector, path, "\"another\"").body, first.body, "{path}");
    }
}

fn the_widget_is_sent_as_small_as_the_browser_takes_it(collector: &Collector) {
    for (accepted, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let reply = accepting(collector, "/widget/1.0.0-abc/qulaq.css", accepted);
        assert_eq!(reply.header("content-encoding"), encoding);
        assert_eq!(reply.header("vary"), "accept-encoding");
    }
    let gzip = collector.send("GET", "/widget/qulaq.js", &[("accept-encoding", "gzip")], "");
    assert_eq!(gzip.body, "gzip qulaq.js", "the copy that was made with the package");
}

fn no_path_leads_out_of_the_package(collector: &Collector) {
    for path in
        ["/widget/../Cargo.toml", "/widget/%2e%2e/widget/manifest.json", "/widget/qulaq.js.br", "/widget/"]
    {
        assert_eq!(collector.get(path).status, 404, "{path}");
    }
}

fn a_definition_comes_with_its_version_which_posts_and_caches_go_by(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let reply = collector.get(SURVEY);
    let mut read = reply.json();
    assert_eq!(read["version"], version.as_str());
    read.as_object_mut().unwrap().remove("version");
    let written: serde_json::Value = serde_json::from_str(&definition("page-useful")).unwrap();
    assert_eq!(read, written);
    assert_eq!(reply.header("cache-control"), "no-cache");

    let pinned = collector.get(&format!("{SURVEY}?version={version}"));
    assert_eq!(
        (pinned.body, pinned.headers["cache-control"].to_str().unwrap()),
        (reply.body, "public, max-age=31536000, immutable")
    );
    assert_eq!(accepting(collector, SURVEY, "br").header("content-encoding"), "br");
}

fn an_older_version_can_still_be_read(collector: &Collector) {
    let old = collector.publish_example("page-useful");
    let new = collector.publish(&definition("page-useful").replace("\"code\": 1", "\"code\": 2"));
    assert_eq!(collector.get(SURVEY).json()["version"], new.as_str());
    assert_eq!(collector.get(&format!("{SURVEY}?version={old}")).json()["version"], old.as_str());
}

fn a_fragment_is_the_form_in_the_language_and_at_the_level_asked_for(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let russian = collector.get(&format!("{SURVEY}/fragment?lang=ru&heading-level=3"));
    assert_eq!(russian.header("content-type"), "text/html; charset=utf-8");
    assert!(
        russian.body.contains("Была ли эта страница полезной?") && russian.body.contains("<h3"),
        "{}",
        russian.body
    );
    assert!(russian.body.contains(&version));
    assert!(russian.body.contains(&format!("action=\"{}/s/page-useful?heading-level=3\"", collector.origin)));

    let english = collector.get(&format!("{SURVEY}/fragment?lang=en-GB"));
    assert!(english.body.contains("Is this page useful?") && english.body.contains("<h2"));
    let unknown = collector.get(&format!("{SURVEY}/fragment?lang=de&heading-level=9"));
    let default = collector.get(&format!("{SURVEY}/fragment"));
    assert_eq!(unknown.body, default.body);
}

fn a_fragment_changes_its_tag_with_a_new_version_and_with_the_end_of_the_survey(collector: &Collector) {
    let path = format!("{SURVEY}/fragment?lang=en");
    collector.publish_example("page-useful");
    let first = collector.get(&path);
    assert_eq!(again(collector, &path, first.header("etag")).status, 304);
    assert_eq!(accepting(collector, &path, "gzip").header("content-encoding"), "gzip");

    collector.publish(&definition("page-useful").replace("Is this page useful?", "Was it any good?"));
    let second = again(collector, &path, first.header("etag"));
    assert!(second.status == 200 && second.body.contains("Was it any good?"));

    collector.wait(collector.store.close("page-useful")).unwrap();
    let closed = again(collector, &path, second.header("etag"));
    assert!(
        closed.status == 200 && closed.body.contains("closed") && !closed.body.contains("Was it any good?")
    );
}

fn a_fragment_says_whether_it_was_rendered_for_this_request(collector: &Collector) {
    collector.publish_example("page-useful");
    let path = format!("{SURVEY}/fragment?lang=kk");
    let first = collector.get(&path);
    let rendered = first.header("server-timing").strip_prefix("render;dur=").unwrap();
    assert!(rendered.parse::<f64>().unwrap() >= 0.0);
    assert_eq!(first.header("timing-allow-origin"), "*");
    let second = again(collector, &path, first.header("etag"));
    assert_eq!((second.status, second.header("server-timing")), (304, "fragment;desc=\"hit\""));
}
