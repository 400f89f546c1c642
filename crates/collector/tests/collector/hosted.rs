//! The survey as a page of its own, with scripts off: what a browser would show and post.

use crate::support::{Collector, Reply, filled, hidden, receipt, response, urlencoded};
use serde_json::{Value, json};

const FRAGMENT: (&str, &str) = ("accept", "text/x-qulaq-fragment");

fn answers(collector: &Collector, survey: &str) -> Vec<(String, Value)> {
    let responses = collector.wait(collector.store.responses(survey, Default::default(), 100)).unwrap();
    responses.into_iter().map(|kept| (kept.channel, serde_json::from_str(&kept.answers).unwrap())).collect()
}

#[test]
fn the_page_is_a_whole_document_under_a_strict_policy() {
    let collector = Collector::start();
    collector.publish_example("district-priority");
    let page = collector.get("/s/district-priority?lang=ru");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), "no-store");
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(page.body.starts_with("<!DOCTYPE html>\n<html lang=\"ru\" dir=\"ltr\">"));
    let title = page.body.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert!(title.contains("Что сделать в районе в первую очередь"), "{title}");
    assert!(page.body.contains("href=\"/widget/1.0.0-abc/qulaq.css\""));
    assert!(!page.body.contains("<nav"), "the form has its own buttons for the languages");
    assert!(page.body.contains("action=\"/s/district-priority?lang=ru\"") && page.body.contains("<h1"));
    assert_eq!(collector.get("/assets/page.css").header("content-type"), "text/css; charset=utf-8");
}

#[test]
fn the_page_speaks_the_language_of_the_browser_unless_the_address_says_another() {
    let collector = Collector::start();
    collector.publish_example("district-priority");
    let lang = |path: &str, accepted: &str| {
        let page = collector.send("GET", path, &[("accept-language", accepted)], "");
        page.body.split("<html lang=\"").nth(1).unwrap()[..2].to_owned()
    };
    assert_eq!(lang("/s/district-priority", "de-DE,de;q=0.9,en-GB;q=0.8,ru;q=0.7"), "en");
    assert_eq!(lang("/s/district-priority", "de"), "kk");
    assert_eq!(lang("/s/district-priority?lang=ru", "en"), "ru");
}

#[test]
fn a_form_that_is_sent_is_kept_once_however_often_it_is_posted() {
    let collector = Collector::start();
    collector.publish_example("district-priority");
    let page = collector.get("/s/district-priority?lang=ru");
    let form = filled(&page, &[("priority", "96"), ("priority_other", "Су құбыры"), ("_go", "next")]);
    let sent = collector.post_form("/s/district-priority", &form);
    assert_eq!((sent.status, sent.header("cache-control")), (200, "no-store"));
    let again = collector.post_form("/s/district-priority", &form);
    assert_eq!(receipt(&again), receipt(&sent));
    let kept = ("web".to_owned(), json!({"priority": 96, "priority_other": "Су құбыры"}));
    assert_eq!(answers(&collector, "district-priority"), [kept]);
    assert_eq!(collector.withdraw(&receipt(&sent)).status, 204);
}

#[test]
fn what_is_left_out_is_named_and_what_was_typed_stays() {
    let collector = Collector::start();
    collector.publish_example("district-priority");
    let page = collector.get("/s/district-priority?lang=en");
    let reply = collector.post_form("/s/district-priority", &filled(&page, &[("_go", "next")]));
    assert_eq!(reply.status, 422);
    assert!(
        reply
            .body
            .contains("Select an answer to “Which one matter should the district akimat take up first?”")
    );
    let other = filled(&page, &[("priority", "1"), ("priority_other", "Мосты <b>"), ("_go", "next")]);
    let reply = collector.post_form("/s/district-priority", &other);
    assert_eq!(reply.status, 422, "words for an option that was not chosen");
    assert!(reply.body.contains("Мосты &lt;b"), "{}", reply.body);
    assert_eq!(hidden(&reply, "_id"), hidden(&page, "_id"));
    assert_eq!(collector.rows(), 0);
}

#[test]
fn several_pages_are_gone_through_forth_and_back_and_kept_as_one() {
    let collector = Collector::start();
    collector.publish_example("kz-public-services");
    let post = |reply: &Reply, fields: &[(&str, &str)]| {
        let next = collector.post_form("/s/kz-public-services", &filled(reply, fields));
        assert_eq!(next.status, 200, "{}", next.body);
        next
    };
    let first = collector.get("/s/kz-public-services?lang=kk");
    let second = post(&first, &[("used", "1"), ("used", "3"), ("_go", "next")]);
    let is_asked = |code: u8| {
        let mut rows = second.body.split("<fieldset class=\"row\"").skip(1);
        let row = rows.find(|row| row.contains(&format!("name=\"sat.{code}\""))).unwrap();
        !row.split('>').next().unwrap().contains("hidden")
    };
    assert_eq!([1, 2, 3, 96].map(is_asked), [true, false, true, false], "only what was used");
    let back = post(&second, &[("sat.1", "3"), ("_go", "back")]);
    assert_eq!(hidden(&back, "_page"), "0");
    let second = post(&back, &[("used", "1"), ("used", "3"), ("_go", "next")]);
    let third = post(&second, &[("sat.1", "3"), ("sat.3", "-5"), ("_go", "next")]);
    let review = post(&third, &[("channel", "2"), ("_go", "next")]);
    assert_eq!(hidden(&review, "_page"), "review");
    let about_you = post(&review, &[("_go", "next")]);
    let sent = post(&about_you, &[("region", "75"), ("_go", "next")]);
    assert!(!receipt(&sent).is_empty());
    assert!(sent.body.contains("download=\"kz-public-services.txt\""), "a copy of one's own answers");
    let expected = json!({"used": [1, 3], "sat": {"1": 3, "3": -5}, "channel": 2, "region": 75});
    assert_eq!(answers(&collector, "kz-public-services"), [("web".to_owned(), expected)]);
}

#[test]
fn an_embedded_form_without_the_widget_gets_the_form_alone_and_keeps_its_level() {
    let collector = Collector::allowing(&["https://agency.example"]);
    let version = collector.publish_example("district-priority");
    let form = [("_version", version.as_str()), ("_lang", "kk"), ("_page", "0"), ("_id", &"a".repeat(32))];
    let post = |fields: &[(&str, &str)]| {
        let headers = [
            FRAGMENT,
            ("origin", "https://agency.example"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let body = urlencoded(&[form.as_slice(), fields].concat());
        collector.send("POST", "/s/district-priority?heading-level=4", &headers, body)
    };
    let faulty = post(&[]);
    assert_eq!(
        (faulty.status, faulty.header("access-control-allow-origin")),
        (422, "https://agency.example")
    );
    assert!(faulty.body.starts_with("<form") && faulty.body.contains("<h4"), "{}", faulty.body);
    assert!(
        faulty.body.contains(&format!("action=\"{}/s/district-priority?heading-level=4\"", collector.origin))
    );
    let sent = post(&[("priority", "2")]);
    assert_eq!(sent.status, 200);

    let as_json = response('a', "district-priority", &version, &json!({"priority": 2}));
    let mut as_json = as_json;
    as_json["paradata"] = json!({"path": "loader"});
    let repeated = collector.post_json("/api/v1/surveys/district-priority/responses", &as_json);
    assert_eq!(
        (repeated.status, repeated.receipt()),
        (200, receipt(&sent)),
        "the same response by another way"
    );
}

#[test]
fn a_closed_survey_says_so_on_its_page_and_to_a_form_that_comes_late() {
    let collector = Collector::start();
    collector.publish_example("district-priority");
    let page = collector.get("/s/district-priority?lang=en");
    collector.wait(collector.store.close("district-priority")).unwrap();
    let late = collector.post_form("/s/district-priority", &filled(&page, &[("priority", "1")]));
    let asked = collector.get("/s/district-priority?lang=en");
    assert_eq!((late.status, asked.status), (403, 200));
    for reply in [late, asked] {
        assert!(reply.body.contains("This survey is closed"), "{}", reply.body);
    }
    assert_eq!(collector.rows(), 0);
}

#[test]
fn a_form_that_was_kept_gets_its_receipt_again_after_the_survey_was_closed() {
    let collector = Collector::start();
    collector.publish_example("district-priority");
    let form = filled(&collector.get("/s/district-priority?lang=en"), &[("priority", "1")]);
    let sent = collector.post_form("/s/district-priority", &form);
    collector.wait(collector.store.close("district-priority")).unwrap();
    let again = collector.post_form("/s/district-priority", &form);
    assert_eq!((again.status, receipt(&again)), (200, receipt(&sent)));
    assert_eq!(collector.rows(), 1);
}

#[test]
fn a_form_that_was_tampered_with_is_refused() {
    let collector = Collector::start();
    collector.publish_example("kz-public-services");
    let page = collector.get("/s/kz-public-services");
    for (fields, status, code) in [
        (vec![("used", "1"), ("nothing", "1")], 422, "invalid"),
        (vec![("used", "x")], 422, "invalid"),
        (vec![("_answers", "{")], 400, "malformed"),
        (vec![("_answers", "{\"nothing\":1}")], 422, "invalid"),
        (vec![("_version", "0")], 422, "invalid"),
        (vec![("_id", "0")], 422, "invalid"),
    ] {
        let version = hidden(&page, "_version");
        let mut all = fields.clone();
        if fields[0].0 != "_version" {
            all.push(("_version", &version));
        }
        let reply = collector.post_form("/s/kz-public-services", &urlencoded(&all));
        assert_eq!((reply.status, reply.problem().as_str()), (status, code), "{fields:?}");
    }
    assert_eq!(collector.rows(), 0);
}
